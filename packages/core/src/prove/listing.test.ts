import { expect, it } from 'vitest';
import { coverageOf, unprovenBecause, type ListingCase } from './index.js';

const proof = { root: 'r', seen: 5, total: null };
const sound: ListingCase = { proof, arrived: 5, root: 'r' };

it.each<[Partial<ListingCase>, string | null]>([
  [{}, null],
  [{ root: null }, null],
  [{ proof: { ...proof, total: 5 } }, null],
  [{ proof: { ...proof, total: 4 } }, null],
  [{ proof: null }, 'without a proof'],
  [{ root: 'another' }, 'Another folder'],
  [{ arrived: 4 }, '4 of them arrived'],
  [{ proof: { ...proof, total: 6 } }, 'counts 6 items'],
])('a listing proves what it lacks unless %j: %s', (given, words) => {
  const reason = unprovenBecause({ ...sound, ...given });
  if (words === null) expect(reason).toBeNull();
  else expect(reason).toContain(words);
});

it.each([
  ['SOURCE', [], 'WHOLE'],
  ['SOURCE', ['PART'], 'PART'],
  ['SOURCE', ['PART', 'FOLDER'], 'NONE'],
  ['SOURCE', ['FILE'], 'NONE'],
  ['SOURCE', ['SPECIAL'], 'NONE'],
  ['DESTINATION', ['SPECIAL'], 'WHOLE'],
  ['DESTINATION', ['SPECIAL', 'PART'], 'PART'],
  ['DESTINATION', ['FILE'], 'NONE'],
] as const)('at the %s, problems %j leave %s', (side, kinds, expected) => {
  expect(coverageOf(side, kinds)).toBe(expected);
});
