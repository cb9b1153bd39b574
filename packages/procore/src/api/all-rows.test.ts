import { expect, it } from 'vitest';
import { allRows } from './all-rows.js';
import type { Json } from './json.js';
import type { Query } from './sender.js';

it('a page of rows that tell nothing hides none of the pages after it', async () => {
  const pages = [[null, {}], [{ id: 1 }, 7], [{ id: 2 }], [{ id: 2 }], [{ id: 3 }]];
  const asked: unknown[] = [];
  const fetchPage = async ({ page }: Query) => {
    asked.push(page);
    return { headers: new Headers(), json: pages[Number(page) - 1] ?? [] };
  };
  const read = ({ id }: Json) => (typeof id === 'number' ? { key: String(id), value: id } : null);
  expect(await allRows(fetchPage, 1, read)).toEqual([1, 2]);
  // The fourth page is the third one again: Procore has no more of them.
  expect(asked).toEqual([1, 2, 3, 4]);
});
