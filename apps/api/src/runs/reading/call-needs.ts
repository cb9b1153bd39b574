import type { CallExperience } from '@sluice/core/http';
import type { Side } from '@sluice/core/plan';
import type { RunRow } from '../../db/row-types.js';

/** What one run, or a plan that nobody carries out yet, needs of one budget. */
export interface BudgetNeed {
  runId: string | null;
  /** Share of its job. */
  share: number;
  /** Calls that are foreseen for what is not done; null until that is known. */
  foreseen: number | null;
  /** What it has taken so far for what is done. */
  experience: CallExperience;
}

/** What calls of a run are told by. */
export type CallFigures = Pick<RunRow, 'counters' | 'calls' | 'live'>;

/** Calls that the steps which are not done need on these sides; null until the plan is complete. */
export function foreseenBy({ counters }: Pick<RunRow, 'counters'>, sides: readonly Side[]): number | null {
  if (counters.itemsPlanned === null) return null;
  const { callsNeeded: all, callsAtSource: atSource = 0 } = counters;
  return Math.max(0, onSides(sides, all, atSource));
}

/** What the steps that are done on these sides have taken of a budget. Calls for those under way are left out, as far as is known. */
export function experienceOf(
  { counters, calls, live }: CallFigures,
  budgetId: string,
  sides: readonly Side[],
): CallExperience {
  const foreseen = onSides(sides, counters.callsDone ?? 0, counters.callsDoneAtSource ?? 0);
  const { total = 0, planning = total } = calls.find((one) => one.budgetId === budgetId) ?? {};
  const itemsLeft = Math.max(1, (counters.itemsPlanned ?? 0) - counters.itemsDone);
  const underWay = ((live?.itemsInFlight ?? 0) * Math.max(0, counters.callsNeeded)) / itemsLeft / 2;
  const made = total - planning;
  return { foreseen, made: made - Math.min(underWay, Math.max(0, made - foreseen)) };
}

/** The part of calls that is made on these sides. */
export function onSides(sides: readonly Side[], all: number, atSource: number): number {
  return (sides.includes('SOURCE') ? atSource : 0) + (sides.includes('DESTINATION') ? all - atSource : 0);
}
