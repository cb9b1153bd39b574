import { defaultPolicies } from '@sluice/core/plan';
import type { PlanRow } from '../../db/row-types.js';
import type { Database } from '../../db/database.js';
import { newId } from '../../graphql/ids.js';
import { numbersOfPlan } from './store-plan-numbers.js';
import { emptyCounters, emptyTotals } from './counters.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');

type NewJob = Database['tables']['jobs']['$inferInsert'];

/** A job whose connections need not exist. */
export function jobRow(given: Partial<NewJob> & { id: string }): NewJob {
  const { id } = given;
  return {
    version: 1,
    name: id,
    nameKey: id,
    transferType: 'COPY',
    labels: [],
    sourceConnectionId: 'con_source',
    sourcePath: '/',
    destinationConnectionId: 'con_destination',
    destinationPath: '/',
    policies: {},
    approval: 'NEVER',
    isSuspended: false,
    isDraft: false,
    ledgerItemCount: 0,
    runCount: 0,
    latestRunAt: new Date(0),
    createdAt: NOW,
    updatedAt: NOW,
    ...given,
  };
}

/** Puts a job into the store. */
export async function seedJob(db: Database, given: Partial<NewJob> = {}): Promise<string> {
  const id = given.id ?? newId('job');
  await db.transact(async (tx) => void (await tx.insert(db.tables.jobs).values(jobRow({ ...given, id }))));
  return id;
}

export interface SeededRun extends Pick<PlanRow, 'ordinal' | 'jobOrdinal'> {
  planId: string;
  runId: string;
}

/** Puts a run with an empty plan into the store. The job's former run is taken for ended. */
export async function seedRun(db: Database, jobId: string, number: number): Promise<SeededRun> {
  const planId = newId('plan');
  const runId = newId('run');
  const numbers = await db.transact(async (tx) => {
    const given = await numbersOfPlan(tx, db, jobId);
    await tx.update(db.tables.runs).set({ activeJobId: null });
    await tx.insert(db.tables.plans).values({
      id: planId,
      jobId,
      ...given,
      jobVersion: 1,
      runId,
      isFrozen: false,
      taskState: 'SUCCEEDED',
      phase: 'NEW',
      totals: emptyTotals(),
      stepCount: 0,
      approvalState: 'NOT_REQUIRED',
      createdAt: NOW,
    });
    await tx.insert(db.tables.runs).values({
      id: runId,
      jobId,
      activeJobId: jobId,
      number,
      jobVersion: 1,
      planId,
      state: 'QUEUED',
      wish: 'RUN',
      trigger: 'MANUAL',
      approval: 'NEVER',
      policies: defaultPolicies('COPY'),
      queuedAt: NOW,
      counters: emptyCounters(),
      itemsDiscovered: 0,
      bytesDiscovered: 0,
      calls: [],
      eventCount: 0,
    });
    return given;
  });
  return { planId, runId, ...numbers };
}
