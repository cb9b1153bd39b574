import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Clock } from '@sluice/core/http';
import { Throttle } from '@sluice/core/run';
import { quietRun } from '@sluice/core/testing';
import { Job, Places, type SideName } from '../support/effects/two-places.js';
import { startEmptySandbox } from '../support/sandbox.js';

let places: Places;
beforeAll(async () => void (places = new Places(await startEmptySandbox())));
afterAll(() => places[Symbol.asyncDispose]());

/** Time that passes only while somebody sleeps, and then at once. */
class PassingTime implements Pick<Clock, 'monotonic' | 'sleep'> {
  private time = 0;
  readonly monotonic = () => this.time;
  readonly sleep = async (milliseconds: number) => {
    this.time += milliseconds;
    await Promise.resolve();
  };
}

/** Bytes of the file from which on a limit holds, and what it lets through in a second. */
const LIMITS = [
  { from: 0, bytesPerSecond: 100_000 },
  { from: 200_000, bytesPerSecond: 1_000_000 },
  { from: 1_200_000, bytesPerSecond: 50_000 },
];
const SIZE = 1_300_000;

it.each<[SideName, SideName]>([
  ['a share', 'Procore'],
  ['Procore', 'a share'],
])(
  'a transfer from %s to %s keeps to the limit of its job, and to another one that it gets while it runs',
  async (...[from, to]) => {
    const job = new Job('COPY', await places.side(from), await places.side(to));
    await job.source.put('a.bin', 'x'.repeat(SIZE));
    const time = new PassingTime();
    const throttle = new Throttle(time);
    const passed: { at: number; bytes: number }[] = [];
    const limitAt = (bytes: number) => LIMITS.findLast((limit) => limit.from <= bytes)!;
    const progress = (_step: string, bytes: number) => {
      passed.push({ at: time.monotonic(), bytes });
      throttle.limit(limitAt(bytes).bytesPerSecond, true);
    };
    throttle.limit(LIMITS[0]!.bytesPerSecond, true);
    job.more = { throttle, report: { ...quietRun().report, progress } };
    expect(await job.run()).toEqual(['CREATED NEW a.bin']);
    expect(passed.at(-1)?.bytes).toBe(SIZE);
    for (const [index, { from: first, bytesPerSecond }] of LIMITS.entries()) {
      const end = LIMITS[index + 1]?.from ?? SIZE;
      const [begun, ended] = [first, end].map((bytes) => passed.find((each) => each.bytes >= bytes)!);
      const seconds = (ended!.at - begun!.at) / 1000;
      const expected = (ended!.bytes - begun!.bytes) / bytesPerSecond;
      // What went by last under the former limit, a quarter of a second's bytes, has its time under the new one first.
      const owed = (LIMITS[index - 1]?.bytesPerSecond ?? 0) / 4 / bytesPerSecond;
      expect(seconds, `${bytesPerSecond} bytes a second`).toBeGreaterThan(expected - 1);
      expect(seconds, `${bytesPerSecond} bytes a second`).toBeLessThan(expected + owed + 1);
    }
  },
);
