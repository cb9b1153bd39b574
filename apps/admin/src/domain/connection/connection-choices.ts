import { useQuery } from '@apollo/client/react';
import type { NativeSelectProps } from '@mantine/core';
import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';

/** What a connection is chosen and listed by: its platform, and the place that it leads to. */
export const ChoiceFields = graphql(`
  fragment ChoiceFields on ConnectionProfile {
    id
    name
    platform {
      key
      displayName
    }
    settings {
      __typename
      ... on NetworkFileShareSettings {
        location
      }
      ... on ObjectStorageSettings {
        bucket
      }
      ... on ProcoreSettings {
        projectName
      }
    }
  }
`);

const FirstQuery = graphql(
  `
    query FirstConnections($platforms: [PlatformKey!]) {
      connections(first: 100, filter: { platforms: $platforms }) {
        nodes {
          ...ChoiceFields
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [ChoiceFields],
);

const FoundQuery = graphql(
  `
    query FoundConnections($platforms: [PlatformKey!], $name: String) {
      connections(first: 50, filter: { platforms: $platforms, nameContains: $name }) {
        nodes {
          ...ChoiceFields
        }
      }
    }
  `,
  [ChoiceFields],
);

const KnownQuery = graphql(
  `
    query KnownConnections($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on ConnectionProfile {
          ...ChoiceFields
        }
      }
    }
  `,
  [ChoiceFields],
);

type PlatformKey = EnumOf<'PlatformKey'>;

/** A connection that one can choose. */
export interface ConnectionChoice {
  id: string;
  name: string;
  /** The project, the folder or the bucket that it leads to. */
  detail: string;
  platform: PlatformKey;
}

type Common = 'label' | 'aria-label' | 'description' | 'error' | 'withAsterisk' | 'name' | 'size' | 'maw' | 'className';

/** What a choice of a connection is given, however many there are. */
export interface PickerProps extends Pick<NativeSelectProps, Common> {
  /** What can be chosen beside connections. */
  before?: readonly { group: string; items: { value: string; label: string }[] }[];
  /** What no choice is called; absent where there always is one. */
  empty?: string;
  labelOf: (connection: ConnectionChoice) => string;
  /** Identifier of a connection, or what stands before them; empty for none. */
  value: string;
  onChange: (value: string) => void;
}

function choiceOf({ id, name, platform, settings }: ResultOf<typeof ChoiceFields>): ConnectionChoice {
  const detail =
    settings.__typename === 'ProcoreSettings'
      ? (settings.projectName ?? platform.displayName)
      : settings.__typename === 'NetworkFileShareSettings'
        ? settings.location
        : settings.bucket;
  return { id, name, platform: platform.key, detail };
}

const only = (platform: PlatformKey | null) => (platform === null ? null : [platform]);

/** The first 100 connections by name, of one platform or of all, where they are wanted; `choices` is null until they are read. */
export function useFirstConnections(platform: PlatformKey | null = null, isWanted = true) {
  const { data, error, refetch } = useQuery(FirstQuery, {
    variables: { platforms: only(platform) },
    skip: !isWanted,
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  return {
    choices: data?.connections ? data.connections.nodes.map(choiceOf) : null,
    /** Whether there are others, which are found by a part of their name. */
    isMore: data?.connections?.pageInfo.hasNextPage ?? false,
    error: data ? undefined : error,
    refetch,
  };
}

/** The first 50 connections with this text in their name. */
export function useFoundConnections(name: string, platform: PlatformKey | null): ConnectionChoice[] {
  const { data, previousData } = useQuery(FoundQuery, {
    variables: { platforms: only(platform), name: name || null },
    fetchPolicy: 'cache-and-network',
  });
  return ((data ?? previousData)?.connections?.nodes ?? []).map(choiceOf);
}

/** The connections with these identifiers, at most 100, as far as they exist; null until they are read. */
export function useKnownConnections(ids: readonly string[]): ConnectionChoice[] | null {
  const { data, previousData } = useQuery(KnownQuery, { variables: { ids: [...ids] }, skip: ids.length === 0 });
  if (ids.length === 0) return [];
  const nodes = (data ?? previousData)?.nodes;
  return nodes ? nodes.flatMap((node) => (node?.__typename === 'ConnectionProfile' ? [choiceOf(node)] : [])) : null;
}
