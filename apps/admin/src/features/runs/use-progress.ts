import { useEffect, useReducer, useState } from 'react';
import { client } from '../../graphql/client.js';
import type { StreamState } from '../../graphql/stream.js';
import { useStream } from '../../graphql/use-stream.js';
import { NO_PROGRESS, reduceProgress, type Progress } from './progress.js';
import { RunEventsQuery, RunFields, RunProgressStream, type RunMessage } from './data.js';
import { readHistory } from './history.js';

/** Pages of history that are read beside the stream: 200 events each. */
const HISTORY_PAGES = 10;

/** Follows a run until it ends. `onLost` is told when events were lost and the run has to be read again. */
export function useProgress(runId: string, onLost: () => void): { progress: Progress; stream: StreamState } {
  const [progress, send] = useReducer(reduceProgress, NO_PROGRESS);
  /** How often events were lost: then the lines before are read again. */
  const [losses, setLosses] = useState(0);
  const stream = useStream(
    RunProgressStream,
    { runId, after: null },
    ({ runProgress: message }) => {
      if (!message) return null;
      if (message.run)
        client.cache.writeFragment({ fragment: RunFields, fragmentName: 'RunFields', data: message.run });
      send(message);
      if (message.isReset) setLosses((count) => count + 1);
      return message.cursor;
    },
    onLost,
  );
  useEffect(() => {
    let isCurrent = true;
    void readHistory((after) => readPage(runId, after), HISTORY_PAGES).then((events) => {
      if (isCurrent) for (const event of events) send(event);
    });
    return () => {
      isCurrent = false;
    };
  }, [runId, losses]);
  return { progress, stream };
}

async function readPage(id: string, after: string | null): Promise<RunMessage[] | null> {
  const variables = { id, after };
  const answer = await client.query({ query: RunEventsQuery, variables, fetchPolicy: 'no-cache' }).catch(() => null);
  return answer?.data?.run?.events ?? null;
}
