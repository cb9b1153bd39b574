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
    let passed = 0;
    const clock = {
      now: () => 1_790_000_000_000,
      monotonic: () => passed,
      sleep: async (ms: number) => void (passed += ms),
    };
    const leases = new Leases(db, clock);
    await expect(leases.hold('x', 5_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const until = new Date(clock.now() + 5_000);
    await db.transact(
      async (tx) => void (await tx.insert(db.tables.leases).values({ name: 'x', owner: 'dead', until })),
    );
    const got = await leases.hold('x', 5_000, async () => passed);
    expect(got).toBeGreaterThanOrEqual(5_000);
    expect(got).toBeLessThanOrEqual(5_200);
  });

  it.each([-18_000_000, 18_000_000])('is neither lost nor kept when the time of day jumps by %i ms', async (jump) => {
    const db = await open();
    const time = { passed: 0, setBy: 0 };
    const order: string[] = [];
    let end: () => void = () => undefined;
    const clock = {
      now: () => 1_790_000_000_000 + time.passed + time.setBy,
      monotonic: () => time.passed,
      sleep: async (ms: number) => {
        await tick();
        time.passed += ms;
        if (time.passed === 4_000) end();
      },
    };
    const [first, second] = [new Leases(db, clock), new Leases(db, clock)];
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const held = first.hold('x', 5_000, async () => {
      begun();
      await new Promise<void>((resolve) => (end = resolve));
      order.push('first');
    });
    await hasBegun;
    time.setBy = jump;
    await second.hold('x', 5_000, async () => void order.push('second'));
    await held;
    expect(order).toEqual(['first', 'second']);
    expect(time.passed).toBeLessThan(Math.abs(jump));
  });
});
