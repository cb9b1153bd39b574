import { FakeClock } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import { follow, type FollowOptions } from './follow.js';

interface FollowScene {
  open?: () => Promise<void>;
  read?: FollowOptions<number, number>['read'];
}

/** A log in memory, and a stream that follows it. */
function scene({ open = () => Promise.resolve(), read }: FollowScene = {}) {
  const log: number[] = [];
  const rings = new Set<() => void>();
  const leaving = new AbortController();
  let left = 0;
  const options: FollowOptions<number, number> = {
    listen: (ring) => {
      rings.add(ring);
      return () => void rings.delete(ring);
    },
    clock: new FakeClock(),
    signal: leaving.signal,
    after: 0,
    read: read ?? ((after, limit) => ({ events: log.filter((event) => event > after).slice(0, limit) })),
    positionOf: (event) => event,
    cursorOf: String,
    pollInterval: 1_000,
    queue: 10,
    leave: () => void left++,
  };
  let begun = 0;
  const stream = follow(async () => {
    begun++;
    await open();
    return options;
  });
  const add = (event: number) => {
    log.push(event);
    for (const ring of rings) ring();
  };
  return { stream, add, leaving, rings, counts: () => ({ begun, left }) };
}

it('answers a reader that waits at the ring, and one that comes later from what was read', async () => {
  const { stream, add } = scene();
  const waiting = stream.next();
  await new Promise(setImmediate);
  add(1);
  add(2);
  expect(await waiting).toEqual({ done: false, value: 1 });
  expect(await stream.next()).toEqual({ done: false, value: 2 });
});

it.each<[string, (parts: ReturnType<typeof scene>) => unknown]>([
  ['returns', ({ stream }) => stream.return()],
  ['is aborted', ({ leaving }) => leaving.abort()],
])('ends for a reader that waits when it %s, and leaves nothing behind', async (_name, end) => {
  const parts = scene();
  const waiting = parts.stream.next();
  await new Promise(setImmediate);
  await end(parts);
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await parts.stream.next()).toEqual({ done: true, value: undefined });
  expect(parts.rings.size).toBe(0);
  expect(parts.counts()).toEqual({ begun: 1, left: 1 });
});

it('is not begun after it has returned', async () => {
  const { stream, counts } = scene();
  await stream.return();
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(counts()).toEqual({ begun: 0, left: 0 });
});

it('takes back what it has begun when it returns meanwhile', async () => {
  let goOn = () => {};
  const { stream, rings, counts } = scene({ open: () => new Promise((resolve) => (goOn = resolve)) });
  const waiting = stream.next();
  await stream.return();
  goOn();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await new Promise(setImmediate);
  expect(rings.size).toBe(0);
  expect(counts()).toEqual({ begun: 1, left: 1 });
});

it.each<[string, FollowScene]>([
  ['cannot be begun', { open: () => Promise.reject(new Error('The store is gone.')) }],
  ['cannot be read', { read: () => Promise.reject(new Error('The store is gone.')) }],
])('ends with the error of a log that %s, and stays ended', async (_name, broken) => {
  const { stream, rings } = scene(broken);
  await expect(stream.next()).rejects.toThrow('The store is gone.');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(rings.size).toBe(0);
});

it('has one reader, which asks for one event after the other', async () => {
  const { stream, add } = scene();
  const waiting = stream.next();
  await expect(stream.next()).rejects.toThrow('one event after the other');
  await new Promise(setImmediate);
  add(1);
  expect(await waiting).toEqual({ done: false, value: 1 });
});
