import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { ChangeRow } from '../db/row-types.js';
import { TOPICS, type Topic } from '../db/tables/events.js';
import type { Context } from '../graphql/context.js';
import { AtMost } from '../graphql/declarations.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { EVENT_ROWS } from '../graphql/paging.js';
import type { Scope } from '../graphql/scopes.js';
import { Streamed } from '../graphql/streams.js';
import { Node } from '../graphql/types.js';
import type { ChangeLog } from './change-log.js';
import { cursorOfSequence } from './event-cursor.js';
import { ANY_TOPIC_RIGHT, followedTopics, TOPIC_RULES, type TopicRules, type TopicStream } from './topics.js';
import { ChangeEvent, EventTopic } from './change.types.js';

/** Arguments of the subscription to a topic: where it goes on, and the object under the name that the topic gives it. */
type StreamArguments = Readonly<Record<string, string | null | undefined>>;

@ArgsType()
class FollowArguments {
  @Field(() => [EventTopic], { nullable: true })
  topics?: Topic[] | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** A change as the schema shows it. */
export function eventOf(change: ChangeRow): ChangeEvent {
  return { ...change, id: `evt_${change.sequence}`, cursor: cursorOfSequence(change.sequence) };
}

@Resolver(() => ChangeEvent)
export class ChangeResolver {
  constructor(
    private readonly nodes: NodeFinder,
    private readonly log: Pick<ChangeLog, 'list' | 'follow'>,
    /** Identifier of the budget that a connection's calls are taken from; null for none. */
    private readonly budgetIdOf: (connectionId: string) => Promise<string | null>,
  ) {}

  @Authorized(...ANY_TOPIC_RIGHT)
  @AtMost(EVENT_ROWS)
  @Query(() => [ChangeEvent], { nullable: true })
  async changeEvents(
    @Arg('topics', () => [EventTopic], { nullable: true }) topics: Topic[] | null | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ChangeEvent[]> {
    const changes = await this.log.list({ topics: followedTopics(topics, context) }, after, first);
    return changes.map(eventOf);
  }

  @FieldResolver(() => Node, { nullable: true })
  subject(@Root() event: ChangeEvent, @Ctx() context: Context): Promise<object | null> {
    return this.nodes.find(event.subjectId, context);
  }

  /** Changes of one topic, of the object that its argument names or of all. */
  follow(topic: Topic, stream: TopicStream, asked: StreamArguments, context: Context): AsyncIterable<ChangeRow> {
    const id = asked[stream.argument] ?? null;
    if (id !== null && stream.isOfBudget) return this.followBudget(id, asked, context);
    return this.log.follow({ topics: [topic], objectIds: id === null ? undefined : [id] }, asked.after, context.signal);
  }

  /** For a connection without budget an identifier that no budget has is followed; none would follow all budgets. */
  private async *followBudget(connectionId: string, { after }: StreamArguments, { signal }: Context) {
    const budgetId = (await this.budgetIdOf(connectionId)) ?? 'none';
    yield* this.log.follow({ topics: ['BUDGET'], objectIds: [budgetId] }, after, signal);
  }

  /** A socket ends when the rights of its caller change, so what the caller may see stays the same meanwhile. */
  followAll({ topics, after }: FollowArguments, context: Context): AsyncIterable<ChangeRow> {
    return this.log.follow({ topics: followedTopics(topics, context) }, after, context.signal);
  }

  @Authorized(...ANY_TOPIC_RIGHT)
  @Streamed(
    () => ChangeEvent,
    (resolver: ChangeResolver, asked: FollowArguments, context) => resolver.followAll(asked, context),
  )
  changes(@Root() change: ChangeRow, @Args(() => FollowArguments) _asked: FollowArguments): ChangeEvent {
    return eventOf(change);
  }
}

/** Declares the subscription to a topic, as a method of the resolver that has its arguments. */
function declare(topic: Topic, right: Scope, stream: TopicStream): void {
  const { prototype } = ChangeResolver;
  const { field, argument, isRequired = false } = stream;
  const method = { configurable: true, writable: true, value: eventOf };
  Object.defineProperty(prototype, field, method);
  Authorized(right)(prototype, field, method);
  Streamed(
    () => ChangeEvent,
    (resolver: ChangeResolver, asked: StreamArguments, context) => resolver.follow(topic, stream, asked, context),
  )(prototype, field, method);
  Root()(prototype, field, 0);
  Arg(argument, () => ID, { nullable: !isRequired })(prototype, field, 1);
  Arg('after', () => String, { nullable: true })(prototype, field, 2);
}

for (const topic of TOPICS) {
  const { right, stream } = TOPIC_RULES[topic] as TopicRules;
  if (stream !== undefined) declare(topic, right, stream);
}
