import type { Policies } from '../data.js';
import { t } from './words.js';

export type PolicyName = keyof Policies;
export type PolicyValue = string | number | boolean | null;

/** Types of transfer for which a form offers a value. */
const ALL = 'ALL';
type Offered = typeof ALL | readonly string[];
type PolicyOptions<Value extends string = string> = Readonly<Record<Value, Offered>>;

/**
 * A policy as the form shows it: every value of a choice, a range for a number (and its step where that is less than one), a
 * mark where it may be left empty, and neither for yes or no. Its words are in the catalogue, by its name.
 */
type FieldOf<Name extends PolicyName> = { name: Name } & (Policies[Name] extends string
  ? { options: PolicyOptions<Policies[Name]> }
  : Policies[Name] extends number
    ? { range: readonly [number, number]; step?: number }
    : Policies[Name] extends number | null
      ? { range: readonly [number, number]; mayBeNone: true }
      : Policies[Name] extends string | null
        ? { options: PolicyOptions<NonNullable<Policies[Name]>>; mayBeNone: true }
        : { options?: never; range?: never });

const FIELDS = [
  { name: 'existing', options: { OVERWRITE_IF_DIFFERENT: ALL, SKIP: ALL, FLAG: ALL } },
  { name: 'conflict', options: { KEEP_BOTH: ALL, LATEST: ALL, SOURCE: ALL, DESTINATION: ALL, FLAG: ALL } },
  {
    name: 'deletions',
    options: {
      IGNORE: ['COPY'],
      MIRROR: ALL,
      IGNORE_SOURCE: ['SYNC'],
      IGNORE_DESTINATION: ['SYNC'],
      IGNORE_BOTH: ['SYNC'],
    },
  },
  { name: 'deletePermanently' },
  { name: 'duplicateNames', options: { RENAME: ALL, FLAG: ALL } },
  { name: 'invalidCharacters', options: { REPLACE: ALL, PERCENT_ENCODE: ALL, FLAG: ALL } },
  { name: 'truncateLongNames' },
  { name: 'largeItem', options: { FLAG: ALL, SKIP: ALL } },
  { name: 'maxItemBytes', range: [1, Number.MAX_SAFE_INTEGER], mayBeNone: true },
  { name: 'zeroByteFile', options: { TRANSFER: ALL, SKIP: ALL, FLAG: ALL } },
  { name: 'emptyFolders', options: { CREATE: ALL, SKIP: ALL } },
  { name: 'lockedFiles', options: { FLAG: ALL, SKIP: ALL, PROPAGATE: ALL } },
  { name: 'maxVersions', range: [1, 1000], mayBeNone: true },
  { name: 'versionsAsFiles' },
  { name: 'keepTimestamps' },
  { name: 'permissions', options: { NONE: ALL, PRIVACY_FLAG: ALL, REPORT: [] } },
  { name: 'createGroups' },
  { name: 'failure', options: { CONTINUE: ALL, HALT: ALL } },
  { name: 'retries', range: [1, 20] },
  {
    name: 'verification',
    options: {
      CHECKSUM: ALL,
      SIZE: ['COPY', 'MIGRATE', 'MOVE', 'PUBLISH', 'SYNC'],
      NONE: ['COPY', 'MIGRATE', 'PUBLISH', 'SCAN', 'SYNC'],
    },
  },
  { name: 'readBack' },
  { name: 'maxParallelTransfers', range: [1, 64] },
  { name: 'budgetShare', range: [0.001, 1], step: 0.05 },
  { name: 'onBudgetExhausted', options: { WAIT: ALL, CARRY_OVER: ALL }, mayBeNone: true },
  { name: 'stopAfterRuns', range: [1, 1_000_000], mayBeNone: true },
  { name: 'stopAfterUnchangedRuns', range: [1, 1_000_000], mayBeNone: true },
  { name: 'stopAfterFailedRuns', range: [1, 1_000_000], mayBeNone: true },
] as const satisfies readonly { [Name in PolicyName]: FieldOf<Name> }[PolicyName][];

/** Every policy that is asked of the server is on the form. */
export type ListedPolicy = (typeof FIELDS)[number]['name'];

export interface PolicyField {
  name: ListedPolicy;
  options?: PolicyOptions;
  range?: readonly [number, number];
  /** Of a number that need not be whole. */
  step?: number;
  /** Whether no number or no choice is a value too. */
  mayBeNone?: true;
}

/** All policies, those together that are about one matter. */
export const POLICY_FIELDS: readonly PolicyField[] = FIELDS;

/** What a policy is called; some have another name where nothing is transferred. */
export const policyLabel = (name: ListedPolicy, type: string): string =>
  (type === 'SCAN' ? t.known('scanLabel', name) : undefined) ?? t(`policyLabel.${name}`);

/** What there is to know before one changes it. */
export const policyHelp = (name: ListedPolicy, type: string): string =>
  (type === 'SCAN' ? t.known('scanHelp', name) : undefined) ?? t(`policyHelp.${name}`);

/** What a policy does unless it is changed, in one sentence. */
export function defaultSentence(name: ListedPolicy, value: PolicyValue, type: string): string {
  const key = `${name}_${String(value)}`;
  const sentence = t.known('policyDefault', `${type}_${key}`) ?? t.known('policyDefault', key);
  return sentence ?? t('defaultValue', { value: policyWord(name, value, type) });
}

/** Words for no number or no choice. */
export const noneWord = (name: PolicyName): string => t.known('policyNone', name) ?? t('none');

/** Those policies that differ from where the form began. */
export function changedPolicies(from: Policies, to: Policies): Partial<Policies> {
  const changed = (Object.keys(to) as PolicyName[]).filter((name) => to[name] !== from[name]);
  return Object.fromEntries(changed.map((name) => [name, to[name]]));
}

/** Values of a choice that a form offers for a type of transfer. */
export function offeredValues({ options = {} }: Pick<PolicyField, 'options'>, type: string): string[] {
  return Object.entries(options).flatMap(([value, types]) =>
    types === ALL || types.some((one) => one === type) ? [value] : [],
  );
}

type Choice = Extract<(typeof FIELDS)[number], { options: object }>['name'];

/** Words of a policy's value. */
export function policyWord(name: PolicyName, value: PolicyValue, type = ''): string {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (value === null) return noneWord(name);
  const ofScan =
    type === 'SCAN' && name === 'verification' ? t.known('scanVerificationValue', String(value)) : undefined;
  return ofScan ?? t.known(`${name as Choice}Value`, String(value)) ?? String(value);
}

/** Names and words of those policies that differ from the defaults. */
export function policyDifferences(defaults: Policies, policies: Policies, type = ''): [string, string][] {
  const changed = changedPolicies(defaults, policies);
  return POLICY_FIELDS.flatMap(({ name }) => {
    const value = changed[name];
    return value === undefined ? [] : [[policyLabel(name, type), policyWord(name, value, type)] as [string, string]];
  });
}
