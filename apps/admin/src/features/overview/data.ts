import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { BudgetFields, useLiveBudgets } from '../../domain/budget/budget-data.js';
import { RunRowFields } from '../../domain/run/run-data.js';
import { ACTIVE_STATES, ENDED_STATES } from '../../domain/run/run-states.js';
import { useChanges } from '../../graphql/use-changes.js';

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
  [RunRowFields, BudgetFields],
);

export type OverviewData = ResultOf<typeof OverviewQuery>;
export type ActiveRun = NonNullable<OverviewData['active']>['nodes'][number];

/** What the first page shows, read again a little after something of it changed. */
export function useOverview() {
  const { data, error, refetch } = useQuery(OverviewQuery, {
    variables: { active: ACTIVE_STATES, ended: ENDED_STATES },
    fetchPolicy: 'cache-and-network',
    errorPolicy: 'all',
  });
  useLiveBudgets(null);
  useChanges(['RUN', 'JOB', 'CONNECTION'], refetch);
  return { data, error, refetch };
}
