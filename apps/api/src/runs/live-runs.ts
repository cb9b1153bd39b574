import type { CallsMade, LiveFigures } from '../db/tables/work.js';

/** Figures of a run that only the process which works on it has. */
export interface LiveRun {
  figures(): LiveFigures;
  discovered(): { items: number; bytes: number };
  calls(): CallsMade[];
}

/** The runs that this process works on now. */
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();

  get(runId: string): LiveRun | null {
    return this.runs.get(runId) ?? null;
  }

  /** Adds a run; the returned function removes it. */
  add(runId: string, run: LiveRun): () => void {
    this.runs.set(runId, run);
    return () => {
      if (this.runs.get(runId) === run) this.runs.delete(runId);
    };
  }
}
