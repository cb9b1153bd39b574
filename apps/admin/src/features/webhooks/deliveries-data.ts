import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { usePages } from '../../graphql/pages.js';
import { ProblemFields } from '../../graphql/problems.js';
import { useAttempts } from './data.js';

const DeliveryFields = graphql(`
  fragment DeliveryFields on WebhookDelivery {
    id
    kind
    messageId
    event {
      id
      topic
      change
    }
    attempt
    startedAt
    duration
    status
    failure {
      message
    }
  }
`);
export type Delivery = ResultOf<typeof DeliveryFields>;

const TargetQuery = graphql(`
  query WebhookTarget($id: ID!) {
    node(id: $id) {
      __typename
      ... on Webhook {
        id
        url
      }
    }
  }
`);

/** Where a webhook delivers; `webhook` is null while that is read, and when there is no such webhook. */
export function useTarget(id: string) {
  const { data, error, loading } = useQuery(TargetQuery, { variables: { id } });
  const node = data?.node;
  return { webhook: node?.__typename === 'Webhook' ? node : null, error, isLoading: loading };
}

const DeliveriesQuery = graphql(
  `
    query WebhookDeliveries($id: ID!, $first: Int!, $after: String) {
      node(id: $id) {
        __typename
        ... on Webhook {
          id
          deliveries(first: $first, after: $after) {
            nodes {
              ...DeliveryFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [DeliveryFields],
);

const PAGE = 50;
const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
/** What was sent to a webhook, newest first; read again when something more is sent. */
export function useDeliveries(id: string) {
  const pages = usePages<Delivery>(id, async (after) => {
    const variables = { id, first: PAGE, after };
    const { data } = await client.query({ query: DeliveriesQuery, variables, fetchPolicy: 'no-cache' });
    return data?.node?.__typename === 'Webhook' ? data.node.deliveries : NONE;
  });
  useAttempts(id, pages.refresh);
  return pages;
}

export const WebhookRedeliver = graphql(
  `
    mutation WebhookRedeliver($id: ID!, $deliveryId: ID!) {
      webhookRedeliver(id: $id, deliveryId: $deliveryId) {
        delivery {
          ...DeliveryFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [DeliveryFields, ProblemFields],
);
