import type { ApprovalRequirement } from '@sluice/core/job';
import { isGuardExceeded, type RemovalGuard } from '@sluice/core/prove';
import type { PlanTotals } from '../../db/tables/plans.js';

/** Whether a person has to approve a plan before it is carried out; above the guard for deletions always. */
export function needsApproval(
  approval: ApprovalRequirement,
  totals: PlanTotals,
  isFirstRun: boolean,
  { guard, remembered }: { guard: RemovalGuard; remembered: number },
): boolean {
  if (removalsOf(totals).some((removals) => isGuardExceeded(removals, remembered, guard))) return true;
  switch (approval) {
    case 'ALWAYS':
      return true;
    case 'FIRST_RUN':
      return isFirstRun;
    case 'DESTRUCTIVE_ONLY':
      return totals.destructive > 0;
    case 'NEVER':
      return false;
  }
}

/** Items that are removed on each side; what was moved and goes from the source is none of them. */
function removalsOf({ actions, source }: PlanTotals): number[] {
  return [(actions.DELETE?.items ?? 0) - (source?.actions.DELETE ?? 0), source?.removals ?? 0];
}
