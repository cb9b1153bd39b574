import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ProblemFields } from '../../graphql/problems.js';
import { useChanges } from '../../graphql/use-changes.js';
import { useStream } from '../../graphql/use-stream.js';
import { topicsThatWait } from './waiting-topics.js';

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

const WebhookAttempted = graphql(`
  subscription WebhookAttempted($webhookId: ID, $after: ID) {
    webhookAttempted(webhookId: $webhookId, after: $after) {
      id
    }
  }
`);

/** Reads what is shown again when an attempt to deliver to a webhook, or for null to any, has ended. */
export function useAttempts(webhookId: string | null, read: () => void): void {
  const take = ({ webhookAttempted }: ResultOf<typeof WebhookAttempted>) => {
    read();
    return webhookAttempted?.id ?? null;
  };
  useStream<ResultOf<typeof WebhookAttempted>, { webhookId: string | null; after: string | null }>(
    WebhookAttempted,
    { webhookId, after: null },
    take,
    read,
  );
}

/** All webhooks, read again when one of them changes, when something is sent to one, and when more waits for one. */
export function useWebhooks() {
  const { data, error, loading, refetch } = useQuery(WebhooksQuery, { fetchPolicy: 'network-only' });
  const webhooks = data?.webhooks ?? null;
  const again = () => void refetch();
  useAttempts(null, again);
  useChanges(['WEBHOOK', ...topicsThatWait(webhooks ?? [])], again);
  return { webhooks, error, isLoading: loading, refetch: again };
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
