import type { WorkingRunState } from '../../job/index.js';
import type { UnmappedName } from '../../mapping/index.js';
import type { Step } from '../../plan/index.js';
import type { LossCounts } from '../losses.js';

/** The plan, and how far the work on it has come. */
export interface PlanStore {
  /** Where an interrupted run stands. */
  phase(): Promise<Phase>;
  enter(phase: Phase): Promise<void>;
  /** Forgets what an interrupted listing and planning left: staged items, problems, steps, unchanged counts, unmapped names. */
  reset(): Promise<void>;
  /** Adds steps in order of execution; `sequence` continues from the last one. */
  appendSteps(steps: readonly Step[]): Promise<void>;
  /** Items that need no step. */
  countUnchanged(items: number, bytes: number): Promise<void>;
  /** What the job's mapping sets could not map, at most once for a plan; `untold` problems are beyond the names. */
  noteUnmapped(names: readonly UnmappedName[], untold: number): Promise<void>;
  /** What of the items of the plan stays behind, at most once for a plan; its warnings tell it. */
  noteLosses(counts: LossCounts): Promise<void>;
  /** Remembers digest and totals; inert steps become items with their final outcome. The plan is now complete. */
  finishPlan(digest: string): Promise<void>;
}

/** How far the work on a plan has come. */
export const PHASES = ['NEW', 'LISTING', 'PLANNING', 'TRANSFERRING', 'VERIFYING', 'DONE'] as const;

export type Phase = (typeof PHASES)[number];

/** State of a run that works in this phase; null before and after the work. */
export function runStateOf(phase: Phase): WorkingRunState | null {
  return phase === 'NEW' || phase === 'DONE' ? null : phase;
}
