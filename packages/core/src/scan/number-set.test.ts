import { expect, it } from 'vitest';
import { numberOf, NumberSet } from './number-set.js';

it('holds what was added, once', () => {
  const set = new NumberSet(100_000);
  for (let value = 0; value < 5_000; value++) expect(set.add(value * 7_919)).toBe(true);
  expect(set.add(7_919)).toBe(false);
  expect([set.has(4_999 * 7_919), set.has(1)]).toEqual([true, false]);
  expect([...set.values()].length).toBe(5_000);
});

it('takes nothing in beyond its limit, and says so', () => {
  const set = new NumberSet(2);
  expect([set.add(1), set.add(2), set.isFull]).toEqual([true, true, false]);
  expect([set.add(3), set.isFull, set.has(3), set.add(1)]).toEqual([false, true, false, false]);
});

it('gives names that are nearly alike different numbers', () => {
  const numbers = new Set<number>();
  for (let index = 0; index < 200_000; index++) numbers.add(numberOf(`plans/floor ${index % 500}/A-${index}.pdf`));
  expect(numbers.size).toBe(200_000);
  expect(numberOf('ab/c')).not.toBe(numberOf('a/bc'));
  for (const number of numbers) if (number < 0 || number >= 2 ** 52) throw new Error(`out of range: ${number}`);
});
