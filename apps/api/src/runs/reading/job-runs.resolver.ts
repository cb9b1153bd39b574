import { allowedJobActions } from '@sluice/core/job';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { JobRow } from '../../db/row-types.js';
import { hasScope, type Context } from '../../graphql/context.js';
import { AtMost } from '../../graphql/declarations.js';
import { ForwardPageArgs } from '../../graphql/page-types.js';
import { LARGE_PAGE_ROWS } from '../../graphql/paging.js';
import { ActionEnum } from '../../jobs/enums.js';
import type { JobService } from '../../jobs/job.service.js';
import { JobType } from '../../jobs/job.types.js';
import { RunItemFilter, RunItemPage } from './item.types.js';
import type { WorkLoaders } from './loaders.js';
import type { RunReader } from './run-reader.service.js';
import { RunPage, RunType } from './run.types.js';

/** What a job shows of its runs. */
@Resolver(() => JobType)
export class JobRunsResolver {
  constructor(
    private readonly jobs: JobService,
    private readonly reader: RunReader,
    private readonly loaders: WorkLoaders,
  ) {}

  @FieldResolver(() => [ActionEnum])
  async allowedActions(@Root() job: JobRow, @Ctx() context: Context) {
    const latest = await this.loaders.run(job.latestRunId, context);
    return allowedJobActions(this.jobs.stateOf(job), latest?.state ?? null).filter(
      (action) =>
        (action !== 'PLAN' || job.transferType !== 'SCAN') &&
        hasScope(context, action === 'PLAN' || action === 'RUN' ? 'RUNS_CONTROL' : 'JOBS_WRITE'),
    );
  }

  @FieldResolver(() => RunType, { nullable: true })
  latestRun(@Root() job: JobRow, @Ctx() context: Context) {
    return this.loaders.run(job.latestRunId, context);
  }

  @FieldResolver(() => RunPage)
  runs(
    @Root() job: JobRow,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    return this.reader.runs({ jobIds: [job.id] }, page, info, context);
  }

  @AtMost(LARGE_PAGE_ROWS)
  @FieldResolver(() => RunItemPage)
  items(
    @Root() job: JobRow,
    @Arg('filter', () => RunItemFilter, { nullable: true }) filter: RunItemFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.reader.itemsOfJob(job, filter ?? {}, page, info);
  }
}
