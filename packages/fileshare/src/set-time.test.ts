import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setTime, setToMicrosecond } from './set-time.js';

let folder = '';
let file: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-time-'));
  file = await open(join(folder, 'file'), 'w');
});
afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

const TIMES = [
  1_700_000_000_123_456_789n,
  1_700_000_000_999_999_999n,
  1n,
  -1n,
  -1_500_000_000n,
  2_147_483_648_000_000_001n,
];

describe('a time is set', () => {
  test.each(TIMES)('to the nanosecond: %s', async (time) => {
    await setTime(file, 0n, time);
    const stats = await file.stat({ bigint: true });
    expect([stats.atimeNs, stats.mtimeNs]).toEqual([0n, time]);
  });

  test('of an open folder too', async () => {
    const held = await open(folder, 'r');
    await setTime(held, 0n, TIMES[0] ?? 0n);
    expect((await held.stat({ bigint: true })).mtimeNs).toBe(TIMES[0]);
    await held.close();
  });

  test.each([1_700_000_000_123_456_000n, 1_700_000_000_456_000_000n, 1_700_000_000_999_999_000n, 0n])(
    'to the microsecond where the system’s call is not within reach: %s',
    async (time) => {
      await setToMicrosecond(file, 0n, time);
      expect((await file.stat({ bigint: true })).mtimeNs).toBe(time);
    },
  );
});
