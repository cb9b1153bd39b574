import { APPROVAL_STATES, RUN_EVENT_KINDS, RUN_TRIGGERS } from '@sluice/core/job';
import { NAME_REVISIONS } from '@sluice/core/naming';
import { ITEM_OUTCOMES, ITEM_REASONS, PLAN_ACTIONS } from '@sluice/core/plan';
import { LISTING_KINDS } from '@sluice/core/run';
import { enumType } from '../../graphql/enums.js';

export const RunTriggerEnum = enumType('RunTrigger', RUN_TRIGGERS);
export const RunEventKindEnum = enumType('RunEventKind', RUN_EVENT_KINDS);
export const ItemOutcomeEnum = enumType('ItemOutcome', ITEM_OUTCOMES);
export const ItemReasonEnum = enumType('ItemReason', ITEM_REASONS);
export const NameRevisionEnum = enumType('NameRevision', NAME_REVISIONS);
export const PlanActionEnum = enumType('PlanAction', PLAN_ACTIONS);
export const ApprovalStateEnum = enumType('ApprovalState', APPROVAL_STATES);
export const ListingKindEnum = enumType('ListingKind', LISTING_KINDS);
