import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { pageById, usePages } from '../../graphql/pages.js';
import { ProblemFields } from '../../graphql/problems.js';
import { useAudited } from './use-audited.js';

const PAGE = 100;

export const UserFields = graphql(`
  fragment UserFields on User {
    id
    version
    displayName
    login
    role
    isActive
    lastSeenAt
  }
`);
export type User = ResultOf<typeof UserFields>;

const UsersQuery = graphql(
  `
    query Users($first: Int!, $after: ID) {
      users(first: $first, after: $after) {
        ...UserFields
      }
    }
  `,
  [UserFields],
);

const UserQuery = graphql(
  `
    query User($id: ID!) {
      node(id: $id) {
        __typename
        ... on User {
          ...UserFields
        }
      }
    }
  `,
  [UserFields],
);

/** A user as it is now; null when it is gone. */
export async function readUser(id: string): Promise<User | null> {
  const { data } = await client.query({ query: UserQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.node?.__typename === 'User' ? data.node : null;
}

/** Everyone who may sign in or could once, by name. */
export function useUsers() {
  const users = usePages('users', async (after) => {
    const { data } = await client.query({
      query: UsersQuery,
      variables: { first: PAGE, after },
      fetchPolicy: 'network-only',
    });
    return pageById(data?.users ?? [], PAGE);
  });
  useAudited(['userCreate', 'userUpdate', 'userDisable'], users.refresh);
  return users;
}

export const UserCreate = graphql(
  `
    mutation UserCreate($input: UserCreateInput!, $key: String) {
      userCreate(input: $input, idempotencyKey: $key) {
        user {
          ...UserFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [UserFields, ProblemFields],
);

export const UserUpdate = graphql(
  `
    mutation UserUpdate($id: ID!, $input: UserUpdateInput!, $expectedVersion: Int) {
      userUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) {
        user {
          ...UserFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [UserFields, ProblemFields],
);

export const UserDisable = graphql(
  `
    mutation UserDisable($id: ID!) {
      userDisable(id: $id) {
        user {
          ...UserFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [UserFields, ProblemFields],
);

export const PasswordChange = graphql(
  `
    mutation PasswordChange($userId: ID, $currentPassword: String!, $newPassword: String!) {
      passwordChange(userId: $userId, currentPassword: $currentPassword, newPassword: $newPassword) {
        user {
          ...UserFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [UserFields, ProblemFields],
);

export const TokenFields = graphql(`
  fragment TokenFields on ApiToken {
    id
    displayName
    prefix
    scopes
    expiresAt
    lastUsedAt
    revokedAt
    createdBy {
      id
      displayName
    }
    createdAt
  }
`);
export type Token = ResultOf<typeof TokenFields>;

const TokensQuery = graphql(
  `
    query Tokens($first: Int!, $after: ID) {
      apiTokens(first: $first, after: $after) {
        ...TokenFields
      }
    }
  `,
  [TokenFields],
);

/** Every token that the person may see, latest first. */
export function useTokens() {
  const tokens = usePages('tokens', async (after) => {
    const { data } = await client.query({
      query: TokensQuery,
      variables: { first: PAGE, after },
      fetchPolicy: 'network-only',
    });
    return pageById(data?.apiTokens ?? [], PAGE);
  });
  useAudited(['apiTokenCreate', 'apiTokenRevoke'], tokens.refresh);
  return tokens;
}

export const ApiTokenCreate = graphql(
  `
    mutation ApiTokenCreate($displayName: String!, $scopes: [Scope!]!, $expiresAt: DateTime, $key: String) {
      apiTokenCreate(displayName: $displayName, scopes: $scopes, expiresAt: $expiresAt, idempotencyKey: $key) {
        apiToken {
          id
        }
        secret
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

export const ApiTokenRevoke = graphql(
  `
    mutation ApiTokenRevoke($id: ID!) {
      apiTokenRevoke(id: $id) {
        apiToken {
          ...TokenFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [TokenFields, ProblemFields],
);
