import type { Base } from '../base.js';
import { inOrder, type Context } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { ChangeResolver, eventOf } from './change.resolver.js';
import { mayFollow } from './topics.js';

/**
 * Changes of objects, as subscriptions and as a list, over the durable log of changes. This folder stores, reads and follows
 * the log; what is recorded is decided by each domain in its own transaction, and sockets are the matter of `server/`.
 */
export function createLive(
  { changes }: Base,
  nodes: NodeFinder,
  budgetIdOf: (connectionId: string) => Promise<string | null>,
): Domain {
  return {
    resolvers: [new ChangeResolver(nodes, changes, budgetIdOf)],
    nodes: [{ prefix: 'evt', typeName: 'ChangeEvent', load: (ids, context) => visibleEvents(changes, ids, context) }],
  };
}

/** Changes by their identifiers; null for one that is gone or whose topic the caller may not follow. */
async function visibleEvents(changes: Base['changes'], ids: readonly string[], context: Context) {
  const sequences = ids.flatMap((id) => /^evt_(\d{1,15})$/.exec(id)?.[1] ?? []).map(Number);
  const rows = await changes.bySequences(sequences);
  return inOrder(ids, rows.filter(({ topic }) => mayFollow(topic, context)).map(eventOf));
}
