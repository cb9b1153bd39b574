import type { TestApp } from '@sluice/api/testing.js';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

const STREAMS_PER_SOCKET = 50;
const FOLLOW = 'subscription ($id: ID!, $after: String) { jobChanged(jobId: $id, after: $after) { cursor subjectId } }';

export interface Followers {
  /** Until the one that follows the job itself has the event that was recorded last. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Records that a job has changed. */
export function recordChange({ app }: TestApp, jobId: string): Promise<void> {
  const { changes, db } = app.base;
  return db.transact((tx) => changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: jobId }));
}

/** Opens that many subscriptions for other jobs, and one for the job; all of them follow when this returns. */
export async function followJobs(test: TestApp, count: number, jobId: string): Promise<Followers> {
  const url = await test.app.listen();
  const open = () => connect(url, String(test.admin.cookie));
  const watcher = await watch(test, open(), jobId);
  const clients = await followOthers(test, open, count);
  return {
    settled: async () => {
      await watcher.settled();
      // What the others read of the event they read in the same turns.
      for (let turn = 0; turn < 20; turn++) await turnOver();
    },
    close: async () => {
      await Promise.all([...clients, watcher.client].map(async (client) => client.dispose()));
    },
  };
}

/**
 * Follows one job. The protocol does not tell when a subscription has begun, and a follower without a cursor misses what is
 * recorded before it: this one begins before an event, and follows for certain once it has it.
 */
async function watch(test: TestApp, client: Client, jobId: string) {
  const after = await test.app.base.changes.newestCursor();
  let [received, expected] = [0, 0];
  let wake = () => undefined as void;
  client.subscribe(
    { query: FOLLOW, variables: { id: jobId, after } },
    sinkFor(() => (received++, wake())),
  );
  const settled = async () => {
    expected++;
    while (received < expected) await new Promise<void>((resolve) => (wake = resolve));
  };
  await recordChange(test, jobId);
  await settled();
  return { client, settled };
}

/** Counted from when the watcher follows: by then the listener of the feed, which the first follower brings, is there too. */
async function followOthers({ app }: TestApp, open: () => Client, count: number): Promise<Client[]> {
  const { hub } = app.base;
  const all = hub.followerCount + count;
  const clients = Array.from({ length: Math.ceil(count / STREAMS_PER_SOCKET) }, open);
  const sink = sinkFor(() => undefined);
  for (let index = 0; index < count; index++) {
    clients[index % clients.length]?.subscribe({ query: FOLLOW, variables: { id: `job_other_${index}` } }, sink);
  }
  while (hub.followerCount < all) await turnOver();
  return clients;
}

const turnOver = () => new Promise((resolve) => setImmediate(resolve));

function connect(url: string, cookie: string): Client {
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: { cookie } });
      }
    },
    retryAttempts: 0,
  });
}

function sinkFor(next: () => void) {
  return {
    next,
    error: (error: unknown) => {
      throw new Error(`The subscription failed: ${JSON.stringify(error)}`);
    },
    complete: () => undefined,
  };
}
