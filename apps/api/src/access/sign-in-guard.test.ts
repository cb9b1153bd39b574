import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { Attempts } from './attempts.js';
import { SignInGuard } from './sign-in-guard.js';
import { TooManyAttemptsError } from './too-many-attempts.js';

function open(changes: Partial<typeof DEFAULT_LIMITS> = {}) {
  const time = { now: 1_790_000_000_000 };
  const clock = { now: () => time.now, monotonic: () => time.now, sleep: () => Promise.resolve() };
  return { time, guard: new SignInGuard(clock, { ...DEFAULT_LIMITS, ...changes }) };
}

const wrong = () => Promise.resolve(null);
const right = () => Promise.resolve('in');
const secondsOf = (error: unknown) => (error instanceof TooManyAttemptsError ? error.retryAfterSeconds : null);

describe('tries to sign in', () => {
  it('are five a minute per name and address, and the answer tells how long to wait', async () => {
    const { guard, time } = open();
    for (let i = 0; i < 5; i++, time.now += 1_000) expect(await guard.attempt('ann', '10.0.0.1', wrong)).toBeNull();
    expect(secondsOf(await guard.attempt('ann', '10.0.0.1', right).catch((error: unknown) => error))).toBe(55);
    expect(await guard.attempt('ben', '10.0.0.1', right)).toBe('in');
    expect(await guard.attempt('ann', '10.0.0.2', right)).toBe('in');
    time.now += 55_001;
    expect(await guard.attempt('ann', '10.0.0.1', right)).toBe('in');
  });

  it('count before the password is looked at, so that a hundred at once are five', async () => {
    const { guard } = open();
    let looked = 0;
    const look = () => {
      looked += 1;
      return wrong();
    };
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => guard.attempt('ann', '10.0.0.1', look)));
    expect([looked, all.filter(({ status }) => status === 'rejected').length]).toEqual([5, 95]);
  });

  it('that succeed leave no count behind', async () => {
    const { guard } = open();
    for (let i = 0; i < 300; i++) expect(await guard.attempt('ann', '10.0.0.1', right)).toBe('in');
  });

  it('are looked at two at a time and no more, with a queue of twenty', async () => {
    const { guard } = open({ signInFailuresOverall: 1_000 });
    const waiting: (() => void)[] = [];
    let [running, most] = [0, 0];
    const slow = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running -= 1;
      return null;
    };
    const attempt = (n: number) => guard.attempt(`n${n}`, `10.0.0.${n}`, slow).catch(secondsOf);
    const all = Array.from({ length: 30 }, (_, n) => attempt(n));
    for (let ended = 0; ended < all.length - 8;) {
      // The latest one ends first, so that the free place is not always the oldest one's.
      const end = waiting.pop();
      if (end !== undefined) ended += 1;
      end?.();
      // One that comes now waits behind those that have waited.
      if (ended === 10 && all.length === 30) all.push(attempt(30));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most).toBe(2);
    const results = await Promise.all(all);
    expect(results.map((seconds) => seconds === 1)).toEqual([
      ...Array<boolean>(22).fill(false),
      ...Array<boolean>(8).fill(true),
      false,
    ]);
  });

  it('leave their place when the store fails, and wait in the order of their coming', async () => {
    const { guard } = open();
    const order: string[] = [];
    const failing = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('the store is down');
    };
    const look = (name: string) => () => (order.push(name), wrong());
    const down = ['a', 'b', 'c'].map((name) => guard.attempt(name, '10.0.0.1', failing).catch(String));
    const later = ['d', 'e', 'f'].map((name) => guard.attempt(name, '10.0.0.2', look(name)));
    expect(await Promise.all(down)).toEqual(Array(3).fill('Error: the store is down'));
    expect(await Promise.all(later)).toEqual([null, null, null]);
    expect(order).toEqual(['d', 'e', 'f']);
  });

  it('are limited per address, whatever the name; an IPv6 network is one address', async () => {
    const { guard } = open();
    const codes = [];
    for (let i = 0; i < 21; i++) codes.push(await guard.attempt(`n${i}`, `2001:db8:0:1::${i}`, wrong).catch(secondsOf));
    expect(codes).toEqual([...Array<null>(20).fill(null), 60]);
    expect(await guard.attempt('n99', '2001:db8:0:2::1', wrong)).toBeNull();
  });

  it('with a right password of a known name are not refused because strangers failed from other addresses', async () => {
    const { guard } = open();
    for (let i = 0; i < 250; i++) await guard.attempt('ann', `10.1.${i}.1`, wrong);
    for (let i = 0; i < 250; i++) await guard.attempt(`other${i}`, `10.2.${i}.1`, wrong);
    expect(await guard.attempt('ann', '192.0.2.7', right)).toBe('in');
  });

  it('from strangers are one a minute per address once the name, or all names, had too many', async () => {
    const { guard } = open();
    for (let i = 0; i < 31; i++) await guard.attempt('ann', `10.1.${i}.1`, wrong);
    expect(secondsOf(await guard.attempt('ann', '10.1.1.1', wrong).catch((error: unknown) => error))).toBe(60);
    expect(await guard.attempt('ben', '10.1.1.1', wrong)).toBeNull();
    for (let i = 0; i < 201; i++) await guard.attempt(`n${i}`, `10.3.${i}.1`, wrong);
    expect(secondsOf(await guard.attempt('zoe', '10.3.1.1', wrong).catch((error: unknown) => error))).toBe(60);
  });

  it('of strangers fill no memory', () => {
    const attempts = new Attempts({ now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() }, 5);
    for (let i = 0; i < 25_000; i++) attempts.add(`name${i}`);
    expect(attempts.size).toBe(10_000);
  });
});
