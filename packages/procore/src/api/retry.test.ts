import { transferDelayMs } from '@sluice/core/http';
import { describe, expect, test } from 'vitest';
import { retried } from './retry.js';
import type { Retry } from './retry.js';

/** Work that fails so many times, by a clock that notes its sleeps. */
function bench(failures: number, more: Partial<Retry<string>> = {}) {
  const slept: number[] = [];
  const stop = new AbortController();
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: async (milliseconds: number) => void slept.push(milliseconds),
  };
  let attempts = 0;
  const retry = { waits: { clock, random: () => 0.5 }, signal: stop.signal, attempts: 4, ...more };
  const result = () =>
    retried(retry, async (attempt) => {
      attempts = attempt;
      if (attempt <= failures) throw new Error(`failure ${attempt}`);
      return `answer ${attempt}`;
    });
  return { slept, stop, result, attempts: () => attempts };
}

describe('one retry helper', () => {
  const always = { isRepeatable: () => true, delayMs: transferDelayMs };

  test('repeats what may be repeated, with the named delay in between', async () => {
    const { slept, result } = bench(2, always);
    expect(await result()).toBe('answer 3');
    expect(slept).toEqual([500, 1000]);
  });

  test('throws the last error after all attempts, without a wait after it', async () => {
    const { slept, result } = bench(9, always);
    await expect(result()).rejects.toThrow('failure 4');
    expect(slept).toHaveLength(3);
  });

  test('throws at once what may not be repeated', async () => {
    const { result, attempts } = bench(1);
    await expect(result()).rejects.toThrow('failure 1');
    expect(attempts()).toBe(1);
  });

  test('looks up before the next attempt: what is found is the result', async () => {
    const finds = [null, 'found'];
    const { result, attempts } = bench(9, { ...always, lookUp: async () => finds.shift() ?? null });
    expect(await result()).toBe('found');
    expect(attempts()).toBe(2);
  });

  test('looks up after the last attempt too', async () => {
    const { result } = bench(9, { ...always, attempts: 1, lookUp: async () => 'found' });
    expect(await result()).toBe('found');
  });

  test('asks until the answer is enough, and returns the last one as it is', async () => {
    const enough = bench(0, { isEnough: (answer) => answer === 'answer 2', delayMs: () => 2000 });
    expect(await enough.result()).toBe('answer 2');
    expect(enough.slept).toEqual([2000]);
    expect(await bench(0, { isEnough: () => false }).result()).toBe('answer 4');
  });

  test('rejects with ABORTED once the signal is raised, and looks nothing up', async () => {
    const { stop, result, attempts } = bench(9, {
      ...always,
      lookUp: () => Promise.reject(new Error('looked up')),
    });
    stop.abort();
    await expect(result()).rejects.toMatchObject({ kind: 'ABORTED' });
    expect(attempts()).toBe(1);
  });
});
