import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Base } from '../base.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { FeedRow } from '../db/row-types.js';
import { requestError } from '../graphql/errors.js';
import type { FeedStore } from './feed.store.js';

/** Where platforms send word of changes to, followed by the path of the feed. */
export const FEED_ADDRESS = '/changes';
/** Word of one change is far smaller. */
const MAX_WORD_BYTES = 64 * 1024;

export interface ReceiverParts {
  base: Pick<Base, 'vault' | 'clock'>;
  connections: Pick<ConnectionAccess, 'byIds' | 'describe'>;
  store: FeedStore;
}

/**
 * Hears what platforms tell: 401 without the secret of the feed, before the body is read; 204 for all else that can be read, also
 * where it starts nothing, since a platform sends again what is refused. No platform is asked and no run is started here.
 */
export function serveFeeds(server: FastifyInstance, parts: ReceiverParts): void {
  const admitted = new WeakMap<FastifyRequest, FeedRow>();
  server.post<{ Params: { path: string } }>(
    `${FEED_ADDRESS}/:path`,
    {
      bodyLimit: MAX_WORD_BYTES,
      onRequest: async (request) => {
        const feed = await parts.store.byPath(request.params.path);
        if (feed === null || !hasSecret(parts, feed, request.headers.authorization)) throw unknownSender();
        admitted.set(request, feed);
      },
    },
    async (request, reply) => {
      const feed = admitted.get(request);
      if (feed !== undefined) await hear(parts, feed, request.body);
      return reply.code(204).send();
    },
  );
}

async function hear({ base, connections, store }: ReceiverParts, feed: FeedRow, body: unknown): Promise<void> {
  const { connectionId, note } = feed;
  const [row] = await connections.byIds([connectionId]);
  const word = row && note !== null ? connections.describe(row.platform).readChange?.(body, note) : null;
  if (word && !word.isOwn) await store.hear(connectionId, word.id, new Date(base.clock.now()));
}

/** Takes as long for any wrong value. */
function hasSecret({ base }: ReceiverParts, feed: FeedRow, given: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const secret = base.vault.open<string>(feed.secret, ownerOf(feed.connectionId));
  return timingSafeEqual(digest(secret), digest(given ?? ''));
}

/** What a sealed secret is bound to. */
export const ownerOf = (connectionId: string): string => `feed:${connectionId}`;

const unknownSender = () =>
  requestError('UNAUTHENTICATED', 'This address takes word of changes with the secret of its feed only.', {
    http: { status: 401 },
  });
