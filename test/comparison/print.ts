import { compare, type ComparisonGroup, type ComparisonRow } from '@sluice/core/compare';
import { defaultPolicies } from '@sluice/core/plan';
import type { PlatformDescription } from '@sluice/core/platform';
import { PROOFS, proofOf, subjectOf } from './proofs.js';

const INTRODUCTION = `# What comes along, and what does not

What one platform has and another can hold, for every pair of platforms, and what a job with the default policies does about it.
It is computed from the facts that each connector states, by the tables of \`packages/core/src/compare\`, which the engine, the
check of a job and \`platformComparison\` of the API use as well. This page is printed from them, and compared by a test. The last
column names the test of \`test/comparison/engine.test.ts\` that copies files with the engine and looks at what arrived.`;

const OTHERS = `## Other policies

What the policies of a job change about it, with the test behind each.`;

const GROUPS: Readonly<Record<ComparisonGroup, string>> = {
  FILE_VERSIONS: 'versions',
  AUDIT_TRAIL: 'times and authors',
  LOCKS: 'locks',
  PATH_VALIDATION: 'names, paths, sizes and types',
  PERMISSIONS: 'accounts, groups and rights',
  METADATA: 'metadata and tags',
};

const VERDICTS: Readonly<Record<ComparisonRow['verdict'], string>> = {
  COMPATIBLE: 'nothing is lost',
  LOSSY: '**lossy**',
  NOT_APPLICABLE: 'nothing to lose',
};

/** `docs/platform-comparison.md`: all pairs of the platforms, and at its end the ways that need other policies. */
export function printComparisons(platforms: readonly PlatformDescription[]): string {
  const pairs = platforms.flatMap((from) => platforms.map((to) => [from, to] as const));
  const rows = pairs.map(([from, to]) => compare(from, to, defaultPolicies('COPY')));
  const parts = pairs.flatMap(([from, to], index) => [
    `## ${from.displayName} → ${to.displayName}`,
    table(['', from.displayName, to.displayName, '', 'What happens', 'Test'], rows[index]!.map(cellsOf)),
  ]);
  const others = table(['', 'Way', 'Test'], unprinted(rows.flat()));
  return `${[INTRODUCTION, ...parts, OTHERS, others].join('\n\n')}\n`;
}

const cellsOf = (row: ComparisonRow) => [
  `**${row.label}** (${GROUPS[row.group]})`,
  row.sourceValue,
  row.destinationValue,
  VERDICTS[row.verdict],
  row.effect,
  proofOf(row).name,
];

/** Ways that no pair of platforms takes under the default policies. */
function unprinted(rows: readonly ComparisonRow[]): string[][] {
  const printed = new Set(rows.map((row) => `${subjectOf(row)} ${row.way}`));
  return Object.entries(PROOFS).flatMap(([subject, ways]) =>
    Object.entries(ways).flatMap(([way, { name }]) => (printed.has(`${subject} ${way}`) ? [] : [[subject, way, name]])),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heads, heads.map(() => '---'), ...rows];
  return cells.map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n');
}

/** Characters that a table or emphasis is made of, in what the platforms tell. */
const escaped = (text: string) => text.replace(/[|\\<]|(?<=^| )[*](?=$|[ )])/g, '\\$&');
