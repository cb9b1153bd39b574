/** Policies and behaviours of a job; names and meanings are those of the public `JobPolicies`. */
export interface Policies {
  conflict: 'KEEP_BOTH' | 'LATEST' | 'SOURCE' | 'DESTINATION' | 'FLAG';
  existing: 'OVERWRITE_IF_DIFFERENT' | 'SKIP' | 'FLAG';
  deletions: 'IGNORE' | 'MIRROR' | 'IGNORE_SOURCE' | 'IGNORE_DESTINATION' | 'IGNORE_BOTH';
  deletePermanently: boolean;
  /** The larger of both; `maxShare` is a share of the ledger, 0 to 1. */
  deletionGuard: { maxItems: number; maxShare: number };
  duplicateNames: 'RENAME' | 'FLAG';
  failure: 'CONTINUE' | 'HALT';
  /** Runs that try an item before it is flagged. */
  retries: number;
  largeItem: 'FLAG' | 'SKIP';
  maxItemBytes: number | null;
  zeroByteFile: 'TRANSFER' | 'SKIP' | 'FLAG';
  emptyFolders: 'CREATE' | 'SKIP';
  stopAfterRuns: number | null;
  stopAfterUnchangedRuns: number | null;
  stopAfterFailedRuns: number | null;
  maxVersions: number | null;
  keepTimestamps: boolean;
  invalidCharacters: 'REPLACE' | 'PERCENT_ENCODE' | 'FLAG';
  truncateLongNames: boolean;
  lockedFiles: 'FLAG' | 'SKIP' | 'PROPAGATE';
  permissions: 'NONE' | 'PRIVACY_FLAG' | 'REPORT';
  verification: 'CHECKSUM' | 'SIZE' | 'NONE';
  readBack: boolean;
  maxParallelTransfers: number;
  budgetShare: number;
  onBudgetExhausted: 'WAIT' | 'CARRY_OVER' | null;
}

export type TransferType = 'COPY' | 'MOVE' | 'MIGRATE' | 'PUBLISH' | 'STRUCTURE' | 'SYNC' | 'SCAN';

/** Defaults of product.md §4. */
export function defaultPolicies(transferType: TransferType): Policies {
  return {
    conflict: 'KEEP_BOTH',
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
    keepTimestamps: true,
    invalidCharacters: 'REPLACE',
    truncateLongNames: false,
    lockedFiles: 'FLAG',
    permissions: 'NONE',
    verification: 'CHECKSUM',
    readBack: false,
    maxParallelTransfers: 4,
    budgetShare: 1,
    onBudgetExhausted: null,
  };
}
