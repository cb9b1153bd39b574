import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { useEffect, useMemo, type JSX } from 'react';
import { useSoon } from '../../graphql/use-changes.js';
import { Chart } from '../../ui/chart.js';
import { useNow } from '../../ui/clock.js';
import { formatCount } from '../../ui/format.js';
import type { ChartLine } from '../../ui/time-chart.js';
import styles from '../../ui/ui.module.css';
import { dayOf, type Day } from '../day.js';
import { t } from '../words.js';
import type { BudgetData } from './budget-data.js';

const HistoryQuery = graphql(`
  query BudgetHistory($id: ID!) {
    node(id: $id) {
      __typename
      ... on RateBudget {
        id
        history {
          from
          callCount
          throttledCount
        }
      }
    }
  }
`);

type Node = Extract<ResultOf<typeof HistoryQuery>['node'], { __typename: 'RateBudget' }>;
type Span = Node['history'][number];

/** How often the day is read again while calls are made: they come in spans of ten minutes. */
const RENEWAL_MS = 60_000;

/** The calls that a client has made in the last 24 hours, and how many of them were refused. */
export function BudgetHistory({ budget }: { budget: BudgetData }): JSX.Element | null {
  const variables = { id: budget.id };
  const { data, refetch } = useQuery(HistoryQuery, { variables, fetchPolicy: 'cache-and-network' });
  const again = useSoon(refetch, RENEWAL_MS);
  const { remaining } = budget.hourly;
  useEffect(again, [again, remaining]);
  const now = useNow(RENEWAL_MS);
  const spans = data?.node?.__typename === 'RateBudget' ? data.node.history : null;
  const day = useMemo(() => dayOf(spans ?? [], now), [spans, now]);
  const lines = useMemo(() => linesOf(day), [day]);
  if (spans === null) return null;
  const count = spans.reduce((sum, { callCount }) => sum + callCount, 0);
  return (
    <div>
      <h3 className={styles.subhead}>{t('callsOfDay')}</h3>
      {count === 0 ? (
        <p className={`${styles.dim ?? ''} ${styles.flat ?? ''}`}>{t('noCallsOfDay')}</p>
      ) : (
        <Chart times={day.times} lines={lines} summary={t('callsOfDaySum', { count })} />
      )}
    </div>
  );
}

/** Refusals have a line only where there were some: none is what is usual. */
function linesOf({ spans }: Day<Span>): ChartLine[] {
  const format = (value: number) => formatCount(Math.round(value));
  const refused = spans.map((span) => span?.throttledCount ?? 0);
  const calls = { name: t('callsIn10Minutes'), values: spans.map((span) => span?.callCount ?? 0), colour: '--accent' };
  const refusals = { name: t('refusedWith429'), values: refused, colour: '--bad' };
  const shown = refused.some((one) => one > 0) ? [calls, refusals] : [calls];
  return shown.map((line) => ({ ...line, isWhole: true, format }));
}
