import type { BandwidthLimit } from '../schedule/index.js';
import { VERIFICATION_METHODS } from '../platform/index.js';

/**
 * The values of every policy that is chosen from a list. Types, enumerations of the schema, the values that this version
 * carries out and the words of the web app all follow from this table.
 */
export const POLICY_VALUES = {
  conflict: ['KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG'],
  existing: ['OVERWRITE_IF_DIFFERENT', 'SKIP', 'FLAG'],
  deletions: ['IGNORE', 'MIRROR', 'IGNORE_SOURCE', 'IGNORE_DESTINATION', 'IGNORE_BOTH'],
  duplicateNames: ['RENAME', 'FLAG'],
  failure: ['CONTINUE', 'HALT'],
  largeItem: ['FLAG', 'SKIP'],
  zeroByteFile: ['TRANSFER', 'SKIP', 'FLAG'],
  emptyFolders: ['CREATE', 'SKIP'],
  invalidCharacters: ['REPLACE', 'PERCENT_ENCODE', 'FLAG'],
  lockedFiles: ['FLAG', 'SKIP', 'PROPAGATE'],
  permissions: ['NONE', 'PRIVACY_FLAG', 'REPORT'],
  verification: VERIFICATION_METHODS,
  onBudgetExhausted: ['WAIT', 'CARRY_OVER'],
} as const;
export type ChosenPolicy = keyof typeof POLICY_VALUES;
export type PolicyValue<Name extends ChosenPolicy> = (typeof POLICY_VALUES)[Name][number];

/** Policies and behaviours of a job; names and meanings are those of the public `JobPolicies`. */
export interface Policies {
  conflict: PolicyValue<'conflict'>;
  existing: PolicyValue<'existing'>;
  deletions: PolicyValue<'deletions'>;
  deletePermanently: boolean;
  /** The larger of both; `maxShare` is a share of the ledger, 0 to 1. */
  deletionGuard: { maxItems: number; maxShare: number };
  duplicateNames: PolicyValue<'duplicateNames'>;
  failure: PolicyValue<'failure'>;
  /** Runs that try an item before it is flagged. */
  retries: number;
  largeItem: PolicyValue<'largeItem'>;
  maxItemBytes: number | null;
  zeroByteFile: PolicyValue<'zeroByteFile'>;
  emptyFolders: PolicyValue<'emptyFolders'>;
  stopAfterRuns: number | null;
  stopAfterUnchangedRuns: number | null;
  stopAfterFailedRuns: number | null;
  maxVersions: number | null;
  /** Whether former versions become files of their own where the destination keeps none, see `versionFilesOf`. */
  versionsAsFiles: boolean;
  keepTimestamps: boolean;
  invalidCharacters: PolicyValue<'invalidCharacters'>;
  truncateLongNames: boolean;
  lockedFiles: PolicyValue<'lockedFiles'>;
  permissions: PolicyValue<'permissions'>;
  /** Whether groups that mappings name are made at the destination where it lacks them. */
  createGroups: boolean;
  verification: PolicyValue<'verification'>;
  readBack: boolean;
  maxParallelTransfers: number;
  /** The first whose window is open holds; none for no limit. */
  bandwidth: readonly BandwidthLimit[];
  budgetShare: number;
  onBudgetExhausted: PolicyValue<'onBudgetExhausted'> | null;
}

export const TRANSFER_TYPES = ['COPY', 'MOVE', 'MIGRATE', 'PUBLISH', 'STRUCTURE', 'SYNC', 'SCAN'] as const;
export type TransferType = (typeof TRANSFER_TYPES)[number];

/** A publication puts back what was changed, and a migration leaves whatever is migrated. */
const CONFLICT: Readonly<Record<TransferType, PolicyValue<'conflict'>>> = {
  COPY: 'KEEP_BOTH',
  MOVE: 'KEEP_BOTH',
  MIGRATE: 'DESTINATION',
  PUBLISH: 'SOURCE',
  STRUCTURE: 'KEEP_BOTH',
  SYNC: 'KEEP_BOTH',
  SCAN: 'KEEP_BOTH',
};

/** What a job does about everything that its owner did not choose. */
export function defaultPolicies(transferType: TransferType): Policies {
  return {
    conflict: CONFLICT[transferType],
    existing: 'OVERWRITE_IF_DIFFERENT',
    deletions: transferType === 'SYNC' || transferType === 'PUBLISH' ? 'MIRROR' : 'IGNORE',
    deletePermanently: false,
    deletionGuard: { maxItems: 10, maxShare: 0.2 },
    duplicateNames: 'RENAME',
    failure: 'CONTINUE',
    retries: 3,
    largeItem: 'FLAG',
    maxItemBytes: null,
    zeroByteFile: 'TRANSFER',
    emptyFolders: 'CREATE',
    stopAfterRuns: null,
    stopAfterUnchangedRuns: null,
    stopAfterFailedRuns: null,
    maxVersions: null,
    versionsAsFiles: false,
    keepTimestamps: true,
    invalidCharacters: 'REPLACE',
    truncateLongNames: false,
    lockedFiles: 'FLAG',
    permissions: 'NONE',
    createGroups: false,
    verification: 'CHECKSUM',
    readBack: false,
    maxParallelTransfers: 4,
    bandwidth: [],
    budgetShare: 1,
    onBudgetExhausted: null,
  };
}
