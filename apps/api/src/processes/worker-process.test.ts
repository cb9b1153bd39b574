import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkWorker, workerOptions } from './worker-process.js';

it('bounds the heap of a worker, gives it room for what lives a moment, and leaves out what only one process may have', () => {
  expect(workerOptions(['--inspect=0', '--enable-source-maps'], '')).toEqual([
    '--enable-source-maps',
    '--max-old-space-size=1024',
    '--min-semi-space-size=16',
  ]);
});

const YOUNG = '--min-semi-space-size=16';
const HEAP = '--max-old-space-size=1024';

it.each([
  [['--max-old-space-size=4096'], '', [YOUNG]],
  [['--max_old_space_size=4096'], '', [YOUNG]],
  [[], '--enable-source-maps --max-old-space-size=4096', [YOUNG]],
  [['--min-semi-space-size=4'], '', [HEAP]],
  [[], '--max_semi_space_size=8', [HEAP]],
])('leaves a bound that people set: %j %j', (given, nodeOptions, added) => {
  expect(workerOptions(given, nodeOptions)).toEqual([...given, ...added]);
});

it.each([
  [0, 0],
  [7, 7],
  [30, 19],
])('a worker of niceness %i gives way by %i, to 19 at most', async (niceness, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-nice-'));
  const program = join(folder, 'idle.mjs');
  writeFileSync(program, 'setInterval(() => undefined, 1_000);');
  const worker = forkWorker(program, niceness);
  try {
    expect(getPriority(worker.pid)).toBe(Math.min(19, getPriority() + expected));
  } finally {
    worker.kill();
    await worker.ended;
    rmSync(folder, { recursive: true });
  }
});
