import { and, asc, desc, eq, exists, gt, lt, sql } from 'drizzle-orm';
import type { PlanRow, RunRow, UnmappedRow } from '../../db/row-types.js';
import type { Database } from '../../db/database.js';

const PAGE_PLANS = 100;
const PAGE_NAMES = 500;

/** A plan in which something could not be mapped; run and number are null where no run carries it out. */
export interface UnmappedPlan extends Pick<PlanRow, 'id' | 'ordinal' | 'createdAt' | 'runId'> {
  number: RunRow['number'] | null;
}

/** What of the items of a job could not be mapped, plan by plan. */
export class UnmappedReader {
  constructor(private readonly db: Database) {}

  /** Names of each plan, in portions, those of the latest plan first. */
  async *ofJob(jobId: string): AsyncGenerator<{ plan: UnmappedPlan; names: UnmappedRow[] }, void, undefined> {
    for await (const plan of this.plansOf(jobId))
      for (let after = 0; ;) {
        const names = await this.namesOf(plan.id, after);
        yield { plan, names };
        after = names.at(-1)?.position ?? after;
        if (names.length < PAGE_NAMES) break;
      }
  }

  private async *plansOf(jobId: string): AsyncGenerator<UnmappedPlan, void, undefined> {
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const found = await this.plansBefore(jobId, before);
      yield* found;
      if (found.length < PAGE_PLANS) return;
      before = found.at(-1)!.ordinal;
    }
  }

  private plansBefore(jobId: string, before: number): Promise<UnmappedPlan[]> {
    const { plans, runs, unmappedNames } = this.db.tables;
    const { reader } = this.db;
    const { id, ordinal, createdAt, runId } = plans;
    const names = reader
      .select({ one: sql`1` })
      .from(unmappedNames)
      .where(eq(unmappedNames.planId, plans.id));
    return reader
      .select({ id, ordinal, createdAt, runId, number: runs.number })
      .from(plans)
      .leftJoin(runs, eq(runs.id, plans.runId))
      .where(and(eq(plans.jobId, jobId), lt(plans.ordinal, before), exists(names)))
      .orderBy(desc(plans.ordinal))
      .limit(PAGE_PLANS);
  }

  private namesOf(planId: string, after: number): Promise<UnmappedRow[]> {
    const { unmappedNames } = this.db.tables;
    return this.db.reader
      .select()
      .from(unmappedNames)
      .where(and(eq(unmappedNames.planId, planId), gt(unmappedNames.position, after)))
      .orderBy(asc(unmappedNames.position))
      .limit(PAGE_NAMES);
  }
}
