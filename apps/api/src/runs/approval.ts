import type { ApprovalRequirement } from '@sluice/core/job';
import type { PlanTotals } from '../db/tables/work.js';

/** Whether a person has to approve a plan before it is carried out. */
export function needsApproval(approval: ApprovalRequirement, totals: PlanTotals, isFirstRun: boolean): boolean {
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
