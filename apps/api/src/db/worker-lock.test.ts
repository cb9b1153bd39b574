import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { joinWorkers } from './worker-lock.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-workers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A worker, and whether it knew on its arrival that no other one lives. */
async function arrive() {
  let isAlone = false;
  const lock = await joinWorkers(folder, async () => void (isAlone = true));
  return { isAlone, leave: () => lock.close() };
}

it('the first worker of a data folder knows that it is alone, those beside it know that they are not', async () => {
  const first = await arrive();
  const second = await arrive();
  const third = await arrive();
  expect([first, second, third].map(({ isAlone }) => isAlone)).toEqual([true, false, false]);
  first.leave();
  const fourth = await arrive();
  expect(fourth.isAlone).toBe(false);
  for (const worker of [second, third, fourth]) worker.leave();
  const last = await arrive();
  expect(last.isAlone).toBe(true);
  last.leave();
});

it('leaves the lock free when what a worker does alone fails', async () => {
  await expect(joinWorkers(folder, () => Promise.reject(new Error('store down')))).rejects.toThrow('store down');
  const worker = await arrive();
  expect(worker.isAlone).toBe(true);
  worker.leave();
});

it('a lock that cannot be opened stops the worker with a sentence', async () => {
  mkdirSync(join(folder, 'workers.db'));
  await expect(arrive()).rejects.toThrow(/^The lock file .*workers\.db is a folder where a file has to be\./);
});
