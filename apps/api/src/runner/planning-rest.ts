import { PlatformError } from '@sluice/core/platform';
import { isStoreTrouble } from '../store-trouble.js';
import { problemOf, type Problem } from '../problems.js';
import { passingTrouble } from './rest.js';

/*
 * People wait for a plan that no run carries out: trouble that passes by itself is waited for, a quarter of an hour in all,
 * and then the planning fails with what stands in the way.
 */

const RESTS_MS = [5_000, 15_000, 30_000, 60_000, 120_000, 240_000, 420_000];

/** How long a planning waits before it begins again after the error; null when it fails. */
export function planningRestMs(error: unknown, rests: number): number | null {
  const isPassing = isStoreTrouble(error) || (error instanceof PlatformError && passingTrouble(error) !== null);
  return isPassing ? (RESTS_MS[rests] ?? null) : null;
}

/** Why a planning failed, and after trouble that passes what helps. */
export function planningProblem(error: PlatformError): Problem {
  const problem = problemOf(error);
  if (passingTrouble(error) === null) return problem;
  const message = `${problem.message} A quarter of an hour of waiting did not help; make a plan again once this has passed.`;
  return { ...problem, message, isRetryable: true };
}

export const PLANNING_STORE_TROUBLE: Problem = {
  code: 'STORE_UNAVAILABLE',
  message:
    'The product’s own database is full, busy or out of reach, and a quarter of an hour of waiting did not help; make a ' +
    'plan again once it takes writes again.',
  isRetryable: true,
};
