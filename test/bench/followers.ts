import type { TestApp } from '@sluice/api/testing.js';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

const STREAMS_PER_SOCKET = 50;
const FOLLOW = 'subscription ($id: ID!) { jobChanged(jobId: $id) { cursor subjectId } }';

export interface Followers {
  /** Until the one that follows the job itself has the event that was recorded last. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Opens that many subscriptions for other jobs, and one for the job; all of them follow when this returns. */
export async function followJobs(test: TestApp, count: number, jobId: string): Promise<Followers> {
  const address = await test.app.listen();
  const clients = Array.from({ length: Math.ceil(count / STREAMS_PER_SOCKET) }, () =>
    connect(address, String(test.admin.cookie)),
  );
  const before = test.app.base.hub.followerCount;
  for (let index = 0; index < count; index++) {
    const client = clients[index % clients.length];
    client?.subscribe(
      { query: FOLLOW, variables: { id: `job_other_${index}` } },
      sinkFor(() => undefined),
    );
  }
  const watcher = connect(address, String(test.admin.cookie));
  let [received, expected] = [0, 0];
  let wake = () => undefined as void;
  watcher.subscribe(
    { query: FOLLOW, variables: { id: jobId } },
    sinkFor(() => (received++, wake())),
  );
  while (test.app.base.hub.followerCount < before + count + 1) await new Promise((resolve) => setImmediate(resolve));
  return {
    settled: async () => {
      expected++;
      while (received < expected) await new Promise<void>((resolve) => (wake = resolve));
      // What the others read of the event they read in the same turns.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    close: async () => {
      await Promise.all([...clients, watcher].map(async (client) => client.dispose()));
    },
  };
}

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
