import type { Side } from '../../plan/index.js';

/** Live figures and signs that are not durable; must return at once. */
export interface RunReport {
  /** Bytes read so far of a step under way. */
  progress(stepId: string, bytesDone: number): void;
  inFlight(items: number, bytes: number): void;
  /** The run waits for calls until then; null when it goes on. */
  waiting(until: Date | null): void;
  /** A counted call was answered. */
  called(side: Side, throttled: boolean): void;
  discovered(items: number, bytes: number): void;
}

/** How others stop a run. */
export interface RunControl {
  /** Breaks off everything at once. */
  signal: AbortSignal;
  /** True when no new item may be begun; items under way finish, those that wait for calls are put back. */
  readonly isStopping: boolean;
  /** Whether the stop ends the run, so that what it wrote is left as after its end; pending steps are another run's. */
  readonly endsRun?: boolean;
  /** Calls back once when `isStopping` becomes true. */
  onStopping(callback: () => void): void;
}
