import { expect, it } from 'vitest';
import { CallQueue } from './call-queue.js';

const { signal } = new AbortController();
const waiter = (owner: string, share?: number) => ({
  call: { owner, priority: 'JOB' as const, signal, ...(share === undefined ? {} : { share }) },
});
const want = (owner: string, calls: number, share = 1) => ({ owner, priority: 'JOB', share, calls });

it('a line is as long as its waiters, with their share, and goes to the end when it is served', () => {
  const queue = new CallQueue<ReturnType<typeof waiter>>();
  const [first, second] = [waiter('a', 0.5), waiter('a', 0.5)];
  for (const each of [first, second, waiter('b')]) queue.add(each);
  expect(queue.wants()).toEqual([want('a', 2, 0.5), want('b', 1)]);
  expect(queue.serve({ priority: 'JOB', owner: 'a' })).toBe(first);
  expect(queue.wants()).toEqual([want('b', 1), want('a', 1, 0.5)]);
  expect(queue.all()).toHaveLength(2);
});

it('who leaves is no longer waited for, and who is gone already changes nothing', () => {
  const queue = new CallQueue<ReturnType<typeof waiter>>();
  const [first, second] = [waiter('a'), waiter('a')];
  queue.add(first);
  queue.add(second);
  queue.remove(waiter('a'));
  queue.remove(first);
  expect(queue.wants()).toEqual([want('a', 1)]);
  queue.remove(second);
  queue.remove(second);
  expect(queue.wants()).toEqual([]);
  expect(queue.serve({ priority: 'JOB', owner: 'a' })).toBeUndefined();
});
