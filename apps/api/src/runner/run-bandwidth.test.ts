import { FakeClock } from '@sluice/core/testing';
import type { BandwidthLimit } from '@sluice/core/schedule';
import { expect, it } from 'vitest';
import { RunBandwidth } from './run-bandwidth.js';

const HOUR_MS = 3_600_000;
/** Monday, 08:00. */
const NOW = Date.UTC(2026, 0, 5, 8);
const FROM_NINE: BandwidthLimit = {
  window: { days: ['MONDAY'], from: '09:00', to: '10:00' },
  timeZone: 'UTC',
  uploadBytesPerSecond: 10_000,
  downloadBytesPerSecond: null,
};

/** Bytes that come through in ten seconds. */
async function bytesOf(bandwidth: RunBandwidth, clock: FakeClock, limits: readonly BandwidthLimit[]): Promise<number> {
  bandwidth.obey(limits);
  const stop = new AbortController();
  let bytes = 0;
  async function* endless() {
    while (bytes < 10_000_000) yield new Uint8Array(100_000);
  }
  const work = async () => {
    for await (const part of bandwidth.throttle.paced(endless(), stop.signal)) bytes += part.byteLength;
  };
  const ended = work().catch(() => undefined);
  await clock.advance(10_000);
  stop.abort();
  await ended;
  return bytes;
}

it('obeys limits by the time of day, as their windows open and close and as people change them', async () => {
  const clock = new FakeClock(NOW);
  const bandwidth = new RunBandwidth(clock);
  expect(await bytesOf(bandwidth, clock, [FROM_NINE])).toBe(10_000_000);
  await clock.advance(HOUR_MS);
  expect(await bytesOf(bandwidth, clock, [FROM_NINE])).toBeLessThanOrEqual(105_000);
  expect(await bytesOf(bandwidth, clock, [])).toBe(10_000_000);
  expect(await bytesOf(bandwidth, clock, [FROM_NINE])).toBeLessThanOrEqual(105_000);
  clock.jump(-HOUR_MS);
  expect(await bytesOf(bandwidth, clock, [FROM_NINE])).toBe(10_000_000);
  clock.jump(HOUR_MS);
  await clock.advance(HOUR_MS);
  expect(await bytesOf(bandwidth, clock, [FROM_NINE])).toBe(10_000_000);
});

it('tells of transfers that go by a limit which was given after they began', () => {
  const bandwidth = new RunBandwidth(new FakeClock(NOW));
  expect(bandwidth.obey([])).toBe(false);
  bandwidth.throttle.isBypassed = true;
  expect(bandwidth.obey([])).toBe(false);
  expect(bandwidth.obey([FROM_NINE])).toBe(true);
  bandwidth.throttle.isBypassed = false;
  expect(bandwidth.obey([FROM_NINE])).toBe(false);
});
