import { RUN_STATES, type RunState } from '@sluice/core/job';
import { count } from 'drizzle-orm';
import type { Database } from '../../db/database.js';

/** How many runs are in each state, also in those in which there is none. */
export async function countRuns({
  reader,
  tables,
}: Pick<Database, 'reader' | 'tables'>): Promise<Map<RunState, number>> {
  const { runs } = tables;
  const rows = await reader.select({ state: runs.state, count: count() }).from(runs).groupBy(runs.state);
  return new Map([
    ...RUN_STATES.map((state) => [state, 0] as const),
    ...rows.map((row) => [row.state, row.count] as const),
  ]);
}
