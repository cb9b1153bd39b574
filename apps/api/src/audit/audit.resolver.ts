import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Actors } from '../access/actors.js';
import type { Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { PageArgs } from '../graphql/page-types.js';
import { Actor, Node } from '../graphql/types.js';
import type { AuditService } from './audit.service.js';
import { AuditEvent, AuditEventFilter, AuditEventPage } from './audit.types.js';

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

  @FieldResolver(() => Actor, { nullable: true })
  actor(@Root() event: AuditEvent, @Ctx() context: Context) {
    return this.actors.find(event.actorId, context);
  }

  @FieldResolver(() => Node, { nullable: true })
  target(@Root() event: AuditEvent, @Ctx() context: Context) {
    return event.targetId === null ? null : this.nodes.find(event.targetId, context);
  }
}
