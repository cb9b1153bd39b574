import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ProblemFields } from '../../graphql/problems.js';
import { useStream } from '../../graphql/use-stream.js';

const WebhookFields = graphql(`
  fragment WebhookFields on Webhook {
    id
    version
    url
    topics
    isActive
    pendingCount
    lastAttemptAt
    lastStatus
    nextAttemptAt
    failure {
      message
    }
  }
`);
export type Webhook = ResultOf<typeof WebhookFields>;

const WebhooksQuery = graphql(
  `
    query Webhooks {
      webhooks {
        ...WebhookFields
      }
    }
  `,
  [WebhookFields],
);

/** A webhook as it is now; null when it is gone. */
export async function readWebhook(id: string): Promise<Webhook | null> {
  const { data } = await client.query({ query: WebhooksQuery, fetchPolicy: 'network-only' });
  return data?.webhooks?.find((one) => one.id === id) ?? null;
}

const WebhooksChanged = graphql(`
  subscription WebhooksChanged($after: String) {
    changes(topics: [WEBHOOK], after: $after) {
      cursor
    }
  }
`);

/** All webhooks, read again when one of them changes. */
export function useWebhooks() {
  const { data, error, loading, refetch } = useQuery(WebhooksQuery, { fetchPolicy: 'network-only' });
  const again = () => void refetch();
  useStream(
    WebhooksChanged,
    { after: null },
    ({ changes }) => {
      again();
      return changes?.cursor ?? null;
    },
    again,
  );
  return { webhooks: data?.webhooks ?? null, error, isLoading: loading, refetch: again };
}

const PAYLOAD = [WebhookFields, ProblemFields] as const;

export const WebhookCreate = graphql(
  `
    mutation WebhookCreate($url: URL!, $topics: [EventTopic!]!, $key: String) {
      webhookCreate(url: $url, topics: $topics, idempotencyKey: $key) {
        webhook {
          ...WebhookFields
        }
        secret
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const WebhookUpdate = graphql(
  `
    mutation WebhookUpdate($id: ID!, $url: URL, $topics: [EventTopic!], $isActive: Boolean, $expectedVersion: Int) {
      webhookUpdate(id: $id, url: $url, topics: $topics, isActive: $isActive, expectedVersion: $expectedVersion) {
        webhook {
          ...WebhookFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const WebhookSecretRotate = graphql(
  `
    mutation WebhookSecretRotate($id: ID!) {
      webhookSecretRotate(id: $id) {
        secret
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

export const WebhookTest = graphql(
  `
    mutation WebhookTest($id: ID!) {
      webhookTest(id: $id) {
        webhook {
          ...WebhookFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  PAYLOAD,
);

export const WebhookDelete = graphql(
  `
    mutation WebhookDelete($id: ID!) {
      webhookDelete(id: $id) {
        deletedId
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);
