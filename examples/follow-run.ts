/*
 * Follows a run until it ends, and goes on where it stopped when the connection breaks.
 *
 *   URL=http://localhost:4000 TOKEN=… node examples/dist/follow-run.js RUN_ID
 */
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const { URL: address = 'http://localhost:4000', TOKEN: token } = process.env;
const runId = process.argv[2];
if (!token || !runId) throw new Error('Set TOKEN to an API token, and give the id of a run.');

interface RunEvent {
  cursor: string;
  kind: string;
  state: string | null;
  message: string | null;
  run: { state: string } | null;
  statistics: { itemsDone: number; itemsPlanned: number | null; bytesDone: number } | null;
}

const query = `subscription ($runId: ID!, $after: String) {
  runProgress(runId: $runId, after: $after) {
    cursor kind state message run { state } statistics { itemsDone itemsPlanned bytesDone }
  }
}`;

const BROKEN_PAUSE_MS = 2_000;
/** The code with which the server closes a connection whose token it refuses. */
const FORBIDDEN = 4403;
const ENDED = ['CANCELED', 'SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'CARRIED_OVER', 'FAILED'];
const client = createClient({
  url: `${address.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${token}` },
  retryAttempts: 0,
});

/** The last event that was seen: everything after it is told again after a break, and nothing before it. */
let after: string | null = null;
let state: string | null = null;

function show({ kind, message, run, statistics, ...event }: RunEvent): void {
  after = event.cursor;
  state = event.state ?? run?.state ?? state;
  const figures = statistics && `${statistics.itemsDone} of ${statistics.itemsPlanned ?? '?'} items`;
  console.log([kind, state, figures ?? message].filter(Boolean).join(' '));
}

while (state === null || !ENDED.includes(state)) {
  try {
    for await (const { data, errors } of client.iterate<{ runProgress: RunEvent }>({
      query,
      variables: { runId, after },
    })) {
      if (errors?.length) throw new Error(errors.map(({ message }) => message).join('; '), { cause: 'refused' });
      if (data) show(data.runProgress);
    }
  } catch (error) {
    if (error instanceof Error && error.cause === 'refused') throw error;
    if ((error as { code?: number }).code === FORBIDDEN)
      throw new Error('The token is refused: unknown, revoked or at its end.');
    console.error('The connection broke; trying again.');
    await new Promise((resolve) => setTimeout(resolve, BROKEN_PAUSE_MS));
  }
}
await client.dispose();
