import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import { failureSentence } from '../../graphql/problems.js';
import { useChanges } from '../../graphql/use-changes.js';
import type { FlaggedCount } from './groups.js';

const FlaggedQuery = graphql(`
  query FlaggedItems {
    flaggedItems {
      reason
      itemCount
      job {
        id
        name
        allowedActions
      }
    }
  }
`);

/** The counts of a run that flags much change with each of its items. */
const SETTLE_MS = 1_500;

/** What is flagged in all jobs, read again a little after a run or job changed. */
export function useAttention(): {
  /** Null until it is here. */
  flagged: readonly FlaggedCount[] | null;
  failure: string | null;
  refresh: () => void;
} {
  const { data, error, refetch } = useQuery(FlaggedQuery, { fetchPolicy: 'cache-and-network' });
  const refresh = () => void refetch().catch(() => undefined);
  useChanges(['RUN', 'JOB'], refresh, SETTLE_MS);
  return { flagged: data?.flaggedItems ?? null, failure: error ? failureSentence(error) : null, refresh };
}
