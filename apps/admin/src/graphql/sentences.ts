import { isSaid, names } from '../language/told/names.js';
import { toldIn, type ToldPlace } from './told.js';

type Answer = Parameters<typeof toldIn>[0];

let translate: ((text: string) => string) | null = null;

/** Loads the sentences of the page's language. */
async function load(): Promise<void> {
  translate ??= (await import('../language/told/german.js')).translate;
}

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(names));

function sayAtOnce(places: readonly ToldPlace[], of: (text: string) => string): void {
  for (const { holder, field, text } of places) holder[field] = of(text);
}

/**
 * Puts what an answer says into the language of the page, in the answer itself. Null when that is done at once; the sentences
 * are loaded with the first one that is more than a name, and stay English when they cannot be.
 */
export function say(answer: Answer): Promise<void> | null {
  const places = toldIn(answer);
  const sentences = places.filter(({ text }) => !NAMES.has(text) && isSaid(text));
  sayAtOnce(places, (text) => NAMES.get(text) ?? text);
  if (sentences.length === 0) return null;
  if (translate) {
    sayAtOnce(sentences, translate);
    return null;
  }
  return load().then(
    () => sayAtOnce(sentences, (text) => translate?.(text) ?? text),
    () => undefined,
  );
}
