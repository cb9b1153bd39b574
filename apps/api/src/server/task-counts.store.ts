import type { TaskState } from '@sluice/core/job';
import { count, inArray } from 'drizzle-orm';
import type { Database } from '../db/database.js';

export interface TaskCount {
  kind: 'plan' | 'report';
  state: TaskState;
  count: number;
}

const UNFINISHED = ['QUEUED', 'RUNNING'] as const satisfies TaskState[];

/** How many plans and reports wait to be made or are being made, also where there are none. */
export async function countTasks({ reader, tables }: Pick<Database, 'reader' | 'tables'>): Promise<TaskCount[]> {
  const of = async (kind: TaskCount['kind'], table: typeof tables.plans | typeof tables.reports) => {
    const rows = await reader
      .select({ state: table.taskState, count: count() })
      .from(table)
      .where(inArray(table.taskState, UNFINISHED))
      .groupBy(table.taskState);
    const counts = new Map(rows.map((row) => [row.state, row.count]));
    return UNFINISHED.map((state) => ({ kind, state, count: counts.get(state) ?? 0 }));
  };
  return [...(await of('plan', tables.plans)), ...(await of('report', tables.reports))];
}
