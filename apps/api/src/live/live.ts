import type { Base } from '../base.js';
import type { Connections } from '../connections/connections.js';
import type { Topic } from '../db/tables/events.js';
import { inOrder, type Context } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { ChangeResolver, eventOf } from './resolvers.js';
import { followedTopics, mayFollow } from './topics.js';

interface After {
  after?: string | null;
}

/**
 * Changes of objects, as subscriptions and as a list, over the durable log of changes. This folder stores, reads and follows
 * the log; what is recorded is decided by each domain in its own transaction, and sockets are the matter of `server/`.
 */
export function createLive({ changes }: Base, nodes: NodeFinder, connections: Pick<Connections, 'budgetIdOf'>): Domain {
  const of = (topic: Topic, objectId: string | null | undefined, { after }: After, context: Context) =>
    changes.follow({ topics: [topic], objectIds: objectId == null ? undefined : [objectId] }, after, context.signal);

  async function* budgetsOf({ connectionId, ...after }: After & { connectionId?: string | null }, context: Context) {
    // For a connection without budget an identifier that no budget has is followed; null would follow all budgets.
    const budgetId = connectionId == null ? null : ((await connections.budgetIdOf(connectionId)) ?? 'none');
    yield* of('BUDGET', budgetId, after, context);
  }

  return {
    resolvers: [new ChangeResolver(nodes, changes)],
    nodes: [{ prefix: 'evt', typeName: 'ChangeEvent', load: (ids, context) => visibleEvents(changes, ids, context) }],
    streams: {
      budgetChanged: budgetsOf,
      connectionChanged: (args: After & { connectionId?: string | null }, context) =>
        of('CONNECTION', args.connectionId, args, context),
      jobChanged: (args: After & { jobId?: string | null }, context) => of('JOB', args.jobId, args, context),
      runChanged: (args: After & { jobId?: string | null }, context) => of('RUN', args.jobId, args, context),
      planChanged: (args: After & { planId: string }, context) => of('PLAN', args.planId, args, context),
      // A socket ends when the rights of its caller change, so what the caller may see stays the same meanwhile.
      changes: ({ topics, after }: After & { topics?: Topic[] | null }, context) =>
        changes.follow({ topics: followedTopics(topics, context) }, after, context.signal),
    },
  };
}

/** Changes by their identifiers; null for one that is gone or whose topic the caller may not follow. */
async function visibleEvents(changes: Base['changes'], ids: readonly string[], context: Context) {
  const sequences = ids.flatMap((id) => /^evt_(\d{1,15})$/.exec(id)?.[1] ?? []).map(Number);
  const rows = await changes.bySequences(sequences);
  return inOrder(ids, rows.filter(({ topic }) => mayFollow(topic, context)).map(eventOf));
}
