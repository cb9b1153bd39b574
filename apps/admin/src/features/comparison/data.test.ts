import { expect, it } from 'vitest';
import { grouped, type ComparisonRow } from './data.js';

it('rows stand with their groups, in the order in which they come', () => {
  const row = (group: ComparisonRow['group'], label: string): ComparisonRow => ({
    ...{ group, label, sourceValue: 'Yes', destinationValue: 'No', verdict: 'LOSSY', effect: 'It stays behind.' },
  });
  const rows = [row('LOCKS', 'Locks'), row('LOCKS', 'Holders'), row('METADATA', 'Tags')];
  expect(grouped(rows).map(([group, some]) => [group, some.map(({ label }) => label)])).toEqual([
    ['LOCKS', ['Locks', 'Holders']],
    ['METADATA', ['Tags']],
  ]);
});
