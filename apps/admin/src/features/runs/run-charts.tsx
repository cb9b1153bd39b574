import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo, useState, type JSX } from 'react';
import { Chart } from '../../ui/chart.js';
import { formatBytes, formatCount, formatRate } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import type { ChartLine } from '../../ui/time-chart.js';
import uiStyles from '../../ui/ui.module.css';
import { SamplesQuery } from './data.js';
import { useRunView } from './run-view.js';
import { ratesOf, withLive, type Rates, type Sample } from './samples.js';
import { t } from './words.js';

/** Throughput and calls over the time of the run: what the server has kept, and what the stream has told since. */
export function RunCharts(): JSX.Element {
  const samples = useSamples();
  const rates = useMemo(() => ratesOf(samples), [samples]);
  const throughput = useMemo(() => throughputOf(rates), [rates]);
  const calls = useMemo(() => callsOf(rates), [rates]);
  return (
    <Panel title={t('overTime')}>
      {rates.times.length < 2 ? (
        <NothingDrawn />
      ) : (
        <div className={uiStyles.columns}>
          <Chart
            times={rates.times}
            lines={throughput}
            summary={t('throughputSummary', {
              bytes: formatBytes(peak(rates.bytesPerSecond)),
              items: formatRate(peak(rates.itemsPerSecond)),
            })}
          />
          <Chart times={rates.times} lines={calls} summary={t('callsSummary', { count: peak(rates.callsPerMinute) })} />
        </div>
      )}
    </Panel>
  );
}

function useSamples(): readonly Sample[] {
  const { run, statistics, isOver } = useRunView();
  const { data, refetch } = useQuery(SamplesQuery, { variables: { id: run.id }, fetchPolicy: 'cache-and-network' });
  const kept = data?.run?.samples;
  const [live, setLive] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!isOver && kept) setLive((before) => withLive(before, kept.at(-1), statistics, new Date().toISOString()));
  }, [isOver, kept, statistics]);
  useEffect(() => {
    if (isOver) void refetch();
  }, [isOver, refetch]);
  return useMemo(() => {
    const since = kept?.at(-1)?.at ?? '';
    return [...(kept ?? []), ...(isOver ? [] : live.filter(({ at }) => at > since))];
  }, [kept, live, isOver]);
}

const peak = (values: readonly number[]) => Math.round(Math.max(0, ...values));

function NothingDrawn(): JSX.Element {
  const { isOver } = useRunView();
  return isOver ? (
    <Blank title={t('neverSampled')}>{t('neverSampledWhy')}</Blank>
  ) : (
    <Blank title={t('noSamples')}>{t('noSamplesWhy')}</Blank>
  );
}

const throughputOf = ({ bytesPerSecond, itemsPerSecond }: Rates): ChartLine[] => [
  {
    name: t('data'),
    values: bytesPerSecond,
    colour: '--accent',
    isWhole: true,
    format: (value) => t('perSecond', { amount: formatBytes(Math.round(value)) }),
  },
  {
    ...{ name: t('items'), values: itemsPerSecond, colour: '--wait', isRight: true },
    format: (value) => t('perSecond', { amount: formatRate(value) }),
  },
];

const callsOf = ({ callsPerMinute }: Rates): ChartLine[] => [
  {
    ...{ name: t('calls'), values: callsPerMinute, colour: '--accent', isWhole: true },
    format: (value) => t('perMinute', { amount: formatCount(Math.round(value)) }),
  },
];
