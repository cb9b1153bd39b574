import type { Actors } from '../access/actors.js';
import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';

/**
 * The audit log as it is read. What is written is decided in one place for every mutation (`mutation-audit.ts`), as the last
 * statement of the transaction that carries it out (`audit-log.ts`); what of an object is shown is a table (`audited-objects.ts`).
 */
export function createAudit({ audit }: Base, nodes: NodeFinder, actors: Actors): Domain {
  const service = new AuditService(audit.store);
  return {
    resolvers: [new AuditResolver(service, nodes, actors)],
    nodes: [{ prefix: 'aud', typeName: 'AuditEvent', load: (ids) => service.byIds(ids) }],
  };
}
