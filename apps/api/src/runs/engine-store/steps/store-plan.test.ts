import { expect, it } from 'vitest';
import type { Side, Step } from '@sluice/core/plan';
import { folderStep, item, outcome, settledStep, step } from '@sluice/core/testing';
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import type { NewChange } from '../../../live/change.store.js';
import { NOW, RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError, type StoreContext } from '../store-context.js';
import { emptyCounters, emptyTotals } from '../counters.js';

const HOW = { kind: 'FULL', reason: 'It is the first.' } as const;
const refused = (key: string) =>
  settledStep(key, { action: 'REFUSE', reason: 'NAME_INVALID', message: 'The name is refused.' });

describeOnBothDatabases('the plan of a run', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async (given: Partial<StoreContext> = {}) => RunAtWork.begin(await (shared ??= open()), given);

  const planOf = async ({ db, context }: RunAtWork) =>
    (await db.reader.select().from(db.tables.plans).where(eq(db.tables.plans.id, context.planId)))[0]!;
  async function changePlan({ db, context }: RunAtWork, fields: object): Promise<void> {
    const { plans } = db.tables;
    await db.transact(async (tx) => void (await tx.update(plans).set(fields).where(eq(plans.id, context.planId))));
  }
  const keysOf = async (work: RunAtWork) => (await work.steps()).map((row) => `${row.itemKey.slice(2)} ${row.outcome}`);
  const eventsOf = async ({ db, context }: RunAtWork, kind: 'ITEM' | 'LOG' | 'STATE') => {
    const { runEvents } = db.tables;
    const isMeant = and(eq(runEvents.runId, context.runId ?? ''), eq(runEvents.kind, kind));
    return db.reader.select().from(runEvents).where(isMeant).orderBy(asc(runEvents.sequence));
  };
  /** A run whose steps follow these ones that were approved and are planned anew. */
  async function frozen(...steps: Step[]): Promise<RunAtWork> {
    const work = await (await begin()).planned(...steps);
    await changePlan(work, { isFrozen: true, phase: 'NEW' });
    return work;
  }

  it('is told once when it begins, and moves the run along with its phases', async () => {
    const told: NewChange[] = [];
    const work = await begin({ changes: { record: async (_tx, change) => void told.push(change) } });
    await changePlan(work, { taskState: 'QUEUED' });
    const { planId, jobId } = work.context;
    await work.store.enter('LISTING');
    expect(await planOf(work)).toMatchObject({ phase: 'LISTING', taskState: 'RUNNING' });
    expect(told[0]).toEqual({ topic: 'PLAN', change: 'UPDATED', subjectId: planId, relatedId: jobId });
    expect(told.slice(1)).toMatchObject([{ topic: 'RUN', runState: 'LISTING' }]);
    await work.store.enter('LISTING');
    await work.store.enter('PLANNING');
    expect(told.slice(2)).toMatchObject([{ topic: 'RUN', runState: 'PLANNING' }]);
    expect([(await work.row()).state, await work.store.phase()]).toEqual(['PLANNING', 'PLANNING']);
    expect((await eventsOf(work, 'STATE')).map(({ state }) => state)).toEqual(['LISTING', 'PLANNING']);
  });

  it('leaves the state of a run that is to pause, and takes away why it waited of one that goes on', async () => {
    const [work, paused] = [await begin(), await begin()];
    const { runs } = work.db.tables;
    const waiting = { stateReason: { code: 'REMOTE_UNREACHABLE' as const, message: 'No.' }, waitingUntil: NOW };
    const change = ({ context }: RunAtWork, fields: object) =>
      work.db.transact(
        async (tx) =>
          void (await tx
            .update(runs)
            .set(fields)
            .where(eq(runs.id, context.runId ?? ''))),
      );
    await change(work, waiting);
    await change(paused, { ...waiting, wish: 'PAUSE' });
    for (const one of [work, paused]) await one.store.enter('LISTING');
    expect(await work.row()).toMatchObject({ state: 'LISTING', stateReason: null, waitingUntil: null });
    expect(await paused.row()).toMatchObject({ state: 'QUEUED', ...waiting });
    expect(await paused.store.phase()).toBe('LISTING');
  });

  it('is made anew without anything of what was made before, in this plan alone', async () => {
    const [work, other] = [await begin(), await begin()];
    for (const { store } of [work, other]) {
      await store.stage('SOURCE', [{ key: 'a', item: item('a') }]);
      await store.appendSteps([step('a')]);
      await store.noteUnmapped([], 3);
      await store.stageProof('SOURCE', { root: 'r', seen: 1, total: 1 }, HOW, null);
      await store.finishPlan('digest');
    }
    await work.store.reset();
    const unlisted = { sourceProof: null, destinationProof: null, sourceListing: null, destinationListing: null };
    expect(await planOf(work)).toMatchObject({ stepCount: 0, totals: emptyTotals(), ...unlisted });
    expect((await work.row()).counters).toEqual(emptyCounters());
    expect([await keysOf(work), await work.store.sourceByKey('a')]).toEqual([[], null]);
    const unmapped = ({ context: { planId } }: RunAtWork) =>
      work.db.reader.$count(work.db.tables.unmappedNames, eq(work.db.tables.unmappedNames.planId, planId));
    expect([await unmapped(work), await unmapped(other)]).toEqual([0, 1]);
    expect(await planOf(other)).toMatchObject({ stepCount: 1, sourceListing: HOW });
    expect((await other.row()).counters.itemsPlanned).toBe(1);
    expect(await keysOf(other)).toEqual(['a PENDING']);
  });

  it.each<[Side, 'source' | 'destination', 'source' | 'destination']>([
    ['SOURCE', 'source', 'destination'],
    ['DESTINATION', 'destination', 'source'],
  ])('keeps what the listing of a side says of itself: %s', async (side, own, other) => {
    const work = await begin();
    const proof = { root: 'r', seen: 3, total: 4 };
    await work.store.stageProof(side, proof, HOW, null);
    const plan = await planOf(work);
    expect([plan[`${own}Proof`], plan[`${own}Listing`]]).toEqual([proof, HOW]);
    expect([plan[`${other}Proof`], plan[`${other}Listing`]]).toEqual([null, null]);
  });

  it('counts what its steps do, what is unchanged and what gets lost', async () => {
    const work = await begin();
    await work.store.appendSteps([step('a'), step('b', { isDestructive: true, byteCount: 5 })]);
    await work.store.appendSteps([step('c', { side: 'SOURCE', isRevised: true }), refused('d')]);
    await work.store.countUnchanged(2, 20);
    await work.store.countUnchanged(1, 5);
    const losses = { FIELDS: 2 };
    await work.store.noteLosses(losses);
    expect(await planOf(work)).toMatchObject({
      stepCount: 4,
      totals: {
        actions: { CREATE: { items: 3, bytes: 25 }, REFUSE: { items: 1, bytes: 0 } },
        ...{ calls: 6, destructive: 1, revised: 1, unchangedItems: 3, unchangedBytes: 25, losses },
      },
    });
    await work.store.finishPlan('digest');
    const run = await work.row();
    expect(run).toMatchObject({ itemsDiscovered: 7, bytesDiscovered: 50 });
    expect(run.counters).toMatchObject({
      ...{ itemsPlanned: 3, bytesPlanned: 25, callsNeeded: 6, callsAtSource: 2 },
      outcomes: { PENDING: { items: 3, bytes: 25 }, FLAGGED: { items: 1 }, UNCHANGED: { items: 3, bytes: 25 } },
      reasons: { NAME_INVALID: 1, IDENTICAL: 3 },
    });
  });

  it('has nothing unchanged where nothing was counted so', async () => {
    const work = await (await begin()).planned(step('a'));
    expect(Object.keys((await work.row()).counters.outcomes)).toEqual(['PENDING']);
  });

  it('is complete with its digest for as long as it may be carried out', async () => {
    const told: unknown[] = [];
    const changes: StoreContext['changes'] = { record: async (_tx, { topic }) => void told.push(topic) };
    const onItems: StoreContext['onItems'] = (...figures) => void told.push(figures);
    const work = await begin({ planValidity: 60_000, changes, onItems, onEvents: () => void told.push('events') });
    await work.store.appendSteps([refused('a'), refused('b'), settledStep('c', { action: 'SKIP' }), step('d')]);
    await changePlan(work, { taskState: 'RUNNING' });
    told.length = 0;
    await work.store.finishPlan('the digest');
    const expiresAt = new Date(NOW.getTime() + 60_000);
    const end = { digest: 'the digest', taskState: 'SUCCEEDED', finishedAt: NOW, expiresAt };
    expect(await planOf(work)).toMatchObject(end);
    expect(told).toEqual(['PLAN', ['FLAGGED', 2, 0], ['SKIPPED', 1, 0], 'events']);
    const settled = { finishedAt: NOW, step: '' };
    expect(await work.steps()).toMatchObject([settled, settled, settled, { finishedAt: null, latestOf: null }]);
    expect((await work.steps()).map(({ latestOf }) => latestOf === null)).toEqual([false, false, false, true]);
  });

  it('tells of items that are flagged, up to a number, and of how many more there are', async () => {
    const keys = Array.from({ length: 203 }, (_, index) => `${index}`);
    const some = await (
      await begin()
    ).planned(...keys.slice(0, 200).map(refused), settledStep('x', { action: 'SKIP' }));
    expect([await eventsOf(some, 'ITEM'), await eventsOf(some, 'LOG')].map(({ length }) => length)).toEqual([200, 0]);
    const many = await (await begin()).planned(...keys.map(refused));
    const ids = (await many.steps()).map(({ id }) => id);
    expect((await eventsOf(many, 'ITEM')).map(({ stepId }) => stepId)).toEqual(ids.slice(0, 200));
    const log = { severity: 'WARNING', message: '3 more items are flagged.', occurredAt: NOW };
    expect(await eventsOf(many, 'LOG')).toMatchObject([log]);
  });

  it('has a failure of former runs forgotten for what it skips, and not for what it refuses', async () => {
    const work = await (await begin()).planned(step('a'), step('b'), step('c'));
    const failed = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;
    await work.store.commit((await work.claimed(3)).map((id) => outcome(id, failed)));
    const next = await (await work.next()).planned(settledStep('a', { action: 'SKIP' }), refused('b'));
    const later = await (await next.next()).planned(step('a'), step('b'), step('c'));
    expect((await later.store.claim(3)).map(({ failedRuns }) => failedRuns)).toEqual([0, 1, 1]);
  });

  it('keeps the steps of items that are found again, in the order of the new ones, and skips what vanished', async () => {
    const both = [step('a'), settledStep('a', { action: 'ADOPT', existing: item('a') })];
    const work = await frozen(...both, step('b'), folderStep('c'), step('gone'));
    const before = await work.steps();
    const adopted = settledStep('a', { action: 'ADOPT', existing: item('a'), message: 'It is there.' });
    await work.planned(
      folderStep('c'),
      step('new'),
      adopted,
      step('b', { action: 'UPDATE', existing: item('b') }),
      step('a'),
    );
    const after = await work.steps();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.map((row) => `${row.itemKey.slice(2)} ${row.action} ${row.outcome}`)).toEqual([
      ...['a CREATE PENDING', 'a ADOPT PENDING', 'b UPDATE PENDING', 'c CREATE PENDING', 'gone CREATE SKIPPED'],
    ]);
    const message = 'Since the plan was made the item vanished or became equal; nothing is left to do.';
    expect(after.at(-1)).toMatchObject({ reason: 'OTHER', message, remedy: null, isStale: false });
    expect(after.map(({ isStale }) => isStale)).toEqual([false, false, false, false, false]);
    expect((await planOf(work)).totals.actions).toEqual({
      ...{ CREATE: { items: 2, bytes: 10 }, ADOPT: { items: 1, bytes: 0 }, UPDATE: { items: 1, bytes: 10 } },
    });
    const claimed = await work.restarted().store.claim(9);
    expect(claimed.map(({ step: one }) => `${one.sourceKey} ${one.action}`)).toEqual([
      ...['c CREATE', 'a ADOPT', 'b UPDATE', 'a CREATE'],
    ]);
  });

  it('keeps the digest and the time of a plan that was approved, whose number of steps stays', async () => {
    const work = await frozen(step('a'), step('b'));
    const { digest, expiresAt } = await planOf(work);
    await work.store.reset();
    expect(await planOf(work)).toMatchObject({ stepCount: 2, totals: emptyTotals() });
    expect((await work.steps()).map(({ isStale }) => isStale)).toEqual([true, true]);
    await work.store.enter('LISTING');
    await work.store.appendSteps([step('b')]);
    await work.store.finishPlan('another digest');
    expect(await planOf(work)).toMatchObject({ digest, expiresAt });
    expect(await keysOf(work)).toEqual(['a SKIPPED', 'b PENDING']);
  });

  it('is not made by a process that has lost the run, nor for a plan that is gone', async () => {
    const work = await begin();
    const store = work.lost();
    for (const write of [
      () => store.enter('LISTING'),
      () => store.reset(),
      () => store.stageProof('SOURCE', null, HOW, null),
      () => store.appendSteps([step('a')]),
      () => store.countUnchanged(1, 1),
      () => store.finishPlan('digest'),
    ])
      await expect(write()).rejects.toThrow(LeaseLostError);
    expect([await keysOf(work), await store.phase()]).toEqual([[], 'NEW']);
    await expect(work.restarted({ planId: 'plan_of_nobody' }).store.phase()).rejects.toThrow(
      'The plan does not exist.',
    );
  });
});
