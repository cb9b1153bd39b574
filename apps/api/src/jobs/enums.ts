import { APPROVAL_REQUIREMENTS, JOB_ACTIONS, JOB_STATES, RUN_ACTIONS } from '@sluice/core/job';
import { POLICY_VALUES, SIDES, TRANSFER_TYPES } from '@sluice/core/plan';
import { VERIFICATION_METHODS } from '@sluice/core/platform';
import { enumType } from '../graphql/enums.js';

export const TransferTypeEnum = enumType('TransferType', TRANSFER_TYPES);
export const JobStateEnum = enumType('JobState', JOB_STATES);
export const ActionEnum = enumType('Action', [...new Set([...JOB_ACTIONS, ...RUN_ACTIONS])]);
export const ApprovalRequirementEnum = enumType('ApprovalRequirement', APPROVAL_REQUIREMENTS);
export const JOB_ORDERS = ['NAME', 'LATEST_RUN_AT', 'NEXT_START_AT'] as const;
export type JobOrder = (typeof JOB_ORDERS)[number];
export const JobOrderEnum = enumType('JobOrder', JOB_ORDERS);
export const JobSideEnum = enumType('JobSide', SIDES);

export const ConflictPolicyEnum = enumType('ConflictPolicy', POLICY_VALUES.conflict);
export const ExistingItemPolicyEnum = enumType('ExistingItemPolicy', POLICY_VALUES.existing);
export const DeletionPolicyEnum = enumType('DeletionPolicy', POLICY_VALUES.deletions);
export const DuplicateNamePolicyEnum = enumType('DuplicateNamePolicy', POLICY_VALUES.duplicateNames);
export const FailurePolicyEnum = enumType('FailurePolicy', POLICY_VALUES.failure);
export const LargeItemPolicyEnum = enumType('LargeItemPolicy', POLICY_VALUES.largeItem);
export const ZeroBytePolicyEnum = enumType('ZeroBytePolicy', POLICY_VALUES.zeroByteFile);
export const EmptyFolderPolicyEnum = enumType('EmptyFolderPolicy', POLICY_VALUES.emptyFolders);
export const InvalidCharacterPolicyEnum = enumType('InvalidCharacterPolicy', POLICY_VALUES.invalidCharacters);
export const LockedFilePolicyEnum = enumType('LockedFilePolicy', POLICY_VALUES.lockedFiles);
export const PermissionPolicyEnum = enumType('PermissionPolicy', POLICY_VALUES.permissions);
export const VerificationMethodEnum = enumType('VerificationMethod', VERIFICATION_METHODS);
export const BudgetExhaustedPolicyEnum = enumType('BudgetExhaustedPolicy', POLICY_VALUES.onBudgetExhausted);
