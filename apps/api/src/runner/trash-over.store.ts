import { and, gte, isNotNull, lte } from 'drizzle-orm';
import type { Database } from '../db/database.js';

/**
 * Which folders of a trash are over, by the times of the runs that made them: those of the job's own runs, longer ago than they are
 * kept, where neither the run nor one of another job that was planned at the same time can be undone any more. What others put
 * there is never over.
 */
export function trashOver(
  db: Database,
  jobId: string,
  { now, retention }: { now: number; retention: number },
): (times: readonly Date[]) => Promise<readonly Date[]> {
  const isOver = async (at: Date) => {
    const { plans } = db.tables;
    const isOfRun = and(isNotNull(plans.runId), lte(plans.createdAt, at), gte(plans.finishedAt, at));
    const found = await db.reader.select({ jobId: plans.jobId, isPruned: plans.isPruned }).from(plans).where(isOfRun);
    return found.every(({ isPruned }) => isPruned) && found.some((plan) => plan.jobId === jobId);
  };
  return async (times) => {
    const over: Date[] = [];
    for (const at of times) if (now - at.getTime() >= retention && (await isOver(at))) over.push(at);
    return over;
  };
}
