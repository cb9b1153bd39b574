import type { RunEventKind } from '@sluice/core/job';
import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { RunRow } from '../../db/row-types.js';
import type { Context } from '../../graphql/context.js';
import { AtMost } from '../../graphql/declarations.js';
import { EVENT_ROWS } from '../../graphql/paging.js';
import { Duration } from '../../graphql/scalars.js';
import { Streamed } from '../../graphql/streams.js';
import { RunEventKindEnum } from '../reading/enums.js';
import { RunItemType } from '../reading/item.types.js';
import type { WorkLoaders } from '../reading/loaders.js';
import { RunEventType, RunType } from '../reading/run.types.js';
import { cursorOf, type RunStream, type StreamedEvent } from './run-stream.js';

@ArgsType()
class ProgressArguments {
  @Field(() => ID)
  runId!: string;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Duration, { defaultValue: 1000 })
  minInterval!: number;
}

@Resolver(() => RunType)
export class RunEventsResolver {
  constructor(private readonly stream: RunStream) {}

  @FieldResolver(() => String)
  cursor(@Root() run: RunRow): string {
    return cursorOf(run.id, run.eventCount);
  }

  @AtMost(EVENT_ROWS)
  @FieldResolver(() => [RunEventType])
  events(
    @Root() run: RunRow,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Arg('kinds', () => [RunEventKindEnum], { nullable: true }) kinds: RunEventKind[] | null | undefined,
  ) {
    return this.stream.list(run, after ?? null, first, kinds ?? null);
  }
}

@Resolver(() => RunEventType)
export class RunEventResolver {
  constructor(
    private readonly stream: RunStream,
    private readonly loaders: WorkLoaders,
  ) {}

  @Authorized('JOBS_READ')
  @Streamed(
    () => RunEventType,
    ({ stream }: RunEventResolver, { runId, after, minInterval }: ProgressArguments, { signal }) =>
      stream.follow(runId, after ?? null, minInterval, signal),
  )
  runProgress(@Root() event: StreamedEvent, @Args(() => ProgressArguments) _asked: ProgressArguments): StreamedEvent {
    return event;
  }

  @FieldResolver(() => RunType, { nullable: true })
  async run(@Root() event: StreamedEvent, @Ctx() context: Context) {
    return event.kind === 'SNAPSHOT' || event.kind === 'STATE' ? this.loaders.run(event.runId, context) : null;
  }

  @FieldResolver(() => RunItemType, { nullable: true })
  item(@Root() event: StreamedEvent, @Ctx() context: Context) {
    return this.loaders.item(event.stepId, context);
  }
}
