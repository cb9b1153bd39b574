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

/** So many people fit into a plain list; of more those are shown that are searched for. */
const MOST_LISTED = 100;

const UsersQuery = graphql(`
  query AuditUsers($first: Int!, $search: String) {
    users(first: $first, search: $search) {
      id
      displayName
      login
    }
  }
`);

const ActorQuery = graphql(`
  query AuditActor($id: ID!) {
    node(id: $id) {
      __typename
      ... on User {
        id
        displayName
        login
      }
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

/** Somebody or something that one can choose. */
export interface Choice {
  value: string;
  label: string;
}

type Person = NonNullable<ResultOf<typeof UsersQuery>['users']>[number];
const personChoice = ({ id, displayName, login }: Person): Choice => ({
  value: id,
  label: `${displayName} (${login})`,
});

/** People and tokens that one can choose, as far as the caller may see them; `isMore` where there are too many people to list. */
export function useActors(): { people: Choice[]; tokens: Choice[]; isMore: boolean } {
  const variables = { first: MOST_LISTED + 1, search: null };
  const users = useQuery(UsersQuery, { variables, skip: !useCan('USERS_MANAGE') });
  const tokens = useQuery(TokensQuery, { skip: !useCan('TOKENS_MANAGE') });
  const people = users.data?.users ?? [];
  return {
    people: people.map(personChoice),
    tokens: (tokens.data?.apiTokens ?? []).map(({ id, displayName, prefix }) => ({
      value: id,
      label: `${displayName} (${prefix}…)`,
    })),
    isMore: people.length > MOST_LISTED,
  };
}

/** The first people with this text in their names, and the one with the identifier where it is none of them. */
export function useFoundPeople(search: string, chosenId: string | undefined): Choice[] {
  const variables = { first: MOST_LISTED, search: search || null };
  const { data, previousData } = useQuery(UsersQuery, { variables });
  const found = (data ?? previousData)?.users ?? [];
  const isFound = chosenId === undefined || found.some(({ id }) => id === chosenId);
  const chosen = useQuery(ActorQuery, { variables: { id: chosenId ?? '' }, skip: isFound }).data?.node;
  const other = !isFound && chosen?.__typename === 'User' ? [chosen] : [];
  return [...other, ...found].map(personChoice);
}
