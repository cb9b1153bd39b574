import { expect, it } from 'vitest';
import type { RunMessage } from './data.js';
import { PAGE_EVENTS, readHistory } from './history.js';

/** A log of so many events, read page by page. */
const logOf = (total: number) => (after: string | null) => {
  const from = after === null ? 0 : Number(after);
  const length = Math.min(PAGE_EVENTS, total - from);
  return Promise.resolve(Array.from({ length }, (_, index) => ({ cursor: String(from + index + 1) }) as RunMessage));
};
const cursorsOf = (events: readonly RunMessage[]) => events.map(({ cursor }) => Number(cursor));

it.each([0, 1, PAGE_EVENTS, 2 * PAGE_EVENTS + 1])('reads all of %i events, each once and in order', async (total) => {
  const events = await readHistory(logOf(total), 3);
  expect(cursorsOf(events)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
});

it('gives none where a part would be missing between the past and the present', async () => {
  expect(await readHistory(logOf(3 * PAGE_EVENTS), 3)).toEqual([]);
  const failing = (after: string | null) => (after === null ? logOf(300)(after) : Promise.resolve(null));
  expect(await readHistory(failing, 3)).toEqual([]);
});
