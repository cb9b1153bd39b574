import { graphql } from '@sluice/client/graphql';
import { useState } from 'react';
import { useStream } from '../../graphql/use-stream.js';
import type { RunRow } from './run-data.js';
import { isAtWork } from './run-states.js';

const RunFiguresStream = graphql(`
  subscription RunFigures($runId: ID!, $after: String) {
    runProgress(runId: $runId, after: $after, minInterval: "PT2S") {
      cursor
      statistics {
        asOfSequence
        itemsPlanned
        itemsDone
        bytesDone
        progress
        outcomes {
          outcome
          itemCount
          byteCount
        }
      }
    }
  }
`);

type Figures = RunRow['statistics'];

/** The figures of a run, which follow it as long as it works. */
export function useRunFigures({ id, state, statistics: read }: RunRow): Figures {
  const [told, setTold] = useState<{ id: string; statistics: Figures } | null>(null);
  useStream(RunFiguresStream, isAtWork(state) ? { runId: id, after: null } : null, ({ runProgress }) => {
    if (runProgress?.statistics) setTold({ id, statistics: runProgress.statistics });
    return runProgress?.cursor ?? null;
  });
  return isAtWork(state) && told?.id === id ? told.statistics : read;
}
