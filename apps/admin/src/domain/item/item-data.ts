import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';

export const ItemFields = graphql(`
  fragment ItemFields on RunItem {
    id
    kind
    sourcePath
    destinationPath
    outcome
    isRevised
    revision
    reason
    message
    remedy
    byteSize
    finishedAt
  }
`);

export type ItemData = ResultOf<typeof ItemFields>;

export const RunItemsRetry = graphql(
  `
    mutation RunItemsRetry($jobId: ID!, $items: RunItemSelectionInput!, $key: String) {
      runItemsRetry(jobId: $jobId, items: $items, idempotencyKey: $key) {
        run {
          id
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

export const RunItemsIgnore = graphql(
  `
    mutation RunItemsIgnore($jobId: ID!, $items: RunItemSelectionInput!) {
      runItemsIgnore(jobId: $jobId, items: $items) {
        job {
          id
          allowedActions
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);
