import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../graphql/context.js';
import { RunItemType } from './item.types.js';
import type { WorkLoaders } from './loaders.js';
import { pathOfKey, rootsOf } from './roots.js';
import { RunType } from './run.types.js';
import type { StepRow } from '../engine-store/steps/step-row.js';

@Resolver(() => RunItemType)
export class RunItemResolver {
  constructor(private readonly loaders: WorkLoaders) {}

  @FieldResolver(() => RunType)
  run(@Root() item: StepRow, @Ctx() context: Context) {
    return this.loaders.runOfItem(item, context);
  }

  @FieldResolver(() => String, { nullable: true })
  async sourcePath(@Root() item: StepRow, @Ctx() context: Context): Promise<string | null> {
    const job = await this.loaders.job(item.jobId, context);
    return job && pathOfKey(rootsOf(job).source, item.sourceKey);
  }

  @FieldResolver(() => String, { nullable: true })
  async destinationPath(@Root() item: StepRow, @Ctx() context: Context): Promise<string | null> {
    const job = await this.loaders.job(item.jobId, context);
    return job && pathOfKey(rootsOf(job).destination, item.destinationKey);
  }
}
