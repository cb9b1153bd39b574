import { inertStep, type Inert } from '../plan/index.js';
import { reasonOf } from './outcome.js';
import type { StagedProblem } from './ports/index.js';

/** What the source could not list stays where it is, and is reported. */
export function problemStep({ key, problem }: StagedProblem): Inert {
  const isSpecial = problem.kind === 'SPECIAL';
  const isFolder = problem.kind === 'FOLDER' || problem.kind === 'PART';
  return {
    ...inertStep(key, null),
    kind: isFolder ? 'FOLDER' : 'FILE',
    action: isSpecial ? 'SKIP' : 'REFUSE',
    reason: isSpecial ? 'SPECIAL_FILE' : isFolder ? 'LISTING_FAILED' : reasonOf(problem.error),
    message: problem.error.message,
    remedy: problem.error.remedy,
  };
}
