import { describe, expect, it } from 'vitest';
import { resolveOptions } from './defaults.js';
import { RateLimiter } from './limiter.js';
import type { LimitOptions } from './options.js';
import { TestClock } from './test-client.js';

function limiter(limits: Partial<LimitOptions>) {
  const clock = new TestClock();
  const made = new RateLimiter(resolveOptions({ limits }).limits, clock.now);
  const take = (times = 1) => Array.from({ length: times }, () => made.take('app')).at(-1);
  return { clock, limiter: made, take };
}

describe('RateLimiter', () => {
  it('describes the limit that is nearer to its end, the spike limit on a tie', () => {
    const { clock, take } = limiter({ hourly: 100, spike: 10 });
    expect(take()).toMatchObject({ limit: 10, remaining: 9, resetAt: clock.ms + 10_000 });
    clock.advance(11);
    for (let round = 0; round < 4; round += 1) {
      take(9);
      clock.advance(11);
    }
    expect(take()).toMatchObject({ limit: 100, remaining: 62 });
    const even = limiter({ hourly: 10, spike: 10 });
    expect(even.take()).toMatchObject({ limit: 10, resetAt: even.clock.ms + 10_000 });
  });

  it('refuses above the spike limit until its window ends', () => {
    const { clock, take } = limiter({ hourly: 100, spike: 3 });
    expect(take(3)?.refused).toBe(false);
    expect(take()).toMatchObject({ refused: true, limit: 3, remaining: 0, resetAt: clock.ms + 10_000 });
    clock.advance(9.999);
    expect(take()?.refused).toBe(true);
    clock.advance(0.001);
    expect(take()?.refused).toBe(false);
  });

  it('refuses above the hourly limit and describes the hour', () => {
    const { clock, take } = limiter({ hourly: 5, spike: 10, hourSeconds: 60 });
    take(5);
    expect(take()).toMatchObject({ refused: true, limit: 5, remaining: 0, resetAt: clock.ms + 60_000 });
  });

  it('starts a window at its first call, not where the last one ended', () => {
    const { clock, take } = limiter({ hourly: 2, spike: 10, hourSeconds: 60 });
    take(2);
    clock.advance(90);
    expect(take(2)).toMatchObject({ limit: 2, resetAt: clock.ms + 60_000 });
  });

  it('aligns windows to multiples of their length', () => {
    const { clock, take } = limiter({ hourly: 2, spike: 10, hourSeconds: 60, windowKind: 'aligned' });
    clock.advance(50);
    expect(take(2)?.resetAt).toBe(clock.ms + 10_000);
    clock.advance(10);
    expect(take()?.refused).toBe(false);
  });

  it('rolls: each call frees its place after the length of the window', () => {
    const { clock, take } = limiter({ hourly: 100, spike: 2, windowKind: 'rolling' });
    take();
    clock.advance(6);
    take();
    expect(take()).toMatchObject({ refused: true, resetAt: clock.ms + 4000 });
    clock.advance(4);
    expect(take()?.refused).toBe(false);
    expect(take()?.refused).toBe(true);
  });

  it('counts refused calls only when told to', () => {
    const lenient = limiter({ hourly: 100, spike: 1, windowKind: 'rolling' });
    const strict = limiter({ hourly: 100, spike: 1, windowKind: 'rolling', countRefused: true });
    for (const { clock, take } of [lenient, strict]) {
      take();
      clock.advance(9);
      take();
      clock.advance(2);
    }
    expect(lenient.take()?.refused).toBe(false);
    expect(strict.take()?.refused).toBe(true);
  });

  it('keeps the use of every hour that ended, once', () => {
    const { clock, limiter: made, take } = limiter({ hourly: 4, spike: 100, hourSeconds: 60 });
    const start = clock.ms;
    take(5);
    expect(made.history()).toEqual([]);
    clock.advance(61);
    expect(made.history()).toEqual([
      { key: 'app', startedAt: start, endedAt: start + 60_000, limit: 4, used: 4, refused: 1 },
    ]);
    clock.advance(5);
    take(3);
    clock.advance(60);
    expect(made.history().map(({ startedAt, used }) => [startedAt - start, used])).toEqual([
      [0, 4],
      [66_000, 3],
    ]);
  });

  it('keeps clients apart', () => {
    const { limiter: made } = limiter({ hourly: 1, spike: 1 });
    made.take('one');
    expect(made.take('one').refused).toBe(true);
    expect(made.take('two').refused).toBe(false);
  });
});
