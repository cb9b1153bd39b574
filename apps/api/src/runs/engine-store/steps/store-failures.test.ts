import { expect, it } from 'vitest';
import { expectationOf, type Remove, type Step } from '@sluice/core/plan';
import { item, outcome, settledStep, step } from '@sluice/core/testing';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { RunAtWork } from '../run-at-work.testing.js';

const RETRYING = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;

function removal(key: string): Remove {
  const existing = item(key);
  const { knownSha256: _known, isNote: _note, ...left } = settledStep(key);
  const told = { side: 'DESTINATION', existing, source: null, expects: expectationOf(existing) } as const;
  return { ...left, ...told, type: 'REMOVE', action: 'DELETE', trashedAt: 0 };
}

describeOnBothDatabases('how often an item failed', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async () => RunAtWork.begin(await (shared ??= open()));

  /** Gives the steps of a run these outcomes. */
  async function carriedOut(work: RunAtWork, steps: readonly Step[], ...outcomes: Parameters<typeof outcome>[1][]) {
    await work.planned(...steps);
    const ids = await work.claimed(steps.length);
    await work.store.commit(ids.map((id, index) => outcome(id, outcomes[index] ?? {})));
    return work;
  }

  /** In how many runs before this one each of these items failed. */
  async function failedRuns(work: RunAtWork, ...keys: string[]): Promise<number[]> {
    await work.planned(...keys.map((key) => step(key)));
    return (await work.store.claim(keys.length)).map((one) => one.failedRuns);
  }

  it('is told by the runs before that failed in a row, each of which counts once', async () => {
    let work = await carriedOut(await begin(), [step('a'), step('b')], RETRYING);
    for (const tries of [2, 3]) {
      expect(await work.store.requeue(9)).toBe(1);
      const [again] = await work.store.claim(1);
      expect(again).toMatchObject({ failedRuns: 0, attempts: tries - 1 });
      await work.store.commit([outcome(again!.id, RETRYING)]);
    }
    work = await carriedOut(await work.next(), [step('a'), step('b')], RETRYING);
    expect(await failedRuns(await work.next(), 'a', 'b', 'c')).toEqual([2, 0, 0]);
  });

  it('leaves out the run that asks, also where that failed before it was started again', async () => {
    let work = await carriedOut(await begin(), [step('a'), step('b')], RETRYING);
    work = await carriedOut(await work.next(), [step('a'), step('b')], RETRYING, RETRYING);
    expect(await failedRuns(work.restarted(), 'a', 'b')).toEqual([1, 0]);
  });

  it('is forgotten once the item is settled, be it in the run in which it failed', async () => {
    const work = await carriedOut(await begin(), [step('a'), step('b')], RETRYING, RETRYING);
    await work.store.requeue(9);
    const [a] = await work.claimed(2);
    await work.store.commit([outcome(a!)]);
    const next = await work.next();
    expect(await failedRuns(next, 'a', 'b')).toEqual([0, 1]);
    const [, b] = await next.restarted().claimed(2);
    await next.restarted().store.commit([outcome(b!)]);
    expect(await failedRuns(await next.next(), 'a', 'b')).toEqual([0, 0]);
  });

  it('is forgotten by a process that began after the first failure as well', async () => {
    const work = await carriedOut(await begin(), [step('a')], RETRYING);
    const [row] = await work.steps();
    await work.restarted().store.commit([outcome(row!.id)]);
    expect(await failedRuns(await work.next(), 'a')).toEqual([0]);
  });

  it('stays where one step of the item fails and another one does not', async () => {
    const first = await carriedOut(await begin(), [step('a'), removal('a')], RETRYING, { outcome: 'DELETED' });
    expect(await failedRuns(await first.next(), 'a')).toEqual([1]);
  });

  it('stays where a removal of the item is left out, or its step waits again', async () => {
    const first = await carriedOut(await begin(), [step('a'), step('b')], RETRYING, RETRYING);
    const left = [{ outcome: 'SKIPPED' }, { outcome: 'PENDING' }] as const;
    const next = await carriedOut(await first.next(), [removal('a'), step('b')], ...left);
    expect(await failedRuns(await next.next(), 'a', 'b')).toEqual([1, 1]);
  });

  it('is that of one job alone', async () => {
    const [one, other] = [await begin(), await begin()];
    await carriedOut(one, [step('a')], RETRYING);
    await carriedOut(other, [step('a'), step('b')], RETRYING, RETRYING);
    const next = await carriedOut(await other.next(), [step('a')]);
    expect(await failedRuns(await one.next(), 'a', 'b')).toEqual([1, 0]);
    expect(await failedRuns(await next.next(), 'a', 'b')).toEqual([0, 1]);
  });

  it('is known of more items than one statement names', async () => {
    const keys = Array.from({ length: 900 }, (_, index) => `${index}`);
    const steps = keys.map((key) => step(key));
    const work = await carriedOut(await begin(), steps, ...keys.map(() => RETRYING));
    const next = await work.next();
    expect(new Set(await failedRuns(next, ...keys))).toEqual(new Set([1]));
    const ids = (await next.steps()).map(({ id }) => id);
    await next.store.commit(ids.map((id) => outcome(id)));
    expect(new Set(await failedRuns(await next.next(), ...keys))).toEqual(new Set([0]));
  });
});
