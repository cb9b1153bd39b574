import { Authorized, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../graphql/context.js';
import { AtMost } from '../../graphql/declarations.js';
import { JobType } from '../../jobs/job.types.js';
import { FlaggedCountType, MAX_FLAGGED_COUNTS, type FlaggedCount } from './flagged-counts.types.js';
import type { WorkLoaders } from './loaders.js';
import type { RunReader } from './run-reader.service.js';

@Resolver(() => FlaggedCountType)
export class FlaggedCountResolver {
  constructor(
    private readonly reader: RunReader,
    private readonly loaders: WorkLoaders,
  ) {}

  @Authorized('JOBS_READ')
  @AtMost(MAX_FLAGGED_COUNTS)
  @Query(() => [FlaggedCountType], { nullable: true })
  flaggedItems() {
    return this.reader.flaggedItems();
  }

  @FieldResolver(() => JobType, { nullable: true })
  job(@Root() { jobId }: FlaggedCount, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return this.loaders.jobShown(jobId, context, info);
  }
}
