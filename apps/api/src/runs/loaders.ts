import type { GraphQLResolveInfo } from 'graphql';
import { loaderOf, type Context } from '../graphql/context.js';
import { readAhead } from '../graphql/selection.js';
import type { JobRow, JobStore } from '../jobs/job.store.js';
import type { ItemStore } from './item.store.js';
import type { RunStore } from './run.store.js';
import type { PlanRow, RunRow, StepRow } from './store-context.js';

type Loaded<T> = T | null | Promise<T | null>;

/** The rows of jobs, plans, runs and items, each read once within a request. */
export class WorkLoaders {
  constructor(
    private readonly jobs: JobStore,
    private readonly plans: { byIds(ids: readonly string[]): Promise<(PlanRow | null)[]> },
    private readonly runs: RunStore,
    private readonly items: ItemStore,
  ) {}

  job(id: string, context: Context): Loaded<JobRow> {
    return loaderOf<JobRow>(context, this.jobs, (ids) => this.jobs.byIds(ids)).load(id);
  }

  plan(id: string | null, context: Context): Loaded<PlanRow> {
    return id === null ? null : loaderOf<PlanRow>(context, this.plans, (ids) => this.plans.byIds(ids)).load(id);
  }

  run(id: string | null, context: Context): Loaded<RunRow> {
    return id === null ? null : loaderOf<RunRow>(context, this.runs, (ids) => this.runs.byIds(ids)).load(id);
  }

  item(id: string | null, context: Context): Loaded<StepRow> {
    return id === null ? null : loaderOf<StepRow>(context, this.items, (ids) => this.items.byIds(ids)).load(id);
  }

  /** Reads what the runs of a page lead to. */
  ofRuns(runs: readonly RunRow[], info: GraphQLResolveInfo, context: Context): Promise<void> {
    return readAhead(runs, info, {
      job: ({ jobId }) => this.job(jobId, context),
      plan: ({ planId }) => this.plan(planId, context),
      continues: ({ continuesId }) => this.run(continuesId, context),
    });
  }

  /** Reads what the jobs of a page lead to. */
  ofJobs(jobs: readonly JobRow[], info: GraphQLResolveInfo, context: Context): Promise<void> {
    return readAhead(jobs, info, {
      latestRun: ({ latestRunId }) => this.run(latestRunId, context),
      latestPlan: ({ latestPlanId }) => this.plan(latestPlanId, context),
    });
  }

  /** The run that carries a plan out. */
  async runOfPlan(planId: string, context: Context): Promise<RunRow | null> {
    const plan = await this.plan(planId, context);
    return this.run(plan?.runId ?? null, context);
  }
}
