import { expect, it } from 'vitest';
import { filterOf, isFiltered } from './filter.js';

it.each([
  [{}, { nameContains: null, platforms: null, statuses: null }, false],
  [{ search: ' pier ' }, { nameContains: 'pier', platforms: null, statuses: null }, true],
  [
    { platform: 'OBJECT_STORAGE', status: 'FAILED' },
    { nameContains: null, platforms: ['OBJECT_STORAGE'], statuses: ['FAILED'] },
    true,
  ],
  [{ status: 'MOOD' }, { nameContains: null, platforms: null, statuses: null }, true],
])('asks for what the address %j says', (asked, filter, isNarrow) => {
  expect(filterOf(asked)).toEqual(filter);
  expect(isFiltered(asked)).toBe(isNarrow);
});
