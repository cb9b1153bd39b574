import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { ChoiceFields } from '../../domain/connection/connection-choices.js';
import { client } from '../../graphql/client.js';
import { usePages } from '../../graphql/pages.js';
import { HealthFields } from './data.js';
import { useConnectionEvents } from './live.js';

const ConnectionsQuery = graphql(
  `
    query Connections($filter: ConnectionProfileFilter, $after: String) {
      connections(filter: $filter, first: 50, after: $after) {
        totalCount
        nodes {
          ...HealthFields
          ...ChoiceFields
          settings {
            ... on ProcoreSettings {
              companyName
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [HealthFields, ChoiceFields],
);
export type Row = NonNullable<ResultOf<typeof ConnectionsQuery>['connections']>['nodes'][number];
export type Filter = NonNullable<VariablesOf<typeof ConnectionsQuery>['filter']>;

const PlatformNames = graphql(`
  query PlatformNames {
    platforms {
      key
      displayName
    }
  }
`);
export type PlatformName = NonNullable<ResultOf<typeof PlatformNames>['platforms']>[number];

const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };

/** Connections that fit a filter, read again when one changes, and the platforms that there are. */
export function useConnections(filter: Filter) {
  const connections = usePages<Row>(JSON.stringify(filter), async (after) => {
    const variables = { filter, after };
    const { data } = await client.query({ query: ConnectionsQuery, variables, fetchPolicy: 'no-cache' });
    return data?.connections ?? NONE;
  });
  useConnectionEvents(() => connections.refresh());
  return { connections, platforms: useQuery(PlatformNames).data?.platforms ?? [] };
}
