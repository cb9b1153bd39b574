import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { JobRow, PlanRow, RunRow } from '../../db/row-types.js';
import { loaderOf, type Context } from '../../graphql/context.js';
import { columnsOfField, readAhead } from '../../graphql/selection.js';
import { JOB_COLUMNS } from '../../jobs/job-columns.js';
import { JobStore } from '../../jobs/job.store.js';
import type { Database } from '../../db/database.js';
import type { PlanRows } from '../ports.js';
import { ItemStore } from './item.store.js';
import { pathOfKey, rootsOf } from './roots.js';
import { RunStore } from './run.store.js';
import type { StepRow } from '../engine-store/steps/step-row.js';

type Loaded<T> = T | null | Promise<T | null>;

/** The rows of jobs, plans, runs and items, each read once within a request. */
export class WorkLoaders {
  private readonly ofItems = {};

  private readonly jobs: JobStore;
  private readonly runs: RunStore;
  private readonly items: ItemStore;

  constructor(
    db: Database,
    private readonly plans: PlanRows,
  ) {
    this.jobs = new JobStore(db);
    this.runs = new RunStore(db);
    this.items = new ItemStore(db);
  }

  job(id: string, context: Context): Loaded<JobRow> {
    return this.jobsOf(context).load(id);
  }

  /** A job of which the columns are read that the query asks for; `info` is of the field that leads to it. */
  jobShown(id: string, context: Context, info: GraphQLResolveInfo): Loaded<JobRow> {
    return this.jobsShown(context, info.fieldNodes, info).load(id);
  }

  plan(id: string | null, context: Context): Loaded<PlanRow> {
    return id === null ? null : this.plansOf(context).load(id);
  }

  run(id: string | null, context: Context): Loaded<RunRow> {
    return id === null ? null : this.runsOf(context).load(id);
  }

  item(id: string | null, context: Context): Loaded<StepRow> {
    return id === null ? null : loaderOf<StepRow>(context, this.items, (ids) => this.items.byIds(ids)).load(id);
  }

  /** Reads what the runs of a page lead to. */
  readAheadOfRuns(runs: readonly RunRow[], info: GraphQLResolveInfo, context: Context): Promise<void> {
    return readAhead(runs, info, {
      job: [(nodes) => this.jobsShown(context, nodes, info), (run) => run.jobId],
      plan: [() => this.plansOf(context), (run) => run.planId],
      continues: [() => this.runsOf(context), (run) => run.continuesId],
    });
  }

  /** Reads what the jobs of a page lead to. */
  readAheadOfJobs(jobs: readonly JobRow[], info: GraphQLResolveInfo, context: Context): Promise<void> {
    return readAhead(jobs, info, {
      latestRun: [() => this.runsOf(context), (job) => job.latestRunId],
      latestPlan: [() => this.plansOf(context), (job) => job.latestPlanId],
    });
  }

  /** Path at the source from the root of its connection; given without a promise where the job was read before. */
  sourcePath({ jobId, sourceKey }: StepRow, context: Context): Loaded<string> {
    return this.path(jobId, context, (job) => pathOfKey(rootsOf(job).source, sourceKey));
  }

  /** The same at the destination. */
  destinationPath({ jobId, destinationKey }: StepRow, context: Context): Loaded<string> {
    return this.path(jobId, context, (job) => pathOfKey(rootsOf(job).destination, destinationKey));
  }

  private path(jobId: string, context: Context, pathIn: (job: JobRow) => string | null): Loaded<string> {
    const job = this.job(jobId, context);
    return job instanceof Promise ? job.then((read) => read && pathIn(read)) : job && pathIn(job);
  }

  /** The run that carries the plan of an item out. */
  async runOfItem({ planOrdinal }: StepRow, context: Context): Promise<RunRow | null> {
    const load = (ordinals: readonly string[]) => this.plans.byOrdinals(ordinals.map(Number));
    const plan = await loaderOf<PlanRow>(context, this.ofItems, load).load(String(planOrdinal));
    return this.run(plan?.runId ?? null, context);
  }

  private jobsOf(context: Context) {
    return loaderOf<JobRow>(context, this.jobs, (ids) => this.jobs.byIds(ids));
  }

  private jobsShown(context: Context, nodes: readonly FieldNode[], info: GraphQLResolveInfo) {
    const columns = columnsOfField(nodes, info, JOB_COLUMNS);
    if (columns === undefined) return this.jobsOf(context);
    return loaderOf<JobRow>(context, columns, (ids) => this.jobs.byIds(ids, undefined, columns));
  }

  private plansOf(context: Context) {
    return loaderOf<PlanRow>(context, this.plans, (ids) => this.plans.byIds(ids));
  }

  private runsOf(context: Context) {
    return loaderOf<RunRow>(context, this.runs, (ids) => this.runs.byIds(ids));
  }
}
