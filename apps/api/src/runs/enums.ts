import { RUN_STATES } from '@sluice/core/job';
import { ITEM_OUTCOMES, ITEM_REASONS } from '@sluice/core/plan';
import { enumType } from '../graphql/enums.js';

export const RunStateEnum = enumType('RunState', RUN_STATES);
export const RunTriggerEnum = enumType('RunTrigger', ['MANUAL', 'SCHEDULE', 'RETRY', 'CARRY_OVER', 'REAPPLY']);
export const RunEventKindEnum = enumType('RunEventKind', ['SNAPSHOT', 'STATE', 'STATISTICS', 'ITEM', 'LOG']);
export const ItemOutcomeEnum = enumType('ItemOutcome', ITEM_OUTCOMES);
export const ItemReasonEnum = enumType('ItemReason', ITEM_REASONS);
export const PlanActionEnum = enumType('PlanAction', [
  'ADOPT',
  'CREATE',
  'DELETE',
  'DESCRIBE',
  'MOVE',
  'REFUSE',
  'RENAME',
  'SKIP',
  'UPDATE',
]);
export const ApprovalStateEnum = enumType('ApprovalState', [
  'NOT_REQUIRED',
  'PENDING',
  'APPROVED',
  'REJECTED',
  'EXPIRED',
  'SUPERSEDED',
]);
