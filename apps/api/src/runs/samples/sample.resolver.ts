import { Authorized, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RunRow } from '../../db/row-types.js';
import { AtMost } from '../../graphql/declarations.js';
import { RunType } from '../reading/run.types.js';
import { MAX_SPANS } from '../../spans.js';
import { MAX_SAMPLES } from './figures.js';
import type { SampleService } from './sample.service.js';
import { ActivitySpan, RunSample } from './sample.types.js';

@Resolver(() => RunType)
export class RunSamplesResolver {
  constructor(private readonly service: SampleService) {}

  @AtMost(MAX_SAMPLES)
  @FieldResolver(() => [RunSample])
  samples(@Root() run: RunRow) {
    return this.service.ofRun(run);
  }

  @Authorized('JOBS_READ')
  @AtMost(MAX_SPANS)
  @Query(() => [ActivitySpan], { nullable: true })
  activity() {
    return this.service.activity();
  }
}
