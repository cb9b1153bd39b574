import { expect, it } from 'vitest';
import { changesBetween } from './field-changes.js';

const values = (shown: object, secret = {}) => ({ shown: { ...shown }, secret });

it('tells what differs, by the path of each value, as JSON', () => {
  const before = values({
    name: 'a',
    labels: ['x'],
    policies: { retries: 3, conflict: 'FLAG' },
    at: new Date(0),
    gone: 1,
  });
  const after = values({
    name: 'b',
    labels: ['x'],
    policies: { retries: 4, conflict: 'FLAG' },
    at: new Date(0),
    gone: null,
  });
  expect(changesBetween(before, after)).toEqual([
    { field: ['name'], before: '"a"', after: '"b"' },
    { field: ['policies', 'retries'], before: '3', after: '4' },
    { field: ['gone'], before: '1', after: null },
  ]);
  expect(changesBetween(null, values({ name: 'b' }))).toEqual([{ field: ['name'], before: null, after: '"b"' }]);
  expect(changesBetween(values({ name: 'b' }), null)).toEqual([{ field: ['name'], before: '"b"', after: null }]);
});

it('tells of a secret that it changed, and nothing else', () => {
  const changes = changesBetween(values({}, { password: 'one' }), values({}, { password: 'two' }));
  expect(changes).toEqual([{ field: ['password'], before: null, after: null }]);
  expect(changesBetween(values({}, { password: 'one' }), values({}, { password: 'one' }))).toEqual([]);
});

it('has a bound for each value and for their number', () => {
  const [long] = changesBetween(null, values({ text: 'x'.repeat(5_000) }));
  expect(long?.after).toHaveLength(2_004);
  expect(JSON.parse(long?.after ?? '')).toMatch(/^"x+…$/);
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, index]));
  expect(changesBetween(null, values(many))).toHaveLength(100);
});
