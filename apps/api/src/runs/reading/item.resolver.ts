import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../graphql/context.js';
import { RunItemType } from './item.types.js';
import type { WorkLoaders } from './loaders.js';
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
  sourcePath(@Root() item: StepRow, @Ctx() context: Context) {
    return this.loaders.sourcePath(item, context);
  }

  @FieldResolver(() => String, { nullable: true })
  destinationPath(@Root() item: StepRow, @Ctx() context: Context) {
    return this.loaders.destinationPath(item, context);
  }
}
