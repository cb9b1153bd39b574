import type { Capabilities, LimitKind, Limits, Support, SupportLevel } from '../platform/index.js';
import { featureTold, featureWay, had, wayOf, type ComparedFeature, type FeaturePolicies } from './features.js';
import { FITS, lengthTold, limitWay, listed, namesKept, printable, type LimitPolicies } from './limits.js';

/** Groups of rows, in their order; the public `ComparisonGroup`. */
export const COMPARISON_GROUPS = [
  'FILE_VERSIONS',
  'AUDIT_TRAIL',
  'LOCKS',
  'PATH_VALIDATION',
  'PERMISSIONS',
  'METADATA',
] as const;
export type ComparisonGroup = (typeof COMPARISON_GROUPS)[number];

/** The public `ComparisonVerdict`: nothing is lost, something is lost or changed, there is nothing to lose. */
export const COMPARISON_VERDICTS = ['COMPATIBLE', 'LOSSY', 'NOT_APPLICABLE'] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** One feature or limit on both sides, in words for people. */
export interface ComparisonRow {
  group: ComparisonGroup;
  /** Null in a row about a limit. */
  capability: ComparedFeature | null;
  /** Null in a row about a feature. */
  limit: LimitKind | null;
  label: string;
  sourceValue: string;
  destinationValue: string;
  verdict: ComparisonVerdict;
  /** Names the effect among those of its feature or limit. */
  way: string;
  /** What the engine does about it. */
  effect: string;
}

/** What one side can do and hold: a platform in general, or one connection. */
export interface ComparedSide {
  capabilities: Capabilities;
  limits: Limits;
}

export type ComparisonPolicies = FeaturePolicies & LimitPolicies;

type Subject = { capability: ComparedFeature } | { limit: LimitKind };

/** The rows of every comparison, in their order. */
const ROWS: readonly [ComparisonGroup, string, Subject][] = [
  ['FILE_VERSIONS', 'Versions', { capability: 'VERSION_PRESERVATION' }],
  ['AUDIT_TRAIL', 'Times', { capability: 'TIMESTAMP_PRESERVATION' }],
  ['AUDIT_TRAIL', 'Authors and owners', { capability: 'AUTHOR_PRESERVATION' }],
  ['LOCKS', 'Locks', { capability: 'FILE_LOCK_PROPAGATION' }],
  ['LOCKS', 'Holders of locks', { capability: 'MIRROR_LOCK_OWNERSHIP' }],
  ['PATH_VALIDATION', 'Invalid characters', { limit: 'FORBIDDEN_CHARACTERS' }],
  ['PATH_VALIDATION', 'File size', { limit: 'MAX_FILE_BYTES' }],
  ['PATH_VALIDATION', 'Path length', { limit: 'MAX_PATH_LENGTH' }],
  ['PATH_VALIDATION', 'Name length', { limit: 'MAX_SEGMENT_LENGTH' }],
  ['PATH_VALIDATION', 'Restricted types', { limit: 'RESTRICTED_TYPES' }],
  ['PATH_VALIDATION', 'Reserved names', { limit: 'RESERVED_NAMES' }],
  ['PATH_VALIDATION', 'White space in names', { limit: 'WHITESPACE' }],
  ['PATH_VALIDATION', 'Letter case', { limit: 'CASE_SENSITIVITY' }],
  ['PERMISSIONS', 'Accounts', { capability: 'ACCOUNT_MAP' }],
  ['PERMISSIONS', 'Groups', { capability: 'GROUP_MAP' }],
  ['PERMISSIONS', 'Rights', { capability: 'PERMISSION_PRESERVATION' }],
  ['PERMISSIONS', 'Impersonation', { capability: 'USER_IMPERSONATION' }],
  ['METADATA', 'Metadata', { capability: 'METADATA_MAP' }],
  ['METADATA', 'Tags', { capability: 'TAGS_MAP' }],
];
export const COMPARISON_ROWS = ROWS.length;

/** Sets two sides beside one another: always `COMPARISON_ROWS` rows, in the order of their groups. */
export function compare(
  source: ComparedSide,
  destination: ComparedSide,
  policies: ComparisonPolicies,
): ComparisonRow[] {
  return ROWS.map(([group, label, subject]) => ({
    group,
    label,
    ...('limit' in subject
      ? limitRow(subject.limit, source, destination, policies)
      : featureRow(subject.capability, source, destination, policies)),
  }));
}

type Compared = Omit<ComparisonRow, 'group' | 'label'>;

function featureRow(
  capability: ComparedFeature,
  { capabilities: source }: ComparedSide,
  { capabilities: destination }: ComparedSide,
  policies: ComparisonPolicies,
): Compared {
  const way = wayOf(capability, { source, destination }, policies);
  const [from, to] = [source[capability], destination[capability]];
  const { from: isGiven } = had(from, to);
  return {
    ...{ capability, limit: null, way },
    sourceValue: supportTold({ ...from, level: from.asSource ?? from.level }),
    destinationValue: supportTold(to),
    verdict: !isGiven ? 'NOT_APPLICABLE' : featureWay(capability, way).loss === null ? 'COMPATIBLE' : 'LOSSY',
    effect: featureTold(capability, way, policies),
  };
}

function limitRow(
  limit: LimitKind,
  { limits: source }: ComparedSide,
  { limits: destination }: ComparedSide,
  policies: ComparisonPolicies,
): Compared {
  const found = limitWay(limit, { source, destination }, policies);
  return {
    ...{ capability: null, limit, way: found?.way ?? FITS },
    sourceValue: LIMIT_VALUES[limit](source),
    destinationValue: LIMIT_VALUES[limit](destination),
    verdict: found === null ? 'COMPATIBLE' : 'LOSSY',
    effect: found?.told ?? 'The destination takes all that the source can have.',
  };
}

const LEVELS: Readonly<Record<SupportLevel, string>> = {
  FULL: 'Yes',
  LIMITED: 'In part',
  EMULATED: 'Imitated',
  NONE: 'No',
};

const supportTold = ({ level, note }: Support) => (note ? `${LEVELS[level]}. ${note}` : LEVELS[level]);

const LIMIT_VALUES: Readonly<Record<LimitKind, (limits: Limits) => string>> = {
  FORBIDDEN_CHARACTERS: ({ forbiddenCharacters }) => listed(forbiddenCharacters.map(printable), ' ') ?? 'None',
  MAX_FILE_BYTES: ({ maxFileBytes }) => (maxFileBytes === null ? 'No limit' : `${maxFileBytes} bytes`),
  MAX_PATH_LENGTH: ({ maxPathLength, pathLengthUnit }) => lengthOrNone(maxPathLength, pathLengthUnit),
  MAX_SEGMENT_LENGTH: ({ maxSegmentLength, segmentLengthUnit }) => lengthOrNone(maxSegmentLength, segmentLengthUnit),
  RESTRICTED_TYPES: ({ restrictedTypes }) => listed(restrictedTypes, ', ') ?? 'None',
  RESERVED_NAMES: (limits) => listed(namesKept(limits), ', ') ?? 'None',
  WHITESPACE: ({ whitespaceRule }) => whitespaceRule ?? 'Kept as it is',
  CASE_SENSITIVITY: ({ isCaseSensitive }) => (isCaseSensitive ? 'Distinguishes names' : 'Does not distinguish names'),
};

const lengthOrNone = (length: number | null, unit: Limits['pathLengthUnit']) =>
  length === null ? 'No limit' : lengthTold(length, unit);
