import { client } from '../../graphql/client.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import type { StreamState } from '../../graphql/stream.js';
import { useStream } from '../../graphql/use-stream.js';

export const BudgetFields = graphql(`
  fragment BudgetFields on RateBudget {
    id
    version
    apiHost
    clientLabel
    hourly {
      limit
      remaining
      resetsAt
      source
    }
    spike {
      limit
      remaining
      resetsAt
      source
    }
    reserveShare
    throttledUntil
    callsLastMinute
    throttledCount
  }
`);

export type BudgetData = ResultOf<typeof BudgetFields>;

const BudgetChanged = graphql(
  `
    subscription BudgetChanged($connectionId: ID, $after: String) {
      budgetChanged(connectionId: $connectionId, after: $after) {
        cursor
        subject {
          __typename
          ... on RateBudget {
            ...BudgetFields
          }
        }
      }
    }
  `,
  [BudgetFields],
);

const BudgetQuery = graphql(
  `
    query Budget($id: ID!) {
      node(id: $id) {
        __typename
        ... on RateBudget {
          ...BudgetFields
        }
      }
    }
  `,
  [BudgetFields],
);

/** A budget as it is now; null when it is gone. */
export async function readBudget(id: string): Promise<BudgetData | null> {
  const { data } = await client.query({ query: BudgetQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.node?.__typename === 'RateBudget' ? data.node : null;
}

/** Keeps the budgets of one connection, or of all, up to date in the cache. */
export function useLiveBudgets(connectionId: string | null): StreamState {
  return useStream(BudgetChanged, { connectionId, after: null }, ({ budgetChanged }) => {
    const budget = budgetChanged?.subject;
    if (budget?.__typename === 'RateBudget') {
      client.cache.writeFragment({ fragment: BudgetFields, fragmentName: 'BudgetFields', data: budget });
    }
    return budgetChanged?.cursor ?? null;
  });
}
