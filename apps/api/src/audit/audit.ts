import type { Actors } from '../access/actors.js';
import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { FollowedLog } from '../live/followed-log.js';
import { auditKind } from './audit-kind.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';

/** The newest events that are kept in memory while somebody follows the log. */
const WINDOW = 500;

/**
 * The audit log as it is read. What is written is decided in one place for every mutation (`mutation-audit.ts`), as the last
 * statement of the transaction that carries it out (`audit-log.ts`); what of an object is shown is a table (`audited-objects.ts`).
 */
export function createAudit(base: Base, nodes: NodeFinder, actors: Actors): Domain {
  const service = new AuditService(base.audit.store, followedOf(base));
  return {
    resolvers: [new AuditResolver(service, nodes, actors)],
    nodes: [{ prefix: 'aud', typeName: 'AuditEvent', load: (ids) => service.byIds(ids) }],
  };
}

function followedOf({ audit: { store }, changes, clock, config, hub }: Base) {
  return new FollowedLog({
    kind: auditKind,
    store: { read: (filter, after, limit) => store.after(after, limit, filter), bounds: () => store.bounds() },
    hub,
    clock,
    pollInterval: () => changes.pollInterval,
    queue: config.limits.eventQueue,
    window: WINDOW,
  });
}
