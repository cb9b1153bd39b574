import type { JSX } from 'react';
import { formatBytes, formatCount, formatRate, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { Figures } from '../../ui/page.js';
import type { RunData, Statistics } from './data.js';
import styles from './runs.module.css';
import { doneText, flaggedIn, isOnlyFlagged } from '../../domain/run/done-text.js';
import { useRunView } from './run-view.js';
import { t } from './words.js';

/** How far the run is, how fast, and what it costs. When it ends stands in the bar above. */
export function RunFigures(): JSX.Element {
  const { run, statistics, isOver, isScan } = useRunView();
  return (
    <>
      <Channel statistics={statistics} isOver={isOver} isScan={isScan} />
      <Figures figures={figuresOf(run, statistics, isScan)} />
    </>
  );
}

/** Done, flagged and in flight, against what is planned. */
function Channel({
  statistics,
  isOver,
  isScan,
}: {
  statistics: Statistics;
  isOver: boolean;
  isScan: boolean;
}): JSX.Element {
  const { itemsPlanned, itemsDone, itemsInFlight } = statistics;
  const progress = isOnlyFlagged(statistics) ? null : statistics.progress;
  const flagged = flaggedIn(statistics);
  const whole = progress !== null && itemsPlanned !== null && itemsPlanned > 0 ? itemsPlanned : null;
  const share = progress ?? 0;
  // Refused items are flagged without being planned, so the flagged part is taken of the items done and flagged, not of the plan.
  const bad = flagged === 0 ? 0 : share * (flagged / (itemsDone + flagged));
  const moving = whole === null || isOver ? 0 : Math.min(1 - share, itemsInFlight / whole);
  const text = channelText(statistics, isScan);
  return (
    <div>
      <div className={styles.channelHead}>
        <span className={styles.share}>{progress === null ? '–' : formatShare(progress)}</span>
        <span>{text}</span>
      </div>
      <Gauge
        label={t('progressOfRun')}
        text={text}
        value={progress}
        parts={[
          { share: share - bad, tone: isOver ? 'ok' : 'busy' },
          { share: bad, tone: 'bad' },
          { share: moving, tone: 'busy', isHatched: true },
        ]}
      />
    </div>
  );
}

function channelText(statistics: Statistics, isScan: boolean): string {
  const { itemsPlanned, itemsDone, itemsDiscovered } = statistics;
  if (itemsPlanned === null) return t('foundSoFar', { count: itemsDiscovered });
  if (!isScan) return doneText(statistics);
  if (itemsPlanned === 0) return t('noContents');
  return t('filesComparedOf', { done: formatCount(itemsDone), count: itemsPlanned });
}

function figuresOf(
  run: RunData,
  statistics: Statistics,
  isScan: boolean,
): { name: string; value: string; note?: string }[] {
  const calls = statistics.calls.reduce((sum, one) => sum + one.total, 0);
  const throttled = statistics.calls.reduce((sum, one) => sum + one.throttled, 0);
  return [
    {
      name: isScan ? t('filesCompared') : t('itemsDone'),
      value: formatCount(statistics.itemsDone),
      note: t(isScan ? 'ofEqualSizes' : 'ofPlanned', {
        planned: formatCount(statistics.itemsPlanned),
        found: formatCount(statistics.itemsDiscovered),
      }),
    },
    { name: t('inFlight'), value: formatCount(statistics.itemsInFlight), note: formatBytes(statistics.bytesInFlight) },
    {
      name: t('data'),
      value: formatBytes(statistics.bytesDone),
      note: t('of', { whole: formatBytes(statistics.bytesPlanned) }),
    },
    rateOf(run, statistics),
    {
      name: t('callsUsed'),
      value: formatCount(calls),
      note: throttled === 0 ? t('noneRefused') : t('refused', { count: throttled }),
    },
  ];
}

/** The rate of late, or of the whole run once it has ended. */
function rateOf(run: RunData, statistics: Statistics): { name: string; value: string; note: string } {
  const seconds =
    run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : null;
  const mean = (amount: number) => (seconds === null || seconds <= 0 ? 0 : amount / seconds);
  const bytes = seconds === null ? statistics.bytesPerSecond : mean(statistics.bytesDone);
  const items = seconds === null ? statistics.itemsPerSecond : mean(statistics.itemsDone);
  return {
    name: seconds === null ? t('rate') : t('meanRate'),
    value: t('perSecond', { amount: formatBytes(Math.round(bytes)) }),
    note: t('itemsPerSecond', { amount: formatRate(items) }),
  };
}
