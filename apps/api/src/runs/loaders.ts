import { loaderOf, type Context } from '../graphql/context.js';
import type { JobRow, JobStore } from '../jobs/job.store.js';
import type { ItemStore } from './item.store.js';
import type { RunStore } from './run.store.js';
import type { PlanRow, RunRow, StepRow } from './store-context.js';

/** The rows of jobs, plans, runs and items, each read once within a request. */
export class WorkLoaders {
  constructor(
    private readonly jobs: JobStore,
    private readonly plans: { byIds(ids: readonly string[]): Promise<(PlanRow | null)[]> },
    private readonly runs: RunStore,
    private readonly items: ItemStore,
  ) {}

  job(id: string, context: Context): Promise<JobRow | null> {
    return loaderOf<JobRow>(context, this.jobs, (ids) => this.jobs.byIds(ids)).load(id);
  }

  async plan(id: string | null, context: Context): Promise<PlanRow | null> {
    return id === null ? null : loaderOf<PlanRow>(context, this.plans, (ids) => this.plans.byIds(ids)).load(id);
  }

  async run(id: string | null, context: Context): Promise<RunRow | null> {
    return id === null ? null : loaderOf<RunRow>(context, this.runs, (ids) => this.runs.byIds(ids)).load(id);
  }

  async item(id: string | null, context: Context): Promise<StepRow | null> {
    return id === null ? null : loaderOf<StepRow>(context, this.items, (ids) => this.items.byIds(ids)).load(id);
  }

  /** The run that carries a plan out. */
  async runOfPlan(planId: string, context: Context): Promise<RunRow | null> {
    const plan = await this.plan(planId, context);
    return this.run(plan?.runId ?? null, context);
  }
}
