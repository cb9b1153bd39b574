import { useQuery } from '@apollo/client/react';
import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ListError, usePages } from '../../graphql/pages.js';
import { useChanges } from '../../graphql/use-changes.js';
import { t } from './words.js';

export type Kind = EnumOf<'MappingKind'>;
export type Match = EnumOf<'MappingMatch'>;
export type PlatformKey = EnumOf<'PlatformKey'>;

export const SetFields = graphql(`
  fragment SetFields on MappingSet {
    id
    version
    name
    kind
    sourcePlatform
    destinationPlatform
    automaticMatches
    exclusions
    unmapped
    defaultTarget
    updatedAt
  }
`);

export const SetsQuery = graphql(
  `
    query MappingSets($kinds: [MappingKind!]) {
      mappingSets(kinds: $kinds) {
        ...SetFields
      }
      platforms {
        key
        displayName
      }
    }
  `,
  [SetFields],
);
export type MappingSet = NonNullable<ResultOf<typeof SetsQuery>['mappingSets']>[number];
export type Platforms = NonNullable<ResultOf<typeof SetsQuery>['platforms']>;

export type Platform = Platforms[number];

export const platformName = (platforms: Platforms, key: PlatformKey): string =>
  platforms.find((one) => one.key === key)?.displayName ?? key;

const SetQuery = graphql(
  `
    query MappingSet($id: ID!) {
      mappingSet(id: $id) {
        ...SetFields
        metadataRules {
          destinationField
          sourceField
          fixedValue
          template
          defaultValue
          choices {
            from
            to
          }
          isRequired
        }
      }
      platforms {
        key
        displayName
      }
    }
  `,
  [SetFields],
);
type SetResult = ResultOf<typeof SetQuery>;
export type FullSet = NonNullable<SetResult['mappingSet']>;
export type Rule = FullSet['metadataRules'][number];

/** A set with its rules, and the names of the platforms. */
export interface SetPage {
  set: FullSet;
  platforms: Platforms;
  /** Reads the set again. */
  again: () => void;
}

/** A set as it is now; null when it is gone. */
export async function readSet(id: string): Promise<FullSet | null> {
  const { data } = await client.query({ query: SetQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.mappingSet ?? null;
}

/** Null until it is read; `isGone` where there is no such set. */
export function useMappingSet(id: string) {
  const { data, error, refetch } = useQuery(SetQuery, { variables: { id } });
  const again = () => void refetch();
  useChanges(['MAPPING_SET'], again);
  const page: SetPage | null = data?.mappingSet
    ? { set: data.mappingSet, platforms: data.platforms ?? [], again }
    : null;
  return { page, error: page ? undefined : error, isGone: data?.mappingSet === null && error === undefined, again };
}

const EntriesQuery = graphql(`
  query MappingEntries($id: ID!, $search: String, $after: String) {
    mappingSet(id: $id) {
      id
      version
      entries(search: $search, first: 100, after: $after) {
        nodes {
          id
          sourceKey
          destinationKey
        }
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
export type Entry = NonNullable<ResultOf<typeof EntriesQuery>['mappingSet']>['entries']['nodes'][number];

type Entries = NonNullable<ResultOf<typeof EntriesQuery>['mappingSet']>;

async function readEntries(id: string, search: string, after: string | null): Promise<Entries | null> {
  const variables = { id, search: search || null, after };
  const { data } = await client.query({ query: EntriesQuery, variables, fetchPolicy: 'no-cache' });
  return data?.mappingSet ?? null;
}

/** Entries with `search` in either name; `version` is that of the set, so that a change reads them again. */
export function useEntries({ id, version }: FullSet, search: string) {
  return usePages(`${id} ${version} ${search}`, async (after) => {
    const set = await readEntries(id, search, after);
    if (!set) throw new ListError(t('noSuch'));
    return set.entries;
  });
}

/** A set's version, and its entry of this name at the source as it is then, null where it has none; null when the set is gone. */
export async function readEntry(
  id: string,
  sourceKey: string,
): Promise<{ version: number; entry: Entry | null } | null> {
  const first = await readEntries(id, sourceKey, null);
  let set = first;
  while (set && first) {
    const { nodes, pageInfo }: Entries['entries'] = set.entries;
    const entry = nodes.find((one) => one.sourceKey === sourceKey);
    if (entry || !pageInfo.hasNextPage) return { version: first.version, entry: entry ?? null };
    set = await readEntries(id, sourceKey, pageInfo.endCursor);
  }
  return null;
}

export const SuggestionsQuery = graphql(`
  query MappingSuggestions($kind: MappingKind!, $sourceId: ID!, $destinationId: ID!, $set: ID!, $search: String) {
    mappingSuggestions(
      kind: $kind
      sourceConnectionId: $sourceId
      destinationConnectionId: $destinationId
      mappingSetId: $set
      search: $search
      first: 200
    ) {
      source {
        key
        label
        email
      }
      destination {
        key
        label
        email
      }
      match
      confidence
    }
  }
`);
export type Suggestion = NonNullable<ResultOf<typeof SuggestionsQuery>['mappingSuggestions']>[number];

export const PreviewQuery = graphql(`
  query MappingPreview($id: ID!, $location: LocationInput!) {
    mappingPreview(mappingSetId: $id, location: $location, first: 200) {
      entry {
        remoteId
        kind
        name
        path
      }
      destinationField
      sourceValue
      destinationValue
      match
      problem
    }
  }
`);
export type PreviewRow = NonNullable<ResultOf<typeof PreviewQuery>['mappingPreview']>[number];

const JobsQuery = graphql(`
  query MappingJobs($filter: JobFilter!, $after: String) {
    jobs(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        name
        transferType
        state
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type Job = NonNullable<ResultOf<typeof JobsQuery>['jobs']>['nodes'][number];

export function useSetJobs(id: string) {
  return usePages(id, async (after) => {
    const variables = { filter: { mappingSetIds: [id] }, after };
    const { data } = await client.query({ query: JobsQuery, variables, fetchPolicy: 'no-cache' });
    return data?.jobs ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };
  });
}

const NamesQuery = graphql(`
  query MappingNames($id: ID!, $kind: MappingKind!, $search: String) {
    connection(id: $id) {
      id
      directory(kind: $kind, search: $search) {
        key
        label
      }
    }
  }
`);

/** Names of a connection that hold the text, to be offered; none where the platform gives none. */
export function useNames(connection: { id: string } | undefined, kind: Kind, search: string) {
  const { data } = useQuery(NamesQuery, {
    variables: { id: connection?.id ?? '', kind, search: search || null },
    skip: connection === undefined,
    fetchPolicy: 'no-cache',
  });
  return data?.connection?.directory ?? [];
}
