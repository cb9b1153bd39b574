import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { BudgetFields, useLiveBudgets } from '../../../domain/budget/budget-data.js';
import { BudgetGauge } from '../../../domain/budget/budget-view.js';
import { Failure } from '../../../domain/failure.js';
import { formatCount, formatMoment } from '../../../ui/format.js';
import { Panel } from '../../../ui/page.js';
import { Loading } from '../../../ui/states.js';
import styles from '../../../ui/ui.module.css';
import { t } from './words.js';

const ForecastQuery = graphql(
  `
    query JobForecast($connectionIds: [ID!]!, $jobId: ID!, $isSaved: Boolean!) {
      budgets(connectionIds: $connectionIds) {
        ...BudgetFields
      }
      job(id: $jobId) @include(if: $isSaved) {
        id
        latestPlan {
          id
          createdAt
          summary {
            callEstimates {
              callsNeeded
            }
          }
        }
      }
    }
  `,
  [BudgetFields],
);

/** The calls that both places still have this hour, and what the latest plan of the job needed; a new job has to be simulated first. */
export function Forecast({
  jobId,
  connectionIds,
}: {
  jobId: string | null;
  connectionIds: readonly string[];
}): JSX.Element {
  useLiveBudgets(null);
  const variables = { connectionIds: [...new Set(connectionIds)], jobId: jobId ?? '', isSaved: jobId !== null };
  const { data, error, refetch } = useQuery(ForecastQuery, { variables });
  const budgets = data?.budgets;
  const plan = data?.job?.latestPlan;
  const needed = plan?.summary?.callEstimates.map(({ callsNeeded }) => callsNeeded).filter((calls) => calls !== null);
  return (
    <Panel title={t('forecast')}>
      <div className={styles.stack}>
        {!budgets &&
          (error ? (
            <Failure error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading label={t('readingCalls')} rows={1} />
          ))}
        {budgets?.map((budget) => (
          <BudgetGauge key={budget.id} budget={budget} />
        ))}
        {budgets?.length === 0 && <span>{t('noCallsCounted')}</span>}
        {budgets && budgets.length > 0 && (
          <span className={styles.dim}>
            {plan && needed && needed.length > 0
              ? t('planNeeded', {
                  moment: formatMoment(plan.createdAt),
                  calls: formatCount(needed.reduce((sum, calls) => sum + calls, 0)),
                })
              : t('simulateTells')}
          </span>
        )}
      </div>
    </Panel>
  );
}
