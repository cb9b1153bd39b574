import { expect, it } from 'vitest';
import { Leases } from './lease.js';
import { describeOnBothDatabases } from './testing.js';

describeOnBothDatabases('a lease', (open) => {
  const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

  it('lets one holder at a time work, here and elsewhere', async () => {
    const db = await open();
    const clock = { now: () => Date.now(), monotonic: () => Date.now(), sleep: async () => void (await tick()) };
    const processes = [new Leases(db, clock), new Leases(db, clock)];
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await tick();
      inside--;
    };
    await Promise.all([...processes, ...processes, ...processes].map((leases) => leases.hold('x', 60_000, work)));
    expect(most).toBe(1);
  });

  it('goes to the next when the work fails, and when its holder is dead', async () => {
    const db = await open();
    let now = 1_790_000_000_000;
    const clock = { now: () => now, monotonic: () => now, sleep: async (ms: number) => void (now += ms) };
    const leases = new Leases(db, clock);
    await expect(leases.hold('x', 1_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const until = new Date(now + 5_000);
    await db.transact(
      async (tx) => void (await tx.insert(db.tables.leases).values({ name: 'x', owner: 'dead', until })),
    );
    const got = await leases.hold('x', 1_000, async () => now);
    expect(got).toBeGreaterThan(until.getTime());
  });
});
