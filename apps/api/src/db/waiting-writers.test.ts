import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WaitingWriters } from './waiting-writers.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-waiting-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('tells whether another one waits, as long as it does, and after its end no more', () => {
  const [first, second, third] = [1, 2, 3].map(() => new WaitingWriters(folder)) as [
    WaitingWriters,
    WaitingWriters,
    WaitingWriters,
  ];
  expect(third.areSome()).toBe(false);
  first.enter();
  first.enter();
  second.enter();
  expect(third.areSome()).toBe(true);
  first.leave();
  expect(third.areSome()).toBe(true);
  second.close();
  expect(third.areSome()).toBe(false);
  for (const each of [first, third]) each.close();
});

it('a lock that cannot be opened is told in a sentence', () => {
  mkdirSync(join(folder, 'writers.db'));
  expect(() => new WaitingWriters(folder)).toThrow(/^The lock file .*writers\.db is a folder where a file has to be\./);
});
