import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { ItemOutcome, ItemReason, Side } from '@sluice/core/plan';
import type { DoneEffect, StepOutcome, UndoneRun } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import type { PlanRow } from '../../../db/row-types.js';
import type { Database } from '../../../db/database.js';
import { stepsOfOrdinal } from '../../../db/plan-steps.js';
import { planOrdinalOf } from '../../../db/item-ids.js';
import type { HeldRow } from './held-step.js';
import { sourceKeyOf, unpackKey, unpackRemoteId } from '../step-keys.js';
import type { StoredStep } from './step-row.js';
import { unpackStep } from './step-text.js';

/*
 * What a run did, read again to undo it. Of what was created the columns of its step tell enough; of all else the step says how
 * it was before, so that its text is kept as long as the row is.
 */

const DONE = ['CREATED', 'UPDATED', 'MOVED', 'RENAMED', 'DELETED', 'DESCRIBED'] as const satisfies ItemOutcome[];
const CHANGES: ReadonlySet<ItemOutcome> = new Set(DONE.filter((outcome) => outcome !== 'CREATED'));
/** What was created for these reasons came with another change: something else made room, or it had been there before. */
const CREATED_OTHERWISE: ReadonlySet<ItemReason> = new Set(['CONFLICT', 'UNDONE']);
const PAGE_ROWS = 400;
const SIDES_IN_ORDER: readonly Side[] = ['SOURCE', 'DESTINATION'];

/** Whether the text of a step that is done is needed should its run be undone. */
export const isNeededToUndo = ({ planReason }: Pick<HeldRow, 'planReason'>, { outcome }: StepOutcome): boolean =>
  CHANGES.has(outcome) || (outcome === 'CREATED' && CREATED_OTHERWISE.has(planReason));

/** What the engine is told of a run that a plan undoes; undefined for a plan that undoes none. */
export async function undoneRunOf(
  db: Database,
  { undoesId }: Pick<PlanRow, 'undoesId'>,
): Promise<UndoneRun | undefined> {
  if (undoesId === null) return undefined;
  const { plans, runs } = db.tables;
  const [found] = await db.reader
    .select({ number: runs.number, plan: plans })
    .from(runs)
    .innerJoin(plans, eq(plans.id, runs.planId))
    .where(eq(runs.id, undoesId));
  if (found === undefined) throw new Error('The run that is to be undone does not exist.');
  const { number, plan } = found;
  return { number, pair: plan.pair, effects: () => effectsOf(db, plan) };
}

/** First at the source, then at the destination, on each side the last first. */
async function* effectsOf(db: Database, plan: PlanRow): AsyncIterable<DoneEffect> {
  for (const side of SIDES_IN_ORDER) yield* effectsAt(db, plan, side);
}

async function* effectsAt(db: Database, plan: PlanRow, side: Side): AsyncIterable<DoneEffect> {
  const { steps } = db.tables;
  const turn = plan.isFrozen ? steps.turn : steps.id;
  const isDone = and(stepsOfOrdinal(db, plan.ordinal, turn), eq(steps.side, side), inArray(steps.outcome, [...DONE]));
  for (let last: string | null = null; ;) {
    const isNext = last === null ? isDone : and(isDone, lt(turn, last));
    const rows: StoredStep[] = await db.reader.select().from(steps).where(isNext).orderBy(desc(turn)).limit(PAGE_ROWS);
    const latest = await latestKeys(db, plan, rows);
    for (const row of rows) yield toEffect(row, latest.has(row.itemKey));
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE_ROWS) return;
    last = plan.isFrozen ? end.turn : end.id;
  }
}

/** Keys of those items whose latest record in the job is of this plan. */
async function latestKeys(db: Database, plan: PlanRow, rows: readonly StoredStep[]): Promise<ReadonlySet<string>> {
  const { steps } = db.tables;
  const latest = new Set<string>();
  for (const keys of chunks([...new Set(rows.map(({ itemKey }) => itemKey))])) {
    const found = await db.reader
      .select({ id: steps.id, itemKey: steps.itemKey })
      .from(steps)
      .where(and(eq(steps.latestOf, plan.jobOrdinal), inArray(steps.itemKey, keys)));
    for (const { id, itemKey } of found) if (planOrdinalOf(id) === plan.ordinal) latest.add(itemKey);
  }
  return latest;
}

function toEffect(row: StoredStep, isLatest: boolean): DoneEffect {
  const { outcome, side, kind, itemKey, destinationKey, sourceRemoteId, destinationRemoteId } = row;
  return {
    outcome: outcome as DoneEffect['outcome'],
    ...{ side, kind, isLatest },
    sourceKey: sourceKeyOf(itemKey),
    destinationKey: unpackKey(itemKey, destinationKey),
    remoteId: unpackRemoteId(itemKey, side === 'SOURCE' ? sourceRemoteId : destinationRemoteId),
    step: row.step === '' ? null : unpackStep(row),
  };
}
