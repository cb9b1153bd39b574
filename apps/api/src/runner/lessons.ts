import type { CallExperience } from '@sluice/core/http';
import { SIDES } from '@sluice/core/plan';
import { experienceOf, type CallFigures } from '../runs/reading/call-needs.js';
import type { SideBudgets } from './report.js';

/** What a run that has ended has taken of each budget, for forecasts of later ones; nothing where it has done nothing. */
export function lessonsOf(run: Omit<CallFigures, 'live'>, budgets: SideBudgets): [string, CallExperience][] {
  const ids = new Set(SIDES.flatMap((side) => budgets[side] ?? []));
  return [...ids].flatMap((id): [string, CallExperience][] => {
    const sides = SIDES.filter((side) => budgets[side] === id);
    const lesson = experienceOf({ ...run, live: null }, id, sides);
    return lesson.foreseen > 0 && lesson.made > 0 ? [[id, lesson]] : [];
  });
}
