import type { Actors } from '../access/actors.js';
import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { AuditResolver, auditEventOf } from './audit.resolver.js';

/**
 * The audit log as it is read. What is written is decided in one place for every mutation (`mutation-audit.ts`), as the last
 * statement of the transaction that carries it out (`audit-log.ts`); what of an object is shown is a table (`audited-objects.ts`).
 */
export function createAudit({ audit }: Base, nodes: NodeFinder, actors: Actors): Domain {
  const load = async (ids: readonly string[]) => {
    const sequences = ids.flatMap((id) => /^aud_(\d{1,15})$/.exec(id)?.[1] ?? []).map(Number);
    return inOrder(ids, (await audit.store.bySequences(sequences)).map(auditEventOf));
  };
  return {
    resolvers: [new AuditResolver(audit.store, nodes, actors)],
    nodes: [{ prefix: 'aud', typeName: 'AuditEvent', load }],
  };
}
