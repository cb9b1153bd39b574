import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';

/** A run in a list. */
export const RunRowFields = graphql(`
  fragment RunRowFields on Run {
    id
    number
    state
    stateReason {
      message
    }
    waitingUntil
    trigger
    queuedAt
    startedAt
    finishedAt
    statistics {
      asOfSequence
      itemsPlanned
      itemsDone
      bytesDone
      progress
      outcomes {
        outcome
        itemCount
        byteCount
      }
    }
  }
`);

export type RunRow = ResultOf<typeof RunRowFields>;

export const RunStart = graphql(
  `
    mutation RunStart($jobId: ID!, $input: RunStartInput, $key: String) {
      runStart(jobId: $jobId, input: $input, idempotencyKey: $key) {
        run {
          id
          number
          state
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);
