import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { useCallback, useEffect, useRef } from 'react';
import { BudgetFields, useLiveBudgets } from '../../domain/budget/budget-data.js';
import { RunRowFields } from '../../domain/run/run-data.js';
import { ACTIVE_STATES, ENDED_STATES } from '../../domain/run/run-states.js';
import { client } from '../../graphql/client.js';
import { useStream } from '../../graphql/use-stream.js';

const FiguresFields = graphql(`
  fragment OverviewFigures on Run {
    id
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

const OverviewQuery = graphql(
  `
    query Overview($active: [RunState!], $ended: [RunState!]) {
      all: connections(first: 1) {
        totalCount
      }
      ailing: connections(
        first: 20
        filter: { statuses: [INCOMPLETE, NEEDS_SIGN_IN, NEEDS_PROJECT, UNTESTED, DEGRADED, FAILED] }
      ) {
        nodes {
          id
          name
          health {
            status
            message
          }
        }
      }
      jobs(first: 5, orderBy: NEXT_START_AT) {
        totalCount
        nodes {
          id
          name
          nextStartAt
        }
      }
      active: runs(first: 20, filter: { states: $active }) {
        totalCount
        nodes {
          ...RunRowFields
          ...OverviewFigures
          cursor
          plan {
            id
          }
          job {
            id
            name
          }
        }
      }
      recent: runs(first: 5, filter: { states: $ended }) {
        totalCount
        nodes {
          ...RunRowFields
          job {
            id
            name
          }
        }
      }
      budgets {
        ...BudgetFields
        forecast {
          callsNeeded
          finishAt
        }
      }
    }
  `,
  [RunRowFields, FiguresFields, BudgetFields],
);

export type OverviewData = ResultOf<typeof OverviewQuery>;
export type ActiveRun = NonNullable<OverviewData['active']>['nodes'][number];

const Changed = graphql(`
  subscription OverviewChanged($after: String) {
    changes(topics: [RUN, JOB, CONNECTION], after: $after) {
      cursor
      topic
    }
  }
`);

const SETTLE_MS = 500;

/** What the first page shows, read again a little after something of it changed. */
export function useOverview() {
  const { data, error, refetch } = useQuery(OverviewQuery, {
    variables: { active: ACTIVE_STATES, ended: ENDED_STATES },
    fetchPolicy: 'cache-and-network',
    errorPolicy: 'all',
  });
  const soon = useSoon(refetch);
  useLiveBudgets(null);
  useStream(
    Changed,
    { after: null },
    ({ changes }) => {
      soon();
      return changes?.cursor ?? null;
    },
    soon,
  );
  return { data, error, refetch };
}

/** Calls once for many changes in a row. */
function useSoon(read: () => unknown): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void read();
    }, SETTLE_MS);
  }, [read]);
}

const RunFigures = graphql(`
  subscription OverviewRun($runId: ID!, $after: String) {
    runProgress(runId: $runId, after: $after, minInterval: "PT2S") {
      cursor
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
  }
`);

/** Follows the figures of a run that goes on. */
export function FollowedRun({ run: { id, cursor } }: { run: { id: string; cursor: string } }): null {
  const from = useRef(cursor);
  useStream(RunFigures, { runId: id, after: from.current }, ({ runProgress }) => {
    const statistics = runProgress?.statistics;
    if (statistics)
      client.cache.writeFragment({
        fragment: FiguresFields,
        fragmentName: 'OverviewFigures',
        id: `Run:${id}`,
        data: { id, statistics },
      });
    return runProgress?.cursor ?? null;
  });
  return null;
}
