import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Topic } from '../db/tables/events.js';
import type { Context } from '../graphql/context.js';
import { AtMost } from '../graphql/declarations.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { servedByDomain } from '../graphql/streams.js';
import { Node } from '../graphql/types.js';
import type { ChangeLog } from './change-log.js';
import type { ChangeRow } from './change.store.js';
import { cursorOfSequence } from './event-cursor.js';
import { ANY_TOPIC_RIGHT, followedTopics } from './topics.js';
import { ChangeEvent, EventTopic } from './types.js';

/** Most events in one answer. */
const MAX_EVENTS = 500;
const ofDomain = { nullable: true, subscribe: servedByDomain };

/** A change as the schema shows it. */
export function eventOf(change: ChangeRow): ChangeEvent {
  return { ...change, id: `evt_${change.sequence}`, cursor: cursorOfSequence(change.sequence) };
}

@Resolver(() => ChangeEvent)
export class ChangeResolver {
  constructor(
    private readonly nodes: NodeFinder,
    private readonly log: Pick<ChangeLog, 'list'>,
  ) {}

  @Authorized(...ANY_TOPIC_RIGHT)
  @AtMost(MAX_EVENTS)
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

  @Authorized('CONNECTIONS_READ')
  @Subscription(() => ChangeEvent, ofDomain)
  budgetChanged(
    @Root() change: ChangeRow,
    @Arg('connectionId', () => ID, { nullable: true }) _connectionId: string | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }

  @Authorized('CONNECTIONS_READ')
  @Subscription(() => ChangeEvent, ofDomain)
  connectionChanged(
    @Root() change: ChangeRow,
    @Arg('connectionId', () => ID, { nullable: true }) _connectionId: string | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }

  @Authorized('JOBS_READ')
  @Subscription(() => ChangeEvent, ofDomain)
  jobChanged(
    @Root() change: ChangeRow,
    @Arg('jobId', () => ID, { nullable: true }) _jobId: string | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }

  @Authorized('JOBS_READ')
  @Subscription(() => ChangeEvent, ofDomain)
  runChanged(
    @Root() change: ChangeRow,
    @Arg('jobId', () => ID, { nullable: true }) _jobId: string | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }

  @Authorized('JOBS_READ')
  @Subscription(() => ChangeEvent, ofDomain)
  planChanged(
    @Root() change: ChangeRow,
    @Arg('planId', () => ID) _planId: string,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }

  @Authorized(...ANY_TOPIC_RIGHT)
  @Subscription(() => ChangeEvent, ofDomain)
  changes(
    @Root() change: ChangeRow,
    @Arg('topics', () => [EventTopic], { nullable: true }) _topics: Topic[] | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): ChangeEvent {
    return eventOf(change);
  }
}
