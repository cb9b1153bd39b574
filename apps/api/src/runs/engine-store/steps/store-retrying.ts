import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/database.js';
import type { RunCounters } from '../../../db/tables/runs.js';

/** How many steps of a plan are to be tried again, by why they failed. */
export async function retryingByReason(
  tx: Transaction,
  { tables: { steps } }: Database,
  isOfPlan: SQL | undefined,
): Promise<RunCounters['reasons']> {
  const rows = await tx
    .select({ reason: steps.reason, items: sql<number>`count(*)`.mapWith(Number) })
    .from(steps)
    .where(and(isOfPlan, eq(steps.outcome, 'RETRYING')))
    .groupBy(steps.reason);
  return Object.fromEntries(rows.map(({ reason, items }) => [reason, items]));
}
