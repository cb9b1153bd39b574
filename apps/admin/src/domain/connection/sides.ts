import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';

/** Platforms that can be a side. */
export const SidesQuery = graphql(`
  query Sides {
    platforms {
      key
      displayName
    }
  }
`);
export type Sides = ResultOf<typeof SidesQuery>;

/** A side as it stands in the address of a page: `PROCORE`, or the identifier of a connection. */
export type SideInput = { platform: EnumOf<'PlatformKey'> } | { connectionId: string };

/** A side for the request; one that is not among the platforms is a connection. */
export function sideOf(choice: string, { platforms }: Pick<Sides, 'platforms'>): SideInput {
  const platform = (platforms ?? []).find(({ key }) => key === choice);
  return platform ? { platform: platform.key } : { connectionId: choice };
}
