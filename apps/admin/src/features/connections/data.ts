import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ProblemFields } from '../../graphql/problems.js';

export const HealthFields = graphql(`
  fragment HealthFields on ConnectionProfile {
    id
    version
    name
    health {
      status
      message
      checkedAt
      checks {
        step
        outcome
        message
        remedy
      }
    }
    updatedAt
  }
`);

export const ConnectionFields = graphql(
  `
    fragment ConnectionFields on ConnectionProfile {
      ...HealthFields
      platform {
        key
        displayName
      }
      credential {
        method
        isSet
        hint
        expiresAt
      }
      settings {
        __typename
        ... on NetworkFileShareSettings {
          location
          domain
          durability
          manifest
        }
        ... on ObjectStorageSettings {
          service
          endpointUrl
          region
          bucket
          prefix
          usePathStyle
        }
        ... on ProcoreSettings {
          clientCredentials
          loginUrl
          apiUrl
          companyId
          companyName
          projectId
          projectName
          signedInAs
          forbiddenCharacters
        }
      }
    }
  `,
  [HealthFields],
);

export type ConnectionData = ResultOf<typeof ConnectionFields>;

export const ConnectionQuery = graphql(
  `
    query Connection($id: ID!) {
      connection(id: $id) {
        ...ConnectionFields
      }
    }
  `,
  [ConnectionFields],
);

/** A connection as it is now; null when it is gone. */
export async function readConnection(id: string): Promise<ConnectionData | null> {
  const { data } = await client.query({ query: ConnectionQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.connection ?? null;
}

export const ConnectionCreate = graphql(
  `
    mutation ConnectionCreate($input: ConnectionCreateInput!, $key: String) {
      connectionCreate(input: $input, idempotencyKey: $key) {
        connection {
          ...ConnectionFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ConnectionFields, ProblemFields],
);

export const ConnectionUpdate = graphql(
  `
    mutation ConnectionUpdate($id: ID!, $input: ConnectionUpdateInput!, $version: Int) {
      connectionUpdate(id: $id, input: $input, expectedVersion: $version) {
        connection {
          ...ConnectionFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ConnectionFields, ProblemFields],
);

export const ConnectionTest = graphql(
  `
    mutation ConnectionTest($id: ID!) {
      connectionTest(id: $id) {
        connection {
          ...ConnectionFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ConnectionFields, ProblemFields],
);

export const ConnectionDelete = graphql(
  `
    mutation ConnectionDelete($id: ID!) {
      connectionDelete(id: $id) {
        deletedId
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

/** Settings of a saved connection by name; never a secret. */
export type SavedSettings = { __typename: string } & { [key: string]: string | boolean | null };

/** The settings by name, whichever platform's they are. */
export function settingsOf(connection: ConnectionData): SavedSettings {
  return { ...connection.settings };
}

export function isSignedInByPerson(connection: ConnectionData): boolean {
  return connection.credential.method === 'OAUTH_AUTHORIZATION_CODE';
}
