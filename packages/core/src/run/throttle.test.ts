import { expect, it } from 'vitest';
import { FakeClock } from '../testing/index.js';
import { Throttle } from './throttle.js';

const MIB = 2 ** 20;

/** Reads without an end, and counts what came through. */
function reading(throttle: Throttle, signal?: AbortSignal) {
  const read = { bytes: 0, chunks: 0 };
  async function* endless() {
    for (;;) yield new Uint8Array(MIB);
  }
  const work = async () => {
    for await (const chunk of throttle.paced(endless(), signal)) {
      read.bytes += chunk.byteLength;
      read.chunks++;
      if (read.chunks >= 1_000) return;
    }
  };
  return Object.assign(read, { ended: work().catch(() => undefined) });
}

it('lets all transfers of a run together have so many bytes a second', async () => {
  const clock = new FakeClock();
  const throttle = new Throttle(clock);
  throttle.limit(100_000, true);
  const readers = [1, 2, 3, 4].map(() => reading(throttle));
  await clock.advance(60_000);
  const bytes = readers.reduce((sum, reader) => sum + reader.bytes, 0);
  expect(bytes / 60).toBeGreaterThan(98_000);
  expect(bytes / 60).toBeLessThanOrEqual(101_000);
  expect(Math.min(...readers.map((reader) => reader.bytes))).toBeGreaterThan(0);
});

it('obeys another limit within a second, also in what is under way', async () => {
  const clock = new FakeClock();
  const throttle = new Throttle(clock);
  throttle.limit(1_000, true);
  const reader = reading(throttle);
  await clock.advance(10_000);
  expect(reader.bytes).toBeLessThanOrEqual(10_500);
  throttle.limit(1_000_000, true);
  const before = reader.bytes;
  await clock.advance(10_000);
  expect(reader.bytes - before).toBeGreaterThan(9_000_000);
  throttle.limit(1_000, true);
  const slow = reader.bytes;
  await clock.advance(10_000);
  expect(reader.bytes - slow).toBeLessThanOrEqual(11_500);
  throttle.limit(null, false);
  await clock.advance(1_000);
  await reader.ended;
  expect(reader.chunks).toBe(1_000);
});

it('ends a wait when the run is stopped', async () => {
  const clock = new FakeClock();
  const throttle = new Throttle(clock);
  throttle.limit(1, true);
  const stop = new AbortController();
  const reader = reading(throttle, stop.signal);
  await clock.advance(3_000);
  stop.abort();
  await reader.ended;
  expect(reader.bytes).toBeLessThanOrEqual(4);
});
