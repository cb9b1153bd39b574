import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { useState } from 'react';
import { useCan } from '../../domain/session.js';
import { client } from '../../graphql/client.js';
import { usePages, type Page } from '../../graphql/pages.js';
import { useStream } from '../../graphql/use-stream.js';
import { useArrivals } from './use-arrivals.js';

const AuditEventFields = graphql(`
  fragment AuditEventFields on AuditEvent {
    id
    sequence
    cursor
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
`);

export const AuditEventsQuery = graphql(
  `
    query AuditEvents($filter: AuditEventFilter, $first: Int!, $after: String) {
      auditEvents(filter: $filter, first: $first, after: $after) {
        nodes {
          ...AuditEventFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [AuditEventFields],
);

/** The events that fit, as they are written. */
const AppendedStream = graphql(
  `
    subscription AuditEventAppended($filter: AuditEventFilter, $after: String) {
      auditEventAppended(filter: $filter, after: $after) {
        ...AuditEventFields
      }
    }
  `,
  [AuditEventFields],
);

const NewestQuery = graphql(`
  query NewestAuditEvent {
    auditEvents(first: 1) {
      nodes {
        cursor
      }
    }
  }
`);
export type AuditFilter = NonNullable<VariablesOf<typeof AuditEventsQuery>['filter']>;
export type AuditEvent = NonNullable<ResultOf<typeof AuditEventsQuery>['auditEvents']>['nodes'][number];

const PAGE = 50;

/** Events that fulfil the filter, latest first; those that are written meanwhile come in by themselves, or wait while one reads. */
export function useAuditEvents(filter: AuditFilter) {
  const query = JSON.stringify(filter);
  const [begin, setBegin] = useState<{ query: string; after: string | null } | null>(null);
  const pages = usePages<AuditEvent>(query, async (after) => {
    if (after !== null) return readPage(filter, after);
    const { page, cursor } = await readFirst(filter);
    setBegin({ query, after: cursor });
    return page;
  });
  const { nodes, waitingCount, show, add } = useArrivals(query, pages);
  const variables = begin?.query === query ? { filter, after: begin.after } : null;
  const take = ({ auditEventAppended: event }: ResultOf<typeof AppendedStream>) => {
    if (event) add(event);
    return event?.cursor ?? null;
  };
  useStream(AppendedStream, variables, take, pages.refresh);
  return { ...pages, nodes, waitingCount, show };
}

async function readPage(filter: AuditFilter, after: string | null): Promise<Page<AuditEvent>> {
  const variables = { filter, first: PAGE, after };
  const { data } = await client.query({ query: AuditEventsQuery, variables, fetchPolicy: 'no-cache' });
  return data?.auditEvents ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
}

/** The first page, and the cursor after which the events come that are not on it. */
async function readFirst(filter: AuditFilter): Promise<{ page: Page<AuditEvent>; cursor: string | null }> {
  const page = await readPage(filter, null);
  const [newest] = page.nodes;
  if (newest) return { page, cursor: newest.cursor };
  // Read again behind the cursor: an event that came between the two is on the page or after the cursor.
  const { data } = await client.query({ query: NewestQuery, fetchPolicy: 'no-cache' });
  return { page: await readPage(filter, null), cursor: data?.auditEvents?.nodes[0]?.cursor ?? null };
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
