import { describe, expect, it } from 'vitest';
import { Bell } from './bell.js';

/** A bell, and a clock whose sleeps end when the test says so or when they are aborted. */
function scene() {
  const sleeps: { milliseconds: number; end: () => void; isAborted: boolean }[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const sleep = { milliseconds, end: resolve, isAborted: false };
        sleeps.push(sleep);
        signal?.addEventListener('abort', () => {
          sleep.isAborted = true;
          reject(signal.reason as Error);
        });
      }),
  };
  let ring: () => void = () => undefined;
  const bell = new Bell((given) => {
    ring = given;
    return () => undefined;
  });
  const leaving = new AbortController();
  const wait = (milliseconds: number) => {
    bell.reset();
    return bell.wait(milliseconds, clock, leaving.signal);
  };
  return { sleeps, bell, ring: () => ring(), wait, leaving };
}

describe('a wait for a bell', () => {
  it('ends at a ring, and one sleep serves all waits until it is over', async () => {
    const { sleeps, ring, wait } = scene();
    for (let time = 0; time < 100; time++) {
      const waiting = wait(1_000);
      ring();
      await waiting;
    }
    expect(sleeps).toHaveLength(1);
  });

  it('ends at its time, which may be earlier than that of the sleep under way', async () => {
    const { sleeps, ring, wait } = scene();
    const first = wait(1_000);
    ring();
    await first;
    const second = wait(10);
    expect(sleeps.map(({ milliseconds, isAborted }) => [milliseconds, isAborted])).toEqual([
      [1_000, true],
      [10, false],
    ]);
    sleeps[1]?.end();
    await second;
    void wait(10);
    expect(sleeps).toHaveLength(3);
  });

  it('ends when its stream ends, and leaves no sleep behind', async () => {
    const { sleeps, bell, wait, leaving } = scene();
    const waiting = wait(1_000);
    leaving.abort();
    await waiting;
    expect(sleeps[0]?.isAborted).toBe(true);
    const other = scene();
    void other.wait(1_000);
    other.bell.remove();
    expect(other.sleeps[0]?.isAborted).toBe(true);
    bell.remove();
  });
});
