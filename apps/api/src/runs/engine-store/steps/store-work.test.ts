import { expect, it } from 'vitest';
import type { Step } from '@sluice/core/plan';
import { folderStep, item, ledgerEntry, outcome, step } from '@sluice/core/testing';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { NOW, RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError, type StoreContext } from '../store-context.js';
import { latestStepsOf } from '../store-plan-numbers.js';

const RETRYING = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', message: 'No.', verifiedBy: null } as const;

describeOnBothDatabases('the steps of a run, settled', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async (given: Partial<StoreContext> = {}) => RunAtWork.begin(await (shared ??= open()), given);

  /** A run of these steps, and their identifiers, all claimed. */
  async function claimed(steps: Step[], given: Partial<StoreContext> = {}) {
    const work = await (await begin(given)).planned(...steps);
    return { work, ids: (await work.claimed(steps.length)) as [string, ...string[]] };
  }

  const eventsOf = async ({ db, context }: RunAtWork) => {
    const { runEvents } = db.tables;
    const isOwn = eq(runEvents.runId, context.runId ?? '');
    const rows = await db.reader.select().from(runEvents).where(isOwn).orderBy(asc(runEvents.sequence));
    return rows.flatMap(({ kind, stepId, severity, message }) =>
      kind === 'STATE' ? [] : [[kind, stepId, severity, message]],
    );
  };
  /** Items of the job with their latest record, as `key OUTCOME`. */
  const latestOf = async ({ db, context }: RunAtWork) => {
    const isLatest = latestStepsOf(db, context.jobId);
    const rows = await db.reader.select().from(db.tables.steps).where(isLatest);
    return rows.map((row) => `${row.itemKey.slice(2)} ${row.outcome}`).sort();
  };

  it('writes nothing where there is nothing to settle', async () => {
    const { work } = await claimed([step('a')]);
    await work.lost().commit([]);
    await expect(work.lost().commit([outcome('item_of_nobody')])).rejects.toThrow(LeaseLostError);
  });

  it('tells each outcome with its bytes once it is written, and that the run has events', async () => {
    const told: unknown[] = [];
    const given: Partial<StoreContext> = {
      onItems: (...figures) => void told.push(figures),
      onEvents: () => void told.push('events'),
    };
    const { work, ids } = await claimed([step('a'), step('b')], given);
    told.length = 0;
    await work.store.commit([outcome(ids[0], { byteCount: 7 })]);
    expect(told).toEqual([['CREATED', 1, 7]]);
    await work.store.commit([outcome(ids[1]!, { ...RETRYING, byteCount: 0 })]);
    expect(told.slice(1)).toEqual(['events', ['RETRYING', 1, 0]]);
  });

  it('has events for what is to be tried again and what is flagged, and for nothing else', async () => {
    const { work, ids } = await claimed([step('a'), step('b'), step('c'), step('d')]);
    const [a, b, c, d] = ids;
    await work.store.commit([
      outcome(a),
      outcome(b!, RETRYING),
      outcome(c!, { ...RETRYING, outcome: 'FLAGGED' }),
      outcome(d!, { ...RETRYING, outcome: 'SKIPPED' }),
    ]);
    await work.store.log('WARNING', 'Look at it.');
    expect(await eventsOf(work)).toEqual([
      ['ITEM', b, null, null],
      ['ITEM', c, null, null],
      ['LOG', null, 'WARNING', 'Look at it.'],
    ]);
  });

  it('is not known of a step that there is not, nor is anything else of its batch', async () => {
    const { work, ids } = await claimed([step('a')]);
    const batch = [outcome(ids[0]), outcome('item_00000000zzz')];
    await expect(work.store.commit(batch)).rejects.toThrow('A step that does not exist was committed.');
    expect(await work.steps()).toMatchObject([{ outcome: 'PENDING', finishedAt: null }]);
  });

  it('takes outcomes of steps that another process has claimed, or that had one before', async () => {
    const { work, ids } = await claimed([step('a'), step('b')]);
    const other = work.restarted().store;
    await other.commit([outcome(ids[0], RETRYING), outcome(ids[1]!)]);
    await other.commit([outcome(ids[0])]);
    expect(await work.steps()).toMatchObject([
      { outcome: 'CREATED', attemptCount: 2, finishedAt: NOW },
      { outcome: 'CREATED', attemptCount: 1, finishedAt: NOW },
    ]);
    const { outcomes, itemsDone } = (await work.row()).counters;
    expect([outcomes.CREATED, outcomes.RETRYING?.items, itemsDone]).toEqual([{ items: 2, bytes: 20 }, 0, 2]);
  });

  it('lets go of a step with its outcome, so that its next try begins with what was written', async () => {
    const { work, ids } = await claimed([step('a')]);
    await work.store.commit([outcome(ids[0], RETRYING)]);
    await work.store.requeue(9);
    expect(await work.store.claim(1)).toMatchObject([{ id: ids[0], attempts: 1 }]);
    await work.store.commit([outcome(ids[0], RETRYING)]);
    await work.store.requeue(9);
    expect(await work.store.claim(1)).toMatchObject([{ id: ids[0], attempts: 2 }]);
  });

  it('makes the record of an item the latest one in the place of that of a former run, and of no other job', async () => {
    const { work, ids } = await claimed([step('a'), step('b')]);
    const { work: other, ids: others } = await claimed([step('a')]);
    await other.store.commit([outcome(others[0])]);
    await work.store.commit(ids.map((id) => outcome(id)));
    const next = await (await work.next()).planned(step('a'), step('c'));
    expect(await latestOf(next)).toEqual(['a CREATED', 'b CREATED']);
    const [a, c] = await next.claimed(2);
    await next.store.commit([outcome(a!, { outcome: 'UPDATED' })]);
    await next.store.commit([outcome(c!, { outcome: 'SKIPPED' })]);
    expect(await latestOf(next)).toEqual(['a UPDATED', 'b CREATED', 'c SKIPPED']);
    expect(await latestOf(other)).toEqual(['a CREATED']);
  });

  it('stages folders that were written on their side, so that what comes into them finds them', async () => {
    const { work, ids } = await claimed([folderStep('f'), folderStep('g'), step('a')]);
    const made = (key: string) => ({ key, item: item(key, { kind: 'FOLDER', id: `made ${key}` }) });
    await work.store.commit([
      outcome(ids[0], { destination: made('f') }),
      outcome(ids[1]!, { destination: made('g'), side: 'SOURCE' }),
      outcome(ids[2]!, { destination: { key: 'a', item: item('a') } }),
    ]);
    const at = async (key: string) =>
      [await work.store.destinationByKey(key), await work.store.sourceByKey(key)].map((one) => one?.item.id ?? null);
    expect(await at('f')).toEqual(['made f', null]);
    expect(await at('g')).toEqual([null, 'made g']);
    expect(await at('a')).toEqual([null, null]);
  });

  it('remembers what an outcome tells of the item, and forgets it by place where it names no entry', async () => {
    const { work, ids } = await claimed([step('a'), step('b'), step('c')]);
    const keys = ['a', 'b', 'c'];
    await work.store.commit(ids.map((id, index) => outcome(id, { ledger: ledgerEntry(keys[index]!) })));
    const c = await work.store.entryOf('SOURCE', 'id:c');
    await work.store.commit([
      outcome(ids[0], { ...RETRYING, forgetLedger: true }),
      outcome(ids[1]!, { ...RETRYING, forgetLedger: true, forgottenId: c?.id ?? '' }),
    ]);
    const left = await Promise.all(keys.map((key) => work.store.entryOf('SOURCE', `id:${key}`)));
    expect(left.map((entry) => entry?.sourceKey ?? null)).toEqual([null, 'b', null]);
    const b = left[1];
    await work.store.reviseEntries([{ id: b?.id ?? '', entry: null }]);
    expect(await work.store.entryOf('SOURCE', 'id:b')).toBeNull();
  });

  it('keeps the checkpoint and the revision of one step alone', async () => {
    const { work, ids } = await claimed([step('a'), step('b')]);
    const revised = step('b', { source: item('b', { version: '2' }) });
    await work.store.saveCheckpoint(ids[0], 'part 2');
    await work.store.reviseSteps([{ stepId: ids[1]!, step: revised }]);
    const found = (await work.restarted().store.claim(2)).map((one) => [one.checkpoint, one.step]);
    expect(found).toEqual([
      ['part 2', step('a')],
      [null, revised],
    ]);
  });

  it('is written by nobody who has lost the run', async () => {
    const { work, ids } = await claimed([step('a')]);
    const store = work.lost();
    const [stepId] = ids;
    for (const write of [
      () => store.commit([outcome(stepId)]),
      () => store.reviseEntries([]),
      () => store.saveCheckpoint(stepId, 'part'),
      () => store.reviseSteps([{ stepId, step: step('other') }]),
      () => store.log('INFO', 'Never.'),
    ])
      await expect(write()).rejects.toThrow(LeaseLostError);
    expect(await work.steps()).toMatchObject([{ outcome: 'PENDING', checkpoint: null }]);
  });

  it('has no events where no run carries the plan out', async () => {
    const { work, ids } = await claimed([step('a')]);
    const planned = work.restarted({ runId: null });
    await planned.store.commit([outcome(ids[0], { ...RETRYING, outcome: 'FLAGGED' })]);
    await planned.store.log('INFO', 'Nobody reads it.');
    expect(await eventsOf(work)).toEqual([]);
    expect(await work.steps()).toMatchObject([{ outcome: 'FLAGGED' }]);
  });
});
