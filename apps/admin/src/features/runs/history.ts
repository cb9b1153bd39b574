import type { RunMessage } from './data.js';

/** Events of a page; a shorter one is the last. */
export const PAGE_EVENTS = 200;

/**
 * The events from before a page was opened, all of them or none: where they are more than so many pages, or cannot be read,
 * the latest lines begin with the next event, and skip nothing in between. The whole log stands beside them.
 *
 * @param read the events of the page after a cursor, null where it cannot be read
 */
export async function readHistory(
  read: (after: string | null) => Promise<RunMessage[] | null>,
  pages: number,
): Promise<RunMessage[]> {
  const all: RunMessage[] = [];
  for (let page = 0; page < pages; page++) {
    const events = await read(all.at(-1)?.cursor ?? null);
    if (events === null) return [];
    all.push(...events);
    if (events.length < PAGE_EVENTS) return all;
  }
  return [];
}
