import { useQuery } from '@apollo/client/react';
import { useMemo, type JSX } from 'react';
import { dayOf, type Day } from '../../domain/day.js';
import { useChanges } from '../../graphql/use-changes.js';
import { useNow } from '../../ui/clock.js';
import { Chart } from '../../ui/chart.js';
import { formatBytes, formatCount } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import type { ChartLine } from '../../ui/time-chart.js';
import styles from './overview.module.css';
import { ActivityQuery, type Span } from './activity-data.js';
import { t } from './words.js';

/** How often the day is read again while a run is under way: what it has done by now is told by no event of its own. */
const RENEWAL_MS = 60_000;

/** Calls, bytes and flagged items of all runs in the last 24 hours; nothing where there were none. */
export function ActivityCharts({ isRunning }: { isRunning: boolean }): JSX.Element | null {
  const pollInterval = isRunning ? RENEWAL_MS : 0;
  const { data, refetch } = useQuery(ActivityQuery, { pollInterval, fetchPolicy: 'cache-and-network' });
  useChanges(['RUN'], () => refetch());
  const now = useNow(RENEWAL_MS);
  const spans = data?.activity;
  const day = useMemo(() => dayOf(spans ?? [], now), [spans, now]);
  const charts = useMemo(() => chartsOf(day), [day]);
  if (!spans || spans.length === 0) return null;
  return (
    <Panel title={t('lastDay')}>
      <div className={styles.charts}>
        {charts.map(({ line, summary }) => (
          <Chart key={line.name} times={day.times} lines={[line]} summary={summary} />
        ))}
      </div>
    </Panel>
  );
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function chartsOf({ spans }: Day<Span>): { line: ChartLine; summary: string }[] {
  const of = (figure: 'callCount' | 'bytesDone' | 'itemsFlagged') => spans.map((span) => span?.[figure] ?? 0);
  const [calls, bytes, flagged] = [of('callCount'), of('bytesDone'), of('itemsFlagged')];
  const count = (value: number) => formatCount(Math.round(value));
  return [
    {
      line: { name: t('callsMade'), values: calls, colour: '--accent', isWhole: true, format: count },
      summary: t('callsOfDay', { count: sum(calls) }),
    },
    {
      line: {
        name: t('bytesMoved'),
        values: bytes,
        colour: '--wait',
        isWhole: true,
        format: (value) => formatBytes(Math.round(value)),
      },
      summary: t('bytesOfDay', { size: formatBytes(sum(bytes)) }),
    },
    {
      line: { name: t('itemsFlagged'), values: flagged, colour: '--bad', isWhole: true, format: count },
      summary: t('flaggedOfDay', { count: sum(flagged) }),
    },
  ];
}
