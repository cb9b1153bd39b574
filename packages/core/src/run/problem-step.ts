import { inertStep, type Inert } from '../plan/index.js';
import { reasonOf } from './outcome.js';
import type { StagedProblem } from './ports.js';

/** What the source could not list stays where it is, and is reported. */
export function problemStep({ key, problem }: StagedProblem): Inert {
  const isSpecial = problem.kind === 'SPECIAL';
  return {
    ...inertStep(key, null),
    kind: problem.kind === 'FOLDER' ? 'FOLDER' : 'FILE',
    action: isSpecial ? 'SKIP' : 'REFUSE',
    reason: isSpecial ? 'SPECIAL_FILE' : problem.kind === 'FOLDER' ? 'LISTING_FAILED' : reasonOf(problem.error),
    message: problem.error.message,
    remedy: problem.error.remedy,
  };
}
