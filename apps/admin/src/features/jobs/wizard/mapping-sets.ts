import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';

const MappingChoicesQuery = graphql(`
  query MappingChoices {
    mappingSets {
      id
      name
      kind
      sourcePlatform
      destinationPlatform
    }
  }
`);

export type MappingChoice = NonNullable<ResultOf<typeof MappingChoicesQuery>['mappingSets']>[number];

/** All mapping sets by name; null while they are read, and for those who may not see them. */
export function useMappingSets(): { sets: readonly MappingChoice[] | null; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery(MappingChoicesQuery, { fetchPolicy: 'cache-and-network' });
  return { sets: data?.mappingSets ?? null, error, retry: () => void refetch() };
}

/** A list in which one of its elements stands one place further up or down; the same list where there is no such place. */
export function shifted(ids: readonly string[], id: string, by: 1 | -1): string[] {
  const at = ids.indexOf(id);
  const other = ids[at + by];
  if (at < 0 || other === undefined) return [...ids];
  return ids.map((each) => (each === id ? other : each === other ? id : each));
}
