import { createContext, useContext } from 'react';
import type { StreamState } from '../../graphql/stream.js';
import type { RunPageData, Statistics } from './data.js';
import type { Progress } from './progress.js';
import type { FlaggedCures } from './use-flagged.js';

/** What every tab of the page of a run shows parts of: the run and its figures as they are now. */
export interface RunView {
  run: RunPageData;
  statistics: Statistics;
  progress: Progress;
  stream: StreamState;
  isOver: boolean;
  /** Whether it reads files to compare them, and transfers none. */
  isScan: boolean;
  flagged: number;
  cures: FlaggedCures;
  /** Changes when the items have to be read again. */
  revision: string;
}

export const RunViewContext = createContext<RunView | null>(null);

export function useRunView(): RunView {
  const view = useContext(RunViewContext);
  if (view === null) throw new Error('This belongs on the page of a run.');
  return view;
}
