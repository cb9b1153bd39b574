import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { useCan } from '../../domain/session.js';
import { client } from '../../graphql/client.js';
import { usePages } from '../../graphql/pages.js';

export const AuditEventsQuery = graphql(`
  query AuditEvents($filter: AuditEventFilter, $first: Int!, $after: String) {
    auditEvents(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        sequence
        occurredAt
        actor {
          id
          displayName
        }
        action
        outcome
        targetId
        target {
          __typename
          id
          ... on ConnectionProfile {
            name
          }
          ... on Job {
            name
          }
          ... on MappingSet {
            name
          }
          ... on Run {
            number
            job {
              name
            }
          }
          ... on User {
            displayName
          }
          ... on ApiToken {
            displayName
          }
          ... on Webhook {
            url
          }
        }
        changes {
          field
          before
          after
        }
        ipAddress
        requestId
        chainHash
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type AuditFilter = NonNullable<VariablesOf<typeof AuditEventsQuery>['filter']>;
export type AuditEvent = NonNullable<ResultOf<typeof AuditEventsQuery>['auditEvents']>['nodes'][number];

const PAGE = 50;

/** Events that fulfil the filter, latest first. */
export function useAuditEvents(filter: AuditFilter) {
  return usePages<AuditEvent>(JSON.stringify(filter), async (after) => {
    const variables = { filter, first: PAGE, after };
    const { data } = await client.query({ query: AuditEventsQuery, variables, fetchPolicy: 'no-cache' });
    return data?.auditEvents ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  });
}

const UsersQuery = graphql(`
  query AuditUsers {
    users(first: 500) {
      id
      displayName
      login
    }
  }
`);

const TokensQuery = graphql(`
  query AuditTokens {
    apiTokens(first: 500) {
      id
      displayName
      prefix
    }
  }
`);

/** People and tokens that one can choose, as far as the caller may see them. */
export function useActors() {
  const users = useQuery(UsersQuery, { skip: !useCan('USERS_MANAGE') });
  const tokens = useQuery(TokensQuery, { skip: !useCan('TOKENS_MANAGE') });
  return { users: users.data?.users ?? [], tokens: tokens.data?.apiTokens ?? [] };
}
