import type { Rules } from './oracle/bases.js';
import type { Act } from './people.js';
import type { Disturbance, Trouble } from './trouble.js';

/** What people do, and the run that follows. */
export interface Round {
  acts: readonly Act[];
  trouble: Trouble;
  /** What people do while it is at work. */
  meanwhile: Disturbance | null;
  /** How far the time of day is set before the run, ms. */
  clockJump: number;
}

export interface History {
  rules: Rules;
  /** Whether both platforms tell what changed since the last listing. */
  tellsChanges: boolean;
  /** Of the times that replies take. */
  seed: number;
  rounds: readonly Round[];
}
