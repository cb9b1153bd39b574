import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';

/** Sides that one can choose: every platform, and connections by name. */
export const ComparisonSidesQuery = graphql(`
  query ComparisonSides {
    platforms {
      key
      displayName
    }
    connections(first: 100) {
      totalCount
      nodes {
        id
        name
      }
    }
  }
`);
export type Sides = ResultOf<typeof ComparisonSidesQuery>;

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

/** A side as it stands in the page's address: `PROCORE`, or the identifier of a connection. */
export type SideInput = { platform: EnumOf<'PlatformKey'> } | { connectionId: string };

/** A side for the request; one that is not among the platforms is a connection. */
export function sideOf(choice: string, platforms: NonNullable<Sides['platforms']>): SideInput {
  const platform = platforms.find(({ key }) => key === choice);
  return platform ? { platform: platform.key } : { connectionId: choice };
}

/** Rows in the order of their groups, each group with its own. */
export function grouped(rows: readonly ComparisonRow[]): [ComparisonRow['group'], ComparisonRow[]][] {
  const groups = new Map<ComparisonRow['group'], ComparisonRow[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups];
}
