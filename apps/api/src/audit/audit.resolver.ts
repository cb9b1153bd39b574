import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Actors } from '../access/actors.js';
import type { Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { PageArgs } from '../graphql/page-types.js';
import { mapPage } from '../graphql/paging.js';
import { Actor, Node } from '../graphql/types.js';
import type { AuditStore } from './audit.store.js';
import { AuditEvent, AuditEventFilter, AuditEventPage } from './audit.types.js';
import type { AuditRow } from './chain.js';

/** An event as the schema shows it. */
export function auditEventOf({ changes, ...row }: AuditRow): AuditEvent {
  return { ...row, id: `aud_${row.sequence}`, changes: JSON.parse(changes) as AuditEvent['changes'] };
}

@Resolver(() => AuditEvent)
export class AuditResolver {
  constructor(
    private readonly store: AuditStore,
    private readonly nodes: NodeFinder,
    private readonly actors: Actors,
  ) {}

  @Authorized('AUDIT_READ')
  @Query(() => AuditEventPage, { nullable: true })
  async auditEvents(
    @Arg('filter', () => AuditEventFilter, { nullable: true }) filter: AuditEventFilter | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return mapPage(await this.store.page(filter ?? {}, page), auditEventOf);
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
