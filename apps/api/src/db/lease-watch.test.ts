import { FakeClock } from '@sluice/core/testing';
import { describe, expect, it } from 'vitest';
import { LeaseWatch } from './lease-watch.js';

const HOURS_MS = 5 * 3_600_000;
const lease = (leaseUntil: number, leaseOwner = 'lease_1', id = 'run_1') => ({
  id,
  leaseOwner,
  leaseUntil: new Date(leaseUntil),
});

describe('a lease', () => {
  it('is silent once it has stood unchanged for its time', async () => {
    const clock = new FakeClock();
    const watch = new LeaseWatch(clock, 10_000);
    expect(watch.silent([lease(1)])).toEqual([]);
    await clock.advance(9_999);
    expect(watch.silent([lease(1)])).toEqual([]);
    await clock.advance(1);
    expect(watch.silent([lease(1)])).toEqual([lease(1)]);
  });

  it('is alive while it is renewed, and begins anew with another holder', async () => {
    const clock = new FakeClock();
    const watch = new LeaseWatch(clock, 10_000);
    for (const seen of [lease(1), lease(2), lease(2, 'lease_2'), lease(3, 'lease_2')]) {
      expect(watch.silent([seen])).toEqual([]);
      await clock.advance(9_000);
    }
    await clock.advance(1_000);
    expect(watch.silent([lease(3, 'lease_2')])).toHaveLength(1);
  });

  it('that was given back meanwhile is forgotten', async () => {
    const clock = new FakeClock();
    const watch = new LeaseWatch(clock, 10_000);
    watch.silent([lease(1), lease(1, 'lease_9', 'run_2')]);
    watch.silent([lease(1, 'lease_9', 'run_2')]);
    await clock.advance(10_000);
    expect(watch.silent([lease(1), lease(1, 'lease_9', 'run_2')]).map(({ id }) => id)).toEqual(['run_2']);
  });

  it.each([-HOURS_MS, HOURS_MS])('neither ends nor lives on because the time of day jumped by %i ms', async (jump) => {
    const clock = new FakeClock();
    const watch = new LeaseWatch(clock, 10_000);
    const held = lease(clock.now() + 10_000);
    watch.silent([held]);
    clock.jump(jump);
    expect(watch.silent([held])).toEqual([]);
    await clock.advance(10_000);
    expect(watch.silent([held])).toEqual([held]);
  });
});
