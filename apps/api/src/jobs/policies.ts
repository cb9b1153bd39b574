import {
  defaultPolicies,
  type ChosenPolicy,
  type Policies,
  type PolicyValue,
  type TransferType,
} from '@sluice/core/plan';
import type { Problems } from '../problems.js';
import { unsuited } from './policies-of-type.js';
import { checkLimits, limitsOf } from './bandwidth.js';
import type { JobPoliciesInput } from './policies.types.js';

/** Policies that differ from the defaults, as a job keeps them. */
export type OwnPolicies = Partial<Policies>;

export function effectivePolicies(transferType: TransferType, own: OwnPolicies): Policies {
  return { ...defaultPolicies(transferType), ...own };
}

/** Lays an input over a job's own policies: absent stays, null returns to the default. */
export function mergePolicies(own: OwnPolicies, input: JobPoliciesInput | null | undefined): OwnPolicies {
  const merged: Record<string, unknown> = { ...own };
  for (const [name, value] of Object.entries(input ?? {})) {
    if (value === null) delete merged[name];
    else if (value === undefined) continue;
    else if (name === 'bandwidth') merged[name] = limitsOf(input?.bandwidth ?? []);
    else merged[name] = name === 'deletionGuard' ? { ...(value as object) } : value;
  }
  return merged;
}

/** When a job ends by itself. */
export const STOP_LIMITS = ['stopAfterRuns', 'stopAfterUnchangedRuns', 'stopAfterFailedRuns'] as const;
const MAX_STOP_RUNS = 1_000_000;
const MAX_VERSIONS = 1_000;

type PolicyCheck = (policies: Policies) => string | null;

const outside = (value: number, from: number, to: number) => !Number.isFinite(value) || value < from || value > to;
const notYet = (what: string, use: string) => `${what} is not carried out by this version; use ${use}.`;

const stopProblem = (runs: number | null) =>
  runs !== null && outside(runs, 1, MAX_STOP_RUNS)
    ? 'The number of runs must be from 1 to 1,000,000, or null for never.'
    : null;

/** A smaller share of the usual 600 or 3,600 calls is hardly one in an hour. */
const MIN_BUDGET_SHARE = 0.001;

/** Values outside their range. */
const RANGES: Partial<Record<keyof Policies, PolicyCheck>> = {
  retries: ({ retries }) => (outside(retries, 1, 20) ? 'Retries must be from 1 to 20.' : null),
  maxItemBytes: ({ maxItemBytes }) =>
    maxItemBytes !== null && maxItemBytes < 1 ? 'The largest size must be at least 1 byte.' : null,
  maxVersions: ({ maxVersions }) =>
    maxVersions !== null && outside(maxVersions, 1, MAX_VERSIONS)
      ? 'The number of versions must be from 1 to 1,000, or null for all.'
      : null,
  maxParallelTransfers: (p) =>
    outside(p.maxParallelTransfers, 1, 64) ? 'Files in transfer must be from 1 to 64.' : null,
  budgetShare: (p) =>
    outside(p.budgetShare, MIN_BUDGET_SHARE, 1) ? 'Give a share of the hour’s calls from 0.001 to 1.' : null,
  deletionGuard: ({ deletionGuard: guard }) =>
    guard.maxItems < 0 || outside(guard.maxShare, 0, 1) ? 'Give at least 0 items and a share from 0 to 1.' : null,
  ...Object.fromEntries(STOP_LIMITS.map((name) => [name, (policies: Policies) => stopProblem(policies[name])])),
};

/** Whether this version carries out a value that the schema knows; it refuses the others rather than ignoring them. */
const IS_CARRIED_OUT: {
  readonly [Name in Exclude<ChosenPolicy, 'deletions'>]: Readonly<Record<PolicyValue<Name>, boolean>>;
} = {
  conflict: { KEEP_BOTH: true, LATEST: true, SOURCE: true, DESTINATION: true, FLAG: true },
  existing: { OVERWRITE_IF_DIFFERENT: true, SKIP: true, FLAG: true },
  duplicateNames: { RENAME: true, FLAG: true },
  failure: { CONTINUE: true, HALT: true },
  largeItem: { FLAG: true, SKIP: true },
  zeroByteFile: { TRANSFER: true, SKIP: true, FLAG: true },
  emptyFolders: { CREATE: true, SKIP: true },
  invalidCharacters: { REPLACE: true, PERCENT_ENCODE: true, FLAG: true },
  lockedFiles: { FLAG: true, SKIP: true, PROPAGATE: true },
  permissions: { NONE: true, PRIVACY_FLAG: true, REPORT: false },
  verification: { CHECKSUM: true, SIZE: true, NONE: true },
  onBudgetExhausted: { WAIT: true, CARRY_OVER: true },
};

/** The values of a policy that this version carries out. */
function carriedOutValues(name: keyof typeof IS_CARRIED_OUT): string[] {
  return Object.entries(IS_CARRIED_OUT[name]).flatMap(([value, isCarriedOut]) => (isCarriedOut ? [value] : []));
}

function refusedChoice(policies: Policies, name: keyof typeof IS_CARRIED_OUT): string | null {
  const value: string | null = policies[name];
  const usable = carriedOutValues(name);
  return value === null || usable.includes(value) ? null : notYet(value, usable.join(' or '));
}

/** Adds what is wrong with the policies of a job of that type, each at its field. */
export function checkPolicies(
  transferType: TransferType,
  policies: Policies,
  problems: Problems,
  path: readonly string[],
): void {
  for (const [name, check] of Object.entries(RANGES)) {
    const message = check(policies);
    if (message !== null) problems.add('OUT_OF_RANGE', [...path, name], message);
  }
  for (const name of Object.keys(IS_CARRIED_OUT) as (keyof typeof IS_CARRIED_OUT)[]) {
    const message = refusedChoice(policies, name);
    if (message !== null) problems.add('INVALID', [...path, name], message);
  }
  checkLimits(policies.bandwidth, problems, [...path, 'bandwidth']);
  for (const [name, message] of unsuited(transferType, policies)) problems.add('INVALID', [...path, name], message);
}
