import { expect, it } from 'vitest';
import { differencesOf, mineOver } from './merge.js';

it('keeps what I changed, and takes everything else as it was saved meanwhile', () => {
  const start = { name: 'Plans', remark: 'old', rules: ['a'], retries: 3 };
  const mine = { ...start, name: 'Drawings', rules: ['a', 'b'] };
  const theirs = { ...start, name: 'Papers', remark: 'new', retries: 5 };
  expect(mineOver(start, mine, theirs)).toEqual({ name: 'Drawings', remark: 'new', rules: ['a', 'b'], retries: 5 });
});

it('tells the fields that differ, and what is empty, on or off in words', () => {
  const mine = { name: 'Plans', remark: '', isOn: true };
  const theirs = { name: 'Plans', remark: 'new', isOn: false };
  const told = [
    { label: 'Name', text: ({ name }: typeof mine) => name },
    { label: 'Remark', text: ({ remark }: typeof mine) => remark },
    { label: 'On', text: ({ isOn }: typeof mine) => isOn },
  ];
  expect(differencesOf(mine, theirs, told, { none: 'nothing', yes: 'yes', no: 'no' })).toEqual([
    { label: 'Remark', mine: 'nothing', theirs: 'new' },
    { label: 'On', mine: 'yes', theirs: 'no' },
  ]);
});
