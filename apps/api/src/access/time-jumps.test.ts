import { FakeClock } from '@sluice/core/testing';
import { describe, expect, it } from 'vitest';
import { FolderSnapshots, takeSnapshot } from '../connections/folder-snapshots.js';
import { CostBuckets } from '../graphql/cost-bucket.js';
import { Memory } from '../jobs/memory.js';
import { PingLimit } from '../server/ping-limit.js';
import { TokenBucket } from '../server/token-bucket.js';
import { Attempts } from './attempts.js';

const HOURS_MS = 5 * 3_600_000;

describe.each([-HOURS_MS, HOURS_MS])('a time of day that jumps by %i ms', (jump) => {
  it('neither frees tries early nor keeps them longer', async () => {
    const clock = new FakeClock();
    const attempts = new Attempts(clock, 1);
    attempts.add('key');
    clock.jump(jump);
    expect(attempts.secondsToWait('key')).toBe(60);
    await clock.advance(60_000);
    expect(attempts.secondsToWait('key')).toBe(0);
  });

  it('does not move the minute of a cost, and the minute is told by the new time of day', async () => {
    const clock = new FakeClock();
    const buckets = new CostBuckets(clock, 10);
    buckets.charge('actor', 6);
    clock.jump(jump);
    expect(() => buckets.charge('actor', 6)).toThrow('go on in 60 s');
    expect(buckets.charge('actor', 1).resetsAt).toBe(new Date(clock.now() + 60_000).toISOString());
    await clock.advance(60_000);
    expect(buckets.charge('actor', 6).remaining).toBe(4);
  });

  it('does not move the minute of pings', async () => {
    const clock = new FakeClock();
    const limit = new PingLimit(clock, 1);
    expect(limit.take('a')).toBe(true);
    clock.jump(jump);
    expect(limit.take('a')).toBe(false);
    await clock.advance(60_000);
    expect(limit.take('a')).toBe(true);
  });

  it('neither fills nor empties a bucket', async () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 1, 1);
    expect(bucket.take()).toBe(0);
    clock.jump(jump);
    expect(bucket.take()).toBe(1);
    await clock.advance(1_000);
    expect(bucket.take()).toBe(0);
  });

  it('makes nothing forgotten early, and nothing remembered longer', async () => {
    const clock = new FakeClock();
    const memory = new Memory<string>(clock, 1_000);
    const snapshots = new FolderSnapshots(clock);
    const [key, snapshot] = [{ owner: 'o', folder: 'f' }, takeSnapshot([])];
    memory.remember('key', 'value');
    snapshots.keep(key, snapshot);
    clock.jump(jump);
    expect([memory.recall('key'), snapshots.find(key, snapshot.id)]).toEqual(['value', snapshot]);
    await clock.advance(5 * 60_000);
    expect([memory.recall('key'), snapshots.find(key, snapshot.id)]).toEqual([undefined, null]);
  });
});
