import { Arg, Authorized, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { servedByDomain } from '../graphql/streams.js';
import { Node } from '../graphql/types.js';
import { cursorOfSequence } from './change-log.js';
import type { ChangeRow } from './change.store.js';
import { ChangeEvent } from './types.js';

const ofDomain = { nullable: true, subscribe: servedByDomain };

/** A change as the schema shows it. */
export function eventOf(change: ChangeRow): ChangeEvent {
  return { ...change, id: `evt_${change.sequence}`, cursor: cursorOfSequence(change.sequence) };
}

@Resolver(() => ChangeEvent)
export class ChangeResolver {
  constructor(private readonly nodes: NodeFinder) {}

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
}
