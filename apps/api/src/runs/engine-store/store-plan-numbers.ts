import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { PlanRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import type { Range } from '../../db/pages.js';
import { rangeOfOrdinal, SPAN, stepsOfOrdinal } from '../../db/plan-steps.js';
import { STEPS_PER_PLAN } from '../../db/item-ids.js';

/** Fact that keeps the ordinal of the newest plan, so that none is given again when plans are removed. */
const NEWEST_PLAN = 'newest-plan';

/** Ordinals for a new plan of the job. */
export async function numbersOfPlan(
  tx: Transaction,
  { tables: { facts, plans } }: Database,
  jobId: string,
): Promise<Pick<PlanRow, 'ordinal' | 'jobOrdinal'>> {
  const [fact] = await tx
    .insert(facts)
    .values({ name: NEWEST_PLAN, value: '1' })
    .onConflictDoUpdate({
      target: facts.name,
      set: { value: sql`cast(cast(${facts.value} as bigint) + 1 as text)` },
    })
    .returning();
  const ordinal = Number(fact?.value);
  const [first] = await tx
    .select({ ordinal: plans.jobOrdinal })
    .from(plans)
    .where(eq(plans.jobId, jobId))
    .orderBy(asc(plans.createdAt))
    .limit(1);
  return { ordinal, jobOrdinal: first?.ordinal ?? ordinal };
}

/** Whether a plan is that of the step in the same row of a statement. */
export const isPlanOfStep = ({ tables: { plans, steps } }: Database): SQL =>
  sql`${plans.ordinal} = ${steps.id} / ${SPAN}`;

/** Whether a step is one of the plan. */
export const stepsOfPlan = (db: Database, planId: string): SQL => stepsOfOrdinal(db, ordinalOf(db, planId));

/** The first and the last identifier that a step of the plan may have. */
export const rangeOfPlan = (db: Database, planId: string): Range => rangeOfOrdinal(ordinalOf(db, planId));

const ordinalOf = ({ tables: { plans } }: Database, planId: string): SQL =>
  sql`(select ${plans.ordinal} from ${plans} where ${plans.id} = ${planId})`;

/** Whether a step is the latest record of its item in the job. */
export function latestStepsOf({ tables: { plans, steps } }: Database, jobId: string): SQL {
  return sql`${steps.latestOf} = (select ${plans.jobOrdinal} from ${plans} where ${plans.jobId} = ${jobId} limit 1)`;
}

/**
 * Gives steps of a plan to another one, with the events that tell of them. Their numbers stay, so the other plan must have none
 * of these.
 */
export async function moveSteps(
  tx: Transaction,
  db: Database,
  { from, to }: { from: number; to: number },
  isMeant?: SQL,
): Promise<void> {
  const { runEvents, steps } = db.tables;
  const distance = sql.raw(String((to - from) * STEPS_PER_PLAN));
  const isMoved = and(stepsOfOrdinal(db, from), isMeant);
  const moved = tx.select({ id: steps.id }).from(steps).where(isMoved);
  const tellsOfMoved = and(stepsOfOrdinal(db, from, runEvents.stepId), inArray(runEvents.stepId, moved));
  await tx
    .update(runEvents)
    .set({ stepId: sql`${runEvents.stepId} + (${distance})` })
    .where(tellsOfMoved);
  await tx
    .update(steps)
    .set({ id: sql`${steps.id} + (${distance})`, turn: sql`${steps.turn} + (${distance})` })
    .where(isMoved);
}
