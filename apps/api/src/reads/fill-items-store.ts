import { and, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { stepIdOf, STEPS_PER_PLAN } from '../db/item-ids.js';
import { stepsOfOrdinal } from '../db/plan-steps.js';
import type { RunCounters } from '../db/tables/runs.js';
import { encodeCursor } from '../graphql/cursors.js';
import { emptyTotals } from '../runs/engine-store/counters.js';
import { appendRunEvents, type NewRunEvent } from '../runs/engine-store/store-events.js';
import { seedJob, seedRun } from '../runs/engine-store/testing.js';
import { eventChannel } from '../runs/stream/channels.js';
import { stepRow } from './fill-store.js';

/** A run with very many items. */
export interface LongRun {
  id: string;
  planId: string;
  /** What wakes those who follow it. */
  channel: string;
  /** The cursor after so many of its items. */
  cursorAfter(items: number): string;
}

const STARTED = new Date('2026-11-21T10:00:00.000Z');
const ITEM_BYTES = 100;

/** What a run has counted that transferred so many items, and has more to do. */
function countersOf(items: number): RunCounters {
  const bytes = items * ITEM_BYTES;
  return {
    outcomes: { CREATED: { items, bytes } },
    reasons: { NEW: items },
    itemsPlanned: 2 * items,
    bytesPlanned: 2 * bytes,
    itemsDone: items,
    bytesDone: bytes,
    versionsDone: items,
    itemsRevised: 0,
    callsNeeded: 4 * items,
  };
}

/** Puts a run under way with that many items into the store: one row, which then doubles. */
export async function fillItems(db: Database, count: number): Promise<LongRun> {
  const { steps, runs } = db.tables;
  const { ordinal, runId, planId } = await seedRun(db, await seedJob(db), 1);
  await db.transact(async (tx) => {
    await tx.insert(steps).values([stepRow(0, { ordinal, latestOf: null })]);
    for (let had = 1; had < count; had *= 2) await copy(tx, db, { ordinal, had, count: Math.min(had, count - had) });
    const underWay = { state: 'TRANSFERRING', startedAt: STARTED, counters: countersOf(count) } as const;
    await tx.update(runs).set(underWay).where(eq(runs.id, runId));
  });
  return {
    id: runId,
    planId,
    channel: eventChannel(runId),
    cursorAfter: (items) => encodeCursor(['items', planId, {}], [stepIdOf(ordinal, items)]),
  };
}

/** Every so many steps of a long plan delete something. */
export const DELETES_EVERY = 1_000;

/** Makes the plan of a run with that many items one that deletes and creates, with the totals of both. */
export async function mixPlan(db: Database, { planId }: LongRun, count: number): Promise<void> {
  const { plans, steps } = db.tables;
  const deleted = Math.floor(count / DELETES_EVERY);
  const actions = {
    CREATE: { items: count - deleted, bytes: 100 * (count - deleted) },
    DELETE: { items: deleted, bytes: 0 },
  };
  await db.transact(async (tx) => {
    const [plan] = await tx
      .update(plans)
      .set({ totals: { ...emptyTotals(), actions, destructive: deleted }, stepCount: count })
      .where(eq(plans.id, planId))
      .returning();
    if (plan === undefined) throw new Error('There is no such plan.');
    const number = sql`(${steps.id} - ${sql.raw(String(plan.ordinal * STEPS_PER_PLAN))})`;
    await tx
      .update(steps)
      .set({ action: 'DELETE', isDestructive: true, byteCount: 0 })
      .where(and(stepsOfOrdinal(db, plan.ordinal), sql`${number} % ${sql.raw(String(DELETES_EVERY))} = 0`));
  });
}

/** Adds durable events to a run, lines of its log between items that will be tried again, and counts them, as a worker does. */
export async function addRunEvents(db: Database, runId: string, count: number, occurredAt: Date): Promise<void> {
  const { runs, plans } = db.tables;
  await db.transact(async (tx) => {
    const [run] = await tx
      .select({ id: runs.id, eventCount: runs.eventCount, ordinal: plans.ordinal, counters: runs.counters })
      .from(runs)
      .innerJoin(plans, eq(plans.id, runs.planId))
      .where(eq(runs.id, runId));
    if (run === undefined) throw new Error('There is no such run.');
    const events = Array.from({ length: count }, (_, index): NewRunEvent => {
      const number = run.eventCount + index + 1;
      return number % 2 === 0
        ? { kind: 'ITEM', stepId: stepIdOf(run.ordinal, number) }
        : { kind: 'LOG', severity: 'INFO', message: `Line ${number} of the log.` };
    });
    await appendRunEvents(tx, db, run, events, occurredAt);
    const counters = countersOf(run.counters.itemsDone + count);
    await tx.update(runs).set({ counters }).where(eq(runs.id, runId));
  });
}

/** The first rows of the plan once more, under the numbers that follow. */
async function copy(
  tx: Transaction,
  { tables: { steps } }: Database,
  { ordinal, had, count }: { ordinal: number; had: number; count: number },
): Promise<void> {
  const id = sql<string>`${steps.id} + ${sql.raw(String(had))}`;
  const rows = tx
    .select({
      ...getTableColumns(steps),
      id: id.as('id'),
      itemKey: sql<string>`'s:file_' || (${id}) || '.pdf'`.as('item_key'),
    })
    .from(steps)
    .where(and(gte(steps.id, stepIdOf(ordinal, 1)), lt(steps.id, stepIdOf(ordinal, 1 + count))));
  await tx.insert(steps).select(rows);
}
