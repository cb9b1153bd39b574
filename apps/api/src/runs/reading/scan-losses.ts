import type { LimitKind, Limits, PlatformKind } from '@sluice/core/platform';
import { defaultPolicies } from '@sluice/core/plan';
import type { ListedFigures } from '@sluice/core/run';
import { EMPTY_FILES } from '@sluice/core/scan';
import type { PlatformSide } from '../../connections/comparison.js';
import { findLosses, type Issue, type SideFacts } from '../../jobs/issues.js';

/** Facts that a limit is made of. */
const FACTS: Readonly<Record<LimitKind, readonly (keyof Limits)[]>> = {
  CASE_SENSITIVITY: ['isCaseSensitive', 'isUnicodeFormSensitive'],
  FORBIDDEN_CHARACTERS: ['forbiddenCharacters'],
  MAX_FILE_BYTES: ['maxFileBytes'],
  MAX_PATH_LENGTH: ['maxPathLength', 'pathLengthUnit'],
  MAX_SEGMENT_LENGTH: ['maxSegmentLength', 'segmentLengthUnit'],
  RESERVED_NAMES: ['reservedNames', 'reservedRootNames', 'reservedNameRule'],
  RESTRICTED_TYPES: ['restrictedTypes'],
  WHITESPACE: ['whitespaceRule'],
};

/**
 * What a copy of everything that was scanned could lose under the default policies, worst first. What concerns a limit tells
 * how many items it is about, as far as the scan counted them, and is left out where it is about none.
 */
export function lossesOf(
  figures: Pick<ListedFigures, 'nameProblems' | 'sizeClasses'>,
  source: SideFacts & { kind: PlatformKind },
  destination: PlatformSide,
): Issue[] {
  const transferType = 'COPY' as const;
  const found = findLosses({ source, destination, transferType, policies: defaultPolicies(transferType) });
  const countOf = (issue: Issue) =>
    issue.limit === null ? emptyFiles(issue, figures) : countedItems(issue.limit, figures, source.kind, destination);
  return found.map((issue) => ({ ...issue, itemCount: countOf(issue) })).filter(({ itemCount }) => itemCount !== 0);
}

/** Items beyond the limit; null where the scan did not hold them against this very limit. */
function countedItems(
  limit: LimitKind,
  { nameProblems }: Pick<ListedFigures, 'nameProblems'>,
  scanned: PlatformKind,
  { kind, limits, general }: PlatformSide,
): number | null {
  if (kind === scanned || FACTS[limit].some((fact) => !isEqual(limits?.[fact], general[fact]))) return null;
  return nameProblems.find((one) => one.platform === kind && one.limit === limit)?.itemCount ?? 0;
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function emptyFiles({ code }: Issue, { sizeClasses }: Pick<ListedFigures, 'sizeClasses'>): number | null {
  if (code !== 'PLATFORM_LIMIT') return null;
  return sizeClasses.find(({ label }) => label === EMPTY_FILES)?.fileCount ?? 0;
}
