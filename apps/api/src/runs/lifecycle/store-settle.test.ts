import { folderStep, item, outcome, settledStep, step } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import type { NewChange } from '../../live/change.store.js';
import { emptyCounters } from '../engine-store/counters.js';
import { LATER, NOW, RunAtWork } from '../engine-store/run-at-work.testing.js';
import { settleRun, type Settlement } from './store-settle.js';

const REASON = { code: 'REMOTE_UNREACHABLE', message: 'The platform does not answer.' } as const;

describeOnBothDatabases('a run that is settled', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async () => RunAtWork.begin(await (shared ??= open()));

  /** Settles a run at `LATER` and gives the changes that were told of its plan. */
  async function settle(work: RunAtWork, settlement: Partial<Settlement>): Promise<NewChange[]> {
    const told: NewChange[] = [];
    const changes = { record: async (_tx: unknown, change: NewChange) => void told.push(change) };
    const run = await work.row();
    const given = { state: 'SUCCEEDED', reason: null, ...settlement } as const;
    const context = { now: () => LATER, changes, onEvents: () => undefined };
    await work.db.transact((tx) => settleRun(tx, work.db, run, given, context));
    return told.filter(({ topic }) => topic === 'PLAN');
  }

  async function change(work: RunAtWork, fields: object): Promise<void> {
    const { runs } = work.db.tables;
    const isOwn = eq(runs.id, work.context.runId ?? '');
    await work.db.transact(async (tx) => void (await tx.update(runs).set(fields).where(isOwn)));
  }

  const planOf = async ({ db, context }: RunAtWork, id = context.planId) =>
    (await db.reader.select().from(db.tables.plans).where(eq(db.tables.plans.id, id)))[0];
  const jobOf = async ({ db, context }: RunAtWork) =>
    (await db.reader.select().from(db.tables.jobs).where(eq(db.tables.jobs.id, context.jobId)))[0];
  const listed = async ({ db, context }: RunAtWork) =>
    db.reader.$count(db.tables.stagedBatches, eq(db.tables.stagedBatches.planId, context.planId));

  it('says of the items that a cancelation left undone that they were skipped, and counts them so', async () => {
    const work = await begin();
    const other = await (await begin()).planned(step('of another job'));
    await work.planned(step('a'), step('b'), step('c'), folderStep('d'), settledStep('e', { action: 'REFUSE' }));
    const ids = await work.claimed(3);
    await work.store.begin(ids.slice(0, 2), NOW);
    await work.store.commit([
      outcome(ids[0]!),
      outcome(ids[2]!, { outcome: 'RETRYING', reason: 'NETWORK_ERROR', message: 'No.', remedy: 'Wait.' }),
    ]);
    await settle(work, { state: 'CANCELED' });
    const steps = await work.steps();
    expect(steps.map((one) => `${one.itemKey} ${one.outcome} ${one.reason}`)).toEqual([
      ...['s:a CREATED NEW', 's:b SKIPPED CANCELED', 's:c SKIPPED CANCELED', 's:d SKIPPED CANCELED', 's:e FLAGGED NEW'],
    ]);
    const message = 'The run was canceled before this item was done.';
    expect(steps[2]).toMatchObject({ message, remedy: null, finishedAt: LATER });
    expect(steps[0]).toMatchObject({ finishedAt: NOW });
    expect(steps[1]?.begunAt).toEqual(NOW);
    expect((await work.row()).counters).toMatchObject({
      outcomes: {
        CREATED: { items: 1, bytes: 10 },
        SKIPPED: { items: 3, bytes: 20 },
        FLAGGED: { items: 1, bytes: 0 },
      },
      ...{ reasons: { NEW: 2, NETWORK_ERROR: 0, CANCELED: 3 }, callsNeeded: 0, callsAtSource: 0, itemsDone: 1 },
    });
    expect(Object.keys((await work.row()).counters.outcomes)).not.toContain('PENDING');
    expect((await other.steps()).map((one) => one.outcome)).toEqual(['PENDING']);
  });

  it('has nothing to skip where it is canceled before its plan', async () => {
    const work = await begin();
    await settle(work, { state: 'CANCELED' });
    expect((await work.row()).counters).toEqual(emptyCounters());
  });

  it('keeps its figures and its items as they are where it ends or waits otherwise', async () => {
    for (const state of ['PAUSED', 'FAILED', 'SUCCEEDED'] as const) {
      const work = await (await begin()).planned(step('a'), step('b', { side: 'SOURCE' }));
      const { counters } = await work.row();
      await settle(work, { state });
      expect((await work.row()).counters, state).toEqual(counters);
      expect((await work.steps()).map((one) => one.outcome)).toEqual(['PENDING', 'PENDING']);
    }
  });

  it('gives its lease back and says why, and when it goes on', async () => {
    const work = await (await begin()).planned(step('a'));
    const live = { itemsInFlight: 1, bytesInFlight: 1, itemsPerSecond: 1, bytesPerSecond: 1 };
    const setback = { rests: 1, itemsDone: 5 };
    await change(work, { leaseOwner: 'worker', leaseUntil: NOW, live, setback });
    await settle(work, { state: 'AWAITING_WINDOW', reason: REASON, waitingUntil: NOW });
    const left = { leaseOwner: null, leaseUntil: null, live: null };
    expect(await work.row()).toMatchObject({ ...left, setback, stateReason: REASON, waitingUntil: NOW });
    expect(await work.row()).toMatchObject({ state: 'AWAITING_WINDOW', finishedAt: null });
    await settle(work, { state: 'PAUSED' });
    expect(await work.row()).toMatchObject({ state: 'PAUSED', stateReason: null, waitingUntil: null, setback });
  });

  it('rests as long as it is told to, and counts its rests', async () => {
    const work = await (await begin()).planned(step('a'));
    const setback = { rests: 2, itemsDone: 7 };
    await settle(work, { state: 'QUEUED', reason: REASON, rest: { setback, waitMs: 60_000 } });
    expect(await work.row()).toMatchObject({ setback, waitingUntil: new Date(LATER.getTime() + 60_000) });
    await settle(work, { state: 'QUEUED', rest: { setback: null, waitMs: 0 } });
    expect(await work.row()).toMatchObject({ setback: null, waitingUntil: LATER });
  });

  it('keeps its listings while it is to go on, and not beyond its end', async () => {
    const work = await begin();
    const other = await begin();
    for (const { store } of [work, other]) await store.stage('SOURCE', [{ key: 'a', item: item('a') }]);
    await settle(work, { state: 'PAUSED' });
    expect(await listed(work)).toBe(1);
    await settle(work, { state: 'FAILED', reason: REASON });
    expect([await listed(work), await listed(other)]).toEqual([0, 1]);
  });

  it('fails its plan with it where that was not complete, and tells so', async () => {
    const ended = 'The run ended before its plan was complete.';
    for (const [reason, failure] of [
      [REASON, REASON],
      [null, { code: 'INVALID_STATE', message: ended }],
    ] as const) {
      const [work, other] = [await begin(), await begin()];
      const { db, context } = work;
      await db.transact(async (tx) => void (await tx.update(db.tables.plans).set({ taskState: 'RUNNING' })));
      const told = await settle(work, { state: 'FAILED', reason });
      const { planId: subjectId, jobId: relatedId } = context;
      expect(told).toEqual([{ topic: 'PLAN', change: 'UPDATED', subjectId, relatedId }]);
      expect(await planOf(work)).toMatchObject({ taskState: 'FAILED', failure, finishedAt: LATER });
      expect(await planOf(other)).toMatchObject({ taskState: 'RUNNING', failure: null });
    }
  });

  it('leaves a plan that was complete as it is', async () => {
    const work = await (await begin()).planned(step('a'));
    expect(await settle(work, { state: 'FAILED', reason: REASON })).toEqual([]);
    expect(await planOf(work)).toMatchObject({ taskState: 'SUCCEEDED', failure: null });
  });

  it('leaves its listings and what it has not done to the next one where it is carried over', async () => {
    const work = await (await begin()).planned(step('a'), step('b'));
    await work.store.stage('SOURCE', [{ key: 'a', item: item('a') }]);
    const [id] = await work.claimed(1);
    await work.store.commit([outcome(id!)]);
    await settle(work, { state: 'CARRIED_OVER', waitingUntil: LATER });
    const { planId, runId } = work.context;
    expect(await jobOf(work)).toMatchObject({ carried: { runId, planId }, nextStartAt: LATER });
    expect((await work.steps()).map(({ itemKey, outcome: left }) => `${itemKey} ${left}`)).toEqual(['s:b PENDING']);
    expect(await listed(work)).toBe(1);
    expect((await work.row()).planId).not.toBe(planId);
    expect(await work.row()).toMatchObject({ state: 'CARRIED_OVER', waitingUntil: null, finishedAt: LATER });
  });
});
