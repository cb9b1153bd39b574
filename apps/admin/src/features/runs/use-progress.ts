import { useEffect, useReducer } from 'react';
import { client } from '../../graphql/client.js';
import type { StreamState } from '../../graphql/stream.js';
import { useStream } from '../../graphql/use-stream.js';
import { NO_PROGRESS, reduceProgress, type Progress } from './progress.js';
import { RunEventsQuery, RunFields, RunProgressStream, type RunMessage } from './data.js';

/** Pages of history that are read beside the stream: 200 events each. */
const HISTORY_PAGES = 10;

/** Follows a run until it ends. `onLost` is told when events were lost and the run has to be read again. */
export function useProgress(runId: string, onLost: () => void): { progress: Progress; stream: StreamState } {
  const [progress, send] = useReducer(reduceProgress, NO_PROGRESS);
  const stream = useStream(
    RunProgressStream,
    { runId, after: null },
    ({ runProgress: message }) => {
      if (!message) return null;
      if (message.run)
        client.cache.writeFragment({ fragment: RunFields, fragmentName: 'RunFields', data: message.run });
      send(message);
      return message.cursor;
    },
    onLost,
  );
  useEffect(() => {
    let isCurrent = true;
    void readHistory(runId, () => isCurrent, send);
    return () => {
      isCurrent = false;
    };
  }, [runId]);
  return { progress, stream };
}

/** Lines from before this page was opened; without them the log begins with the next event. */
async function readHistory(
  runId: string,
  isCurrent: () => boolean,
  send: (message: RunMessage) => void,
): Promise<void> {
  let after: string | null = null;
  for (let page = 0; page < HISTORY_PAGES; page++) {
    const answer: { data?: { run: { events: RunMessage[] } | null } } | null = await client
      .query({ query: RunEventsQuery, variables: { id: runId, after }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    const events: RunMessage[] = answer?.data?.run?.events ?? [];
    if (!isCurrent()) return;
    for (const event of events) send(event);
    after = events.at(-1)?.cursor ?? null;
    if (events.length < 200) return;
  }
}
