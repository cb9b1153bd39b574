import { expect, it } from 'vitest';
import { fitting } from './fitting.js';

const groups = [
  {
    group: 'API tokens',
    items: [
      { value: 'a', label: 'Nightly export' },
      { value: 'b', label: 'Backup' },
    ],
  },
];
const valuesOf = (text: string, chosen?: string) =>
  fitting(groups, text, chosen).flatMap(({ items }) => items.map(({ value }) => value));

it('leaves those that are searched for, whatever the case, and the one that is chosen', () => {
  expect(valuesOf('')).toEqual(['a', 'b']);
  expect(valuesOf('EXPORT')).toEqual(['a']);
  expect(valuesOf('Ada', 'b')).toEqual(['b']);
  expect(fitting(groups, 'Ada', undefined)).toEqual([]);
});
