import { expect, it } from 'vitest';
import { FakeClock, outcome } from '../testing/index.js';
import { Committer, COMMITTED_OUTCOMES } from './committer.js';
import type { StepOutcome } from './ports/index.js';

function committer(commit: (batch: readonly StepOutcome[]) => Promise<void> = async () => {}) {
  const clock = new FakeClock();
  const batches: number[] = [];
  const failures: unknown[] = [];
  const store = {
    commit: async (batch: readonly StepOutcome[]) => {
      await commit(batch);
      batches.push(batch.length);
    },
  };
  const made = new Committer(store, clock, (failure) => failure && failures.push(failure.cause));
  const add = (count: number) => Array.from({ length: count }, (_, n) => made.add(outcome(`${n}`)));
  return { committer: made, clock, batches, failures, add };
}

it('outcomes are committed 64 at a time, whatever has come by then', async () => {
  const { clock, batches, add } = committer();
  add(2 * COMMITTED_OUTCOMES + 10);
  await clock.advance(0);
  expect(COMMITTED_OUTCOMES).toBe(64);
  expect(batches).toEqual([64, 64, 10]);
});

it('an outcome waits at most 50 ms for others', async () => {
  const { clock, batches, add } = committer();
  add(1);
  await clock.advance(30);
  add(2);
  await clock.advance(19);
  expect(batches).toEqual([]);
  await clock.advance(1);
  expect(batches).toEqual([3]);
  add(1);
  await clock.advance(50);
  expect(batches).toEqual([3, 1]);
});

it('a flush at the end leaves nothing behind', async () => {
  const { committer: subject, clock, batches, add } = committer();
  add(7);
  await clock.runUntil(subject.flush());
  expect(batches).toEqual([7]);
});

it('is full while too many outcomes wait, and not once they are committed', async () => {
  const { committer: subject, clock, add } = committer();
  add(1_023);
  expect(subject.isFull).toBe(false);
  add(1);
  expect(subject.isFull).toBe(true);
  await clock.advance(0);
  expect(subject.isFull).toBe(false);
});

it('commits nothing more after a transaction that failed, and tells it', async () => {
  const { committer: subject, clock, batches, failures, add } = committer(() => Promise.reject(new Error('full')));
  add(600);
  await clock.runUntil(subject.flush());
  expect(batches).toEqual([]);
  expect(failures).toEqual([new Error('full')]);
});
