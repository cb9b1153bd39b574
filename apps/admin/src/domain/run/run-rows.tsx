import type { JSX } from 'react';
import { useNow } from '../../ui/clock.js';
import { formatBytes, formatCount, formatMoment, formatShare, formatSpan } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { NameLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import type { Tone } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { doneText, flaggedIn, isOnlyFlagged } from './done-text.js';
import { RunTag, triggerWord } from './run-tags.js';
import { hasEnded } from './run-states.js';
import type { RunRow } from './run-data.js';
import { useRunFigures } from './use-run-figures.js';
import { t } from '../words.js';

const BAR_TONES: Record<string, Tone> = { SUCCEEDED: 'ok', SUCCEEDED_WITH_ISSUES: 'warn', FAILED: 'bad' };

/** The progress of a run in a list, which follows it. */
export function LiveProgress({ run }: { run: RunRow }): JSX.Element {
  return <RunProgressBar run={run} statistics={useRunFigures(run)} />;
}

/** A bar with the share of the run's items that are done. */
function RunProgressBar({ run, statistics }: { run: RunRow; statistics: RunRow['statistics'] }): JSX.Element {
  const progress = isOnlyFlagged(statistics) ? null : statistics.progress;
  const text = doneText(statistics);
  const tone = BAR_TONES[run.state] ?? (hasEnded(run.state) ? 'idle' : 'busy');
  return (
    <div className={styles.progressCell}>
      <Gauge
        isSlim
        label={t('progressOf', { number: run.number })}
        text={text}
        value={progress}
        parts={[{ share: progress ?? 0, tone }]}
      />
      <span className={styles.sub}>
        {text}
        {progress !== null && !hasEnded(run.state) && `, ${formatShare(progress)}`}
      </span>
    </div>
  );
}

type RunOfList = RunRow & { job?: { id: string; name: string } };

/** Runs as a table; with the job's name where they belong to several. */
export function RunRows({ runs }: { runs: readonly RunOfList[] }): JSX.Element {
  const now = useNow(10_000);
  const hasJobs = runs.some((run) => run.job);
  return (
    <div className={styles.tableScroll}>
      <table className={`${styles.table ?? ''} ${styles.cards ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('run')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('progress')}</th>
            <th scope="col">{t('flagged')}</th>
            <th scope="col">{t('data')}</th>
            <th scope="col">{t('started')}</th>
            <th scope="col">{t('took')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} hasJob={hasJobs} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run, hasJob, now }: { run: RunOfList; hasJob: boolean; now: number }): JSX.Element {
  const statistics = useRunFigures(run);
  return (
    <tr>
      <td>
        <NameLink to="/runs/$runId" params={{ runId: run.id }}>
          {hasJob && run.job
            ? t('runOf', { job: run.job.name, number: run.number })
            : t('runNumber', { number: run.number })}
        </NameLink>
        <span className={styles.sub}>{triggerWord(run.trigger)}</span>
      </td>
      <td data-label={t('state')}>
        <RunTag state={run.state} />
        {run.stateReason && <span className={styles.sub}>{run.stateReason.message}</span>}
        {run.waitingUntil && !hasEnded(run.state) && (
          <span className={styles.sub}>
            <MomentIn instant={run.waitingUntil} text={t('waitsUntil', { moment: formatMoment(run.waitingUntil) })} />
          </span>
        )}
      </td>
      <td data-label={t('progress')}>
        <RunProgressBar run={run} statistics={statistics} />
      </td>
      <td data-label={t('flagged')}>{formatCount(flaggedIn(statistics))}</td>
      <td data-label={t('data')} className={styles.unbroken}>
        {formatBytes(statistics.bytesDone)}
      </td>
      <td data-label={t('started')} className={styles.unbroken}>
        <Moment instant={run.queuedAt} now={now} />
      </td>
      <td data-label={t('took')} className={styles.unbroken}>
        {took(run, now)}
      </td>
    </tr>
  );
}

function took(run: RunRow, now: number): string {
  if (!run.startedAt) return '–';
  return formatSpan((run.finishedAt ? Date.parse(run.finishedAt) : now) - Date.parse(run.startedAt));
}
