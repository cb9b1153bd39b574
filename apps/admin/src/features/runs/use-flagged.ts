import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import { useEffect } from 'react';
import { decidersOf, RETRY_REASONS, STUCK_REASONS, type Decider } from '../../domain/item/flag-cures.js';

const FlaggedQuery = graphql(`
  query FlaggedOfRun($id: ID!, $retry: [ItemReason!], $stuck: [ItemReason!]) {
    run(id: $id) {
      id
      retryable: items(first: 1, filter: { outcomes: [FLAGGED], reasons: $retry }) {
        nodes {
          id
        }
      }
      stuck: items(first: 100, filter: { outcomes: [FLAGGED], reasons: $stuck }) {
        nodes {
          id
          reason
        }
      }
    }
  }
`);

/** What can be done about the flagged items of a run. */
export interface FlaggedCures {
  /** Whether any of them may succeed in another try; false until known. */
  mayRetry: boolean;
  /** Whether any of them cannot succeed while the job stays as it is. */
  hasStuck: boolean;
  /** What of the job decides about those: of the first 100. */
  deciders: readonly Decider[];
}

/**
 * Reads what can be done about flagged items.
 *
 * @param flagged how many there are, after which it is read again; null or 0 to read nothing
 */
export function useFlagged(runId: string, flagged: number | null): FlaggedCures {
  const { data, refetch } = useQuery(FlaggedQuery, {
    variables: { id: runId, retry: RETRY_REASONS, stuck: STUCK_REASONS },
    skip: !flagged,
    fetchPolicy: 'no-cache',
  });
  useEffect(() => {
    if (flagged) void refetch();
  }, [flagged, refetch]);
  const run = flagged ? data?.run : null;
  const stuck = run?.stuck.nodes ?? [];
  return {
    mayRetry: (run?.retryable.nodes.length ?? 0) > 0,
    hasStuck: stuck.length > 0,
    deciders: decidersOf(stuck.map(({ reason }) => reason)),
  };
}
