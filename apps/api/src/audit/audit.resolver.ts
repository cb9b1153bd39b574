import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Actors } from '../access/actors.js';
import type { AuditRow } from '../db/row-types.js';
import type { Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { PageArgs } from '../graphql/page-types.js';
import { Streamed } from '../graphql/streams.js';
import { Actor, Node } from '../graphql/types.js';
import { eventOf, type AuditService } from './audit.service.js';
import { AuditEvent, AuditEventFilter, AuditEventPage } from './audit.types.js';

@ArgsType()
class FollowArguments {
  @Field(() => AuditEventFilter, { nullable: true })
  filter?: AuditEventFilter | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

@Resolver(() => AuditEvent)
export class AuditResolver {
  constructor(
    private readonly service: AuditService,
    private readonly nodes: NodeFinder,
    private readonly actors: Actors,
  ) {}

  @Authorized('AUDIT_READ')
  @Query(() => AuditEventPage, { nullable: true })
  auditEvents(
    @Arg('filter', () => AuditEventFilter, { nullable: true }) filter: AuditEventFilter | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return this.service.page(filter ?? {}, page);
  }

  @Authorized('AUDIT_READ')
  @Streamed(
    () => AuditEvent,
    ({ service }: AuditResolver, { filter, after }: FollowArguments, { signal }) =>
      service.follow(filter ?? {}, after, signal),
  )
  auditEventAppended(@Root() event: AuditRow, @Args(() => FollowArguments) _asked: FollowArguments): AuditEvent {
    return eventOf(event);
  }

  @FieldResolver(() => Actor, { nullable: true })
  actor(@Root() event: AuditEvent, @Ctx() context: Context) {
    return this.actors.find(event.actorId, context);
  }

  @FieldResolver(() => Node, { nullable: true })
  target(@Root() event: AuditEvent, @Ctx() context: Context) {
    return event.targetId === null ? null : this.nodes.find(event.targetId, context);
  }
}
