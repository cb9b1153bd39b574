/*
 * The room of the first page: recent runs, connections that need attention, budgets of calls, and the first steps to a transfer.
 */
import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { BudgetFields, useLiveBudgets, type BudgetData } from '../../domain/budget/budget-data.js';
import { BudgetGauge } from '../../domain/budget/budget-view.js';
import { ConnectionTag } from '../../domain/connection/connection-tags.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { RunRows } from '../../domain/run/run-rows.js';
import { NameLink, TextLink } from '../../ui/links.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { FirstSteps } from './first-steps.js';
import { RunRowFields } from '../../domain/run/run-data.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const OverviewQuery = graphql(
  `
    query Overview {
      all: connections(first: 1) {
        totalCount
      }
      attention: connections(
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
      jobs(first: 1) {
        totalCount
      }
      runs(first: 8) {
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
      }
    }
  `,
  [RunRowFields, BudgetFields],
);

type OverviewData = ResultOf<typeof OverviewQuery>;

export function OverviewPage(): JSX.Element {
  const { data, error, refetch } = useQuery(OverviewQuery, { pollInterval: 4000, errorPolicy: 'all' });
  return (
    <Page title={t('title')}>
      {data ? (
        <Content data={data} />
      ) : (
        <Panel title={t('title')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loading')} rows={6} />}
        </Panel>
      )}
    </Page>
  );
}

function Content({ data }: { data: OverviewData }): JSX.Element {
  const counts = {
    connections: data.all?.totalCount ?? 0,
    jobs: data.jobs?.totalCount ?? 0,
    runs: data.runs?.totalCount ?? 0,
  };
  const attention = data.attention?.nodes ?? [];
  return (
    <>
      {counts.runs === 0 && <FirstSteps {...counts} />}
      {counts.runs > 0 && (
        <Panel title={t('recentRuns')} isFlush aside={<TextLink to="/runs">{t('allRuns')}</TextLink>}>
          <RunRows runs={data.runs?.nodes ?? []} />
        </Panel>
      )}
      {counts.connections > 0 && (
        <div className={styles.columns}>
          <Attention connections={attention} />
          <Budgets budgets={data.budgets ?? []} />
        </div>
      )}
    </>
  );
}

function Attention({ connections }: { connections: NonNullable<OverviewData['attention']>['nodes'] }): JSX.Element {
  return (
    <Panel title={t('attention')} isFlush>
      {connections.length === 0 ? (
        <Blank title={t('noAttention')}>{t('allPassed')}</Blank>
      ) : (
        <ul className={styles.list}>
          {connections.map((connection) => (
            <li key={connection.id}>
              <div className={styles.row} style={{ justifyContent: 'space-between' }}>
                <NameLink to="/connections/$connectionId" params={{ connectionId: connection.id }}>
                  {connection.name}
                </NameLink>
                <ConnectionTag status={connection.health.status} />
              </div>
              <span className={styles.sub}>{connection.health.message}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Budgets({ budgets }: { budgets: readonly BudgetData[] }): JSX.Element {
  useLiveBudgets(null);
  return (
    <Panel title={t('budgets')} isFlush>
      {budgets.length === 0 ? (
        <Blank title={t('noBudget')}>{t('noBudgetWhy')}</Blank>
      ) : (
        <ul className={styles.list}>
          {budgets.map((budget) => (
            <li key={budget.id}>
              <div className={styles.row} style={{ justifyContent: 'space-between', marginBottom: 8 }}>
                <strong style={{ fontWeight: 580 }}>{budget.apiHost}</strong>
                <span className={styles.dim}>{budget.clientLabel}</span>
              </div>
              <BudgetGauge budget={budget} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
