import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinValues, splitValues } from './value-list.js';

it('reads several values, trimmed and without empty ones', () => {
  expect(splitValues(' Civil ; Marine;;')).toEqual(['Civil', 'Marine']);
  expect(splitValues('  ')).toEqual([]);
  expect(splitValues(';;')).toEqual([]);
  expect(splitValues(String.raw`a\;b;c`)).toEqual(['a;b', 'c']);
  expect(splitValues(String.raw`OFFICE\jsmith`)).toEqual([String.raw`OFFICE\jsmith`]);
});

it('reads what it wrote', () => {
  const value = fc.string({ unit: fc.constantFrom('a', ';', '\\', ' ', 'ß') }).map((text) => text.trim());
  const values = fc.array(value.filter((text) => text !== ''));
  fc.assert(
    fc.property(values, (list) => {
      expect(splitValues(joinValues(list))).toEqual(list);
    }),
  );
});
