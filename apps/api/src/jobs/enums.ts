import { enumType } from '../graphql/enums.js';

export const TransferTypeEnum = enumType('TransferType', [
  'COPY',
  'MOVE',
  'MIGRATE',
  'PUBLISH',
  'STRUCTURE',
  'SYNC',
  'SCAN',
]);
export const JobStateEnum = enumType('JobState', ['DRAFT', 'READY', 'SUSPENDED', 'STOPPED']);
export const ActionEnum = enumType('Action', [
  'DELETE',
  'PLAN',
  'RUN',
  'SUSPEND',
  'UPDATE',
  'RESUME',
  'PAUSE',
  'CANCEL',
  'RETRY',
]);
export const ApprovalRequirementEnum = enumType('ApprovalRequirement', [
  'NEVER',
  'DESTRUCTIVE_ONLY',
  'FIRST_RUN',
  'ALWAYS',
]);
export const JobOrderEnum = enumType('JobOrder', ['NAME', 'LATEST_RUN_AT', 'NEXT_START_AT']);
export const JobSideEnum = enumType('JobSide', ['SOURCE', 'DESTINATION']);

export const LIMIT_KINDS = [
  'CASE_SENSITIVITY',
  'FORBIDDEN_CHARACTERS',
  'MAX_FILE_BYTES',
  'MAX_PATH_LENGTH',
  'MAX_SEGMENT_LENGTH',
  'RESERVED_NAMES',
  'RESTRICTED_TYPES',
  'WHITESPACE',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

export const PlatformLimitEnum = enumType('PlatformLimit', LIMIT_KINDS);

export const ConflictPolicyEnum = enumType('ConflictPolicy', ['KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG']);
export const ExistingItemPolicyEnum = enumType('ExistingItemPolicy', ['OVERWRITE_IF_DIFFERENT', 'SKIP', 'FLAG']);
export const DeletionPolicyEnum = enumType('DeletionPolicy', [
  'IGNORE',
  'MIRROR',
  'IGNORE_SOURCE',
  'IGNORE_DESTINATION',
  'IGNORE_BOTH',
]);
export const DuplicateNamePolicyEnum = enumType('DuplicateNamePolicy', ['RENAME', 'FLAG']);
export const FailurePolicyEnum = enumType('FailurePolicy', ['CONTINUE', 'HALT']);
export const LargeItemPolicyEnum = enumType('LargeItemPolicy', ['FLAG', 'SKIP']);
export const ZeroBytePolicyEnum = enumType('ZeroBytePolicy', ['TRANSFER', 'SKIP', 'FLAG']);
export const EmptyFolderPolicyEnum = enumType('EmptyFolderPolicy', ['CREATE', 'SKIP']);
export const InvalidCharacterPolicyEnum = enumType('InvalidCharacterPolicy', ['REPLACE', 'PERCENT_ENCODE', 'FLAG']);
export const LockedFilePolicyEnum = enumType('LockedFilePolicy', ['FLAG', 'SKIP', 'PROPAGATE']);
export const PermissionPolicyEnum = enumType('PermissionPolicy', ['NONE', 'PRIVACY_FLAG', 'REPORT']);
export const VerificationMethodEnum = enumType('VerificationMethod', ['CHECKSUM', 'SIZE', 'NONE']);
export const BudgetExhaustedPolicyEnum = enumType('BudgetExhaustedPolicy', ['WAIT', 'CARRY_OVER']);
