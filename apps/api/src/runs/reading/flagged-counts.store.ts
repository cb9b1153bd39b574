import { and, count, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { MAX_FLAGGED_COUNTS, type FlaggedCount } from './flagged-counts.types.js';

/** Flagged items that are counted at most, over all jobs. */
const MAX_COUNTED_ITEMS = 100_000;

/** How many items of all jobs are flagged, by what the latest record of each says. */
export class FlaggedCountStore {
  constructor(private readonly db: Database) {}

  /** Most items first; a job without flagged items is not among them. */
  async all(): Promise<FlaggedCount[]> {
    const { steps } = this.db.tables;
    const { reader } = this.db;
    const { latestOf, reason } = steps;
    const flagged = reader
      .select({ latestOf, reason })
      .from(steps)
      .where(and(eq(steps.outcome, 'FLAGGED'), isNotNull(latestOf)))
      .limit(MAX_COUNTED_ITEMS)
      .as('flagged');
    const rows = await reader
      .select({ job: flagged.latestOf, reason: flagged.reason, itemCount: count() })
      .from(flagged)
      .groupBy(flagged.latestOf, flagged.reason)
      .orderBy(desc(count()))
      .limit(MAX_FLAGGED_COUNTS);
    const jobs = await this.jobsOf([...new Set(rows.flatMap(({ job }) => job ?? []))]);
    return rows.flatMap(({ job, ...counted }) => {
      const jobId = job === null ? undefined : jobs.get(job);
      return jobId === undefined ? [] : [{ jobId, ...counted }];
    });
  }

  /** Jobs by the numbers under which their steps are kept. */
  private async jobsOf(ordinals: readonly number[]): Promise<Map<number, string>> {
    const { plans } = this.db.tables;
    if (ordinals.length === 0) return new Map();
    const { jobOrdinal, jobId } = plans;
    const rows = await this.db.reader
      .selectDistinct({ jobOrdinal, jobId })
      .from(plans)
      .where(inArray(jobOrdinal, [...ordinals]));
    return new Map(rows.map((row) => [row.jobOrdinal, row.jobId]));
  }
}
