import { graphql, type ResultOf } from '@sluice/client/graphql';

export const PlatformComparisonQuery = graphql(`
  query PlatformComparison($source: ComparisonSideInput!, $destination: ComparisonSideInput!) {
    platformComparison(source: $source, destination: $destination) {
      group
      label
      sourceValue
      destinationValue
      verdict
      effect
    }
  }
`);
export type ComparisonRow = NonNullable<ResultOf<typeof PlatformComparisonQuery>['platformComparison']>[number];

/** Rows in the order of their groups, each group with its own. */
export function grouped(rows: readonly ComparisonRow[]): [ComparisonRow['group'], ComparisonRow[]][] {
  const groups = new Map<ComparisonRow['group'], ComparisonRow[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups];
}
