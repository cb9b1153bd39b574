type Entry = readonly [english: string, translation: string];

/** What stands in a translation for a side, and what for the other one: `[im Ziel|in der Quelle]`. */
const SIDES = /\[([^[\]|]+)\|([^[\]|]+)\]/g;
/** A side in English, where it is no part of a quotation. */
const ENGLISH_SIDE = /“[^”]*”|"[^"]*"|\b(source|destination)\b/g;

/**
 * Translations with the words for the side that the English names, and those of the sentences that the engine tells with both
 * sides exchanged; the latter come first, so that a sentence of its own goes before one that is exchanged.
 */
export function ofBothSides(entries: readonly Entry[]): Entry[] {
  const exchanged = entries.filter(([, translation]) => translation.search(SIDES) >= 0);
  return [
    ...exchanged.map(([english, translation]) => [exchangedIn(english), translation.replace(SIDES, '$2')] as const),
    ...entries.map(([english, translation]) => [english, translation.replace(SIDES, '$1')] as const),
  ];
}

const exchangedIn = (english: string) =>
  english.replace(ENGLISH_SIDE, (found, side?: string) => {
    if (side === undefined) return found;
    return side === 'source' ? 'destination' : 'source';
  });
