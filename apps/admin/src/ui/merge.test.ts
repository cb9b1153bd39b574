import { expect, it } from 'vitest';
import { mineOver } from './merge.js';

it('keeps what I changed, and takes everything else as it was saved meanwhile', () => {
  const start = { name: 'Plans', remark: 'old', rules: ['a'], retries: 3 };
  const mine = { ...start, name: 'Drawings', rules: ['a', 'b'] };
  const theirs = { ...start, name: 'Papers', remark: 'new', retries: 5 };
  expect(mineOver(start, mine, theirs)).toEqual({ name: 'Drawings', remark: 'new', rules: ['a', 'b'], retries: 5 });
});
