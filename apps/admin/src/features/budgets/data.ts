import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { BudgetFields, useLiveBudgets } from '../../domain/budget/budget-data.js';
import { ACTIVE_STATES } from '../../domain/run/run-states.js';
import { useStream } from '../../graphql/use-stream.js';

const BudgetsQuery = graphql(
  `
    query Budgets($states: [RunState!]) {
      budgets {
        ...BudgetFields
        connections {
          id
          name
        }
        forecast {
          callsNeeded
          finishAt
        }
      }
      runs(first: 50, filter: { states: $states }) {
        nodes {
          id
          number
          job {
            id
            name
          }
          forecast {
            budget {
              id
            }
            callsNeeded
            finishAt
          }
        }
      }
    }
  `,
  [BudgetFields],
);

type BudgetsData = ResultOf<typeof BudgetsQuery>;
export type Budget = NonNullable<BudgetsData['budgets']>[number];
export type ActiveRun = NonNullable<BudgetsData['runs']>['nodes'][number];

const RunsChanged = graphql(`
  subscription BudgetRunsChanged($after: String) {
    changes(topics: [RUN], after: $after) {
      cursor
    }
  }
`);

/** All budgets, which stay up to date, and the runs in progress, read again when a run enters another stage. */
export function useBudgets() {
  const { data, error, refetch } = useQuery(BudgetsQuery, {
    variables: { states: ACTIVE_STATES },
    fetchPolicy: 'cache-and-network',
  });
  const again = () => void refetch();
  useLiveBudgets(null);
  useStream(
    RunsChanged,
    { after: null },
    ({ changes }) => {
      again();
      return changes?.cursor ?? null;
    },
    again,
  );
  return { budgets: data?.budgets ?? null, runs: data?.runs?.nodes ?? [], error, refetch: again };
}
