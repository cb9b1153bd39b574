import type { Base } from '../base.js';
import type { Connections } from '../connections/connections.js';
import type { Domain } from '../graphql/domain.js';
import { FeedStore } from './feed.store.js';
import { FeedUpkeep } from './feed-upkeep.js';
import { serveFeeds } from './receiver.js';

/**
 * Feeds: word of changes that platforms send by themselves. It makes jobs due that follow the platform; they are started
 * by `runs/lifecycle` as those of a schedule are. `interval`: milliseconds between two looks at what is to stand at platforms; null
 * where other processes see to it.
 */
export function createFeeds(base: Base, connections: Connections, interval: number | null): Domain {
  const store = new FeedStore(base.db);
  const upkeep = new FeedUpkeep({ base, connections, store });
  const end = new AbortController();
  connections.service.partings.push((connectionId, signal) => upkeep.part(connectionId, signal));
  let loop: Promise<void> = Promise.resolve();
  const run = async (pause: number) => {
    while (!end.signal.aborted) {
      await upkeep.pass(end.signal).catch((error: unknown) => {
        if (!end.signal.aborted) base.log.error({ err: error as Error }, 'upkeep of change feeds failed');
      });
      await base.clock.sleep(pause, end.signal).catch(() => undefined);
    }
  };
  return {
    routes: [(server) => serveFeeds(server, { base, connections, store })],
    start: async () => {
      if (interval !== null) loop = run(interval);
    },
    stop: async () => {
      end.abort();
      await loop;
    },
  };
}
