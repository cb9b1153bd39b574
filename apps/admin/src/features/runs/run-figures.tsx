import type { JSX, ReactNode } from 'react';
import { useNow } from '../../ui/clock.js';
import {
  formatBytes,
  formatCount,
  formatCountdown,
  formatMoment,
  formatRate,
  formatShare,
  formatSpan,
} from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { TextLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Figures, Panel } from '../../ui/page.js';
import { Notice } from '../../ui/states.js';
import { toneClass } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import type { RunData, Statistics } from './data.js';
import styles from './runs.module.css';
import { doneText, flaggedIn, isOnlyFlagged } from '../../domain/run/done-text.js';
import { outcomeOf, reasonWord } from '../../domain/run/run-tags.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { t } from './words.js';

interface RunFiguresProps {
  run: RunData & { plan?: { id: string } | null };
  statistics: Statistics;
  live: ReactNode;
  onOutcome: (outcome: string) => void;
  /** Whether it reads files to compare them, and transfers none. */
  isScan: boolean;
}

/** How far the run is, how fast, and what it costs. */
export function RunFigures({ run, statistics, live, onOutcome, isScan }: RunFiguresProps): JSX.Element {
  return (
    <Panel title={t('progress')} aside={live}>
      <div className={uiStyles.stack} style={{ gap: 18 }}>
        <Waiting run={run} />
        <Channel statistics={statistics} isOver={hasEnded(run.state)} isScan={isScan} />
        <Figures figures={figuresOf(run, statistics, isScan)} />
        <Forecast run={run} />
        <Breakdown statistics={statistics} onOutcome={onOutcome} />
      </div>
    </Panel>
  );
}

function Waiting({ run }: { run: RunFiguresProps['run'] }): JSX.Element | null {
  const now = useNow();
  const left = run.waitingUntil ? Date.parse(run.waitingUntil) - now : 0;
  if (!run.stateReason && left <= 0 && run.state !== 'AWAITING_APPROVAL') return null;
  const tone =
    run.state === 'FAILED' ? 'bad' : run.state === 'AWAITING_APPROVAL' || run.state === 'PAUSED' ? 'warn' : 'wait';
  return (
    <Notice tone={tone} role="status">
      <div className={styles.waiting}>
        <span>
          {run.stateReason?.message ?? (run.state === 'AWAITING_APPROVAL' ? t('waitsForPerson') : t('waiting'))}
        </span>
        {left > 0 && (
          <span className={styles.countdown} role="timer" aria-label={t('timeLeft')}>
            {formatCountdown(left)}{' '}
            <span className={uiStyles.small}>
              {run.waitingUntil && (
                <MomentIn instant={run.waitingUntil} text={t('until', { time: formatMoment(run.waitingUntil) })} />
              )}
            </span>
          </span>
        )}
        {run.state === 'AWAITING_APPROVAL' && run.plan && (
          <TextLink to="/plans/$planId" params={{ planId: run.plan.id }}>
            {t('lookAtPlan')}
          </TextLink>
        )}
      </div>
    </Notice>
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
): { name: string; value: ReactNode; note?: ReactNode }[] {
  const calls = statistics.calls.reduce((sum, one) => sum + one.total, 0);
  const throttled = statistics.calls.reduce((sum, one) => sum + one.throttled, 0);
  const isOver = hasEnded(run.state);
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
    isOver
      ? { name: t('took'), value: <Took run={run} />, note: <Ended at={run.finishedAt} /> }
      : { name: t('expectedEnd'), value: <Moment instant={statistics.expectedFinishAt} />, note: <Took run={run} /> },
  ];
}

const Ended = ({ at }: { at: string | null }): JSX.Element | null =>
  at === null ? null : <MomentIn instant={at} text={t('ended', { time: formatMoment(at) })} />;

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

function Took({ run }: { run: RunData }): JSX.Element {
  const now = useNow();
  if (!run.startedAt) return <>{t('notBegun')}</>;
  const span = formatSpan((run.finishedAt ? Date.parse(run.finishedAt) : now) - Date.parse(run.startedAt));
  return <>{run.finishedAt ? span : t('runningFor', { span })}</>;
}

/** What is still needed of each budget; when it ends stands among the figures. */
function Forecast({ run }: { run: RunData }): JSX.Element | null {
  const known = run.forecast.filter((one) => one.callsNeeded !== null && one.callsNeeded > 0);
  if (known.length === 0 || hasEnded(run.state)) return null;
  return (
    <p className={styles.forecast}>
      {known.map((one) => (
        <span key={one.budget.id}>{forecastOf(one)}</span>
      ))}
    </p>
  );
}

function forecastOf({
  budget: { apiHost: host },
  callsNeeded,
  callsLeftThisHour,
}: RunData['forecast'][number]): string {
  const needed = { host, count: callsNeeded ?? 0 };
  return callsLeftThisHour === null
    ? t('forecast', needed)
    : t('forecastLeft', { ...needed, left: formatCount(callsLeftThisHour) });
}

function Breakdown({
  statistics,
  onOutcome,
}: {
  statistics: Statistics;
  onOutcome: (outcome: string) => void;
}): JSX.Element | null {
  const outcomes = statistics.outcomes.filter((one) => one.itemCount > 0);
  if (outcomes.length === 0) return null;
  return (
    <div className={uiStyles.columns} style={{ gap: 14 }}>
      <ul className={styles.chips} aria-label={t('outcomes')}>
        {outcomes.map(({ outcome, itemCount }) => {
          const { label, tone } = outcomeOf(outcome);
          const isListed = outcome !== 'UNCHANGED';
          return (
            <li key={outcome}>
              <button
                type="button"
                disabled={!isListed}
                className={`${styles.chip ?? ''} ${toneClass(tone)}`}
                onClick={() => onOutcome(outcome)}
              >
                <strong>{formatCount(itemCount)}</strong> {label}
              </button>
            </li>
          );
        })}
      </ul>
      {statistics.reasons.length > 0 && (
        <ul className={styles.reasons} aria-label={t('reasons')}>
          {statistics.reasons.slice(0, 8).map(({ reason, itemCount }) => (
            <li key={reason}>
              <span>{reasonWord(reason)}</span>
              <span>{formatCount(itemCount)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
