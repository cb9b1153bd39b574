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
import { t } from '../words.js';

const BAR_TONES: Record<string, Tone> = { SUCCEEDED: 'ok', SUCCEEDED_WITH_ISSUES: 'warn', FAILED: 'bad' };

/** A bar with the share of the run's items that are done. */
export function RunProgressBar({ run }: { run: RunRow }): JSX.Element {
  const progress = isOnlyFlagged(run.statistics) ? null : run.statistics.progress;
  const text = doneText(run.statistics);
  const tone = BAR_TONES[run.state] ?? (hasEnded(run.state) ? 'idle' : 'busy');
  return (
    <div style={{ minWidth: 150 }}>
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

/** Runs as a table; with the job's name where they belong to several. */
export function RunRows({ runs }: { runs: readonly (RunRow & { job?: { id: string; name: string } })[] }): JSX.Element {
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
            <tr key={run.id}>
              <td>
                <NameLink to="/runs/$runId" params={{ runId: run.id }}>
                  {hasJobs && run.job
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
                    <MomentIn
                      instant={run.waitingUntil}
                      text={t('waitsUntil', { moment: formatMoment(run.waitingUntil) })}
                    />
                  </span>
                )}
              </td>
              <td data-label={t('progress')}>
                <RunProgressBar run={run} />
              </td>
              <td data-label={t('flagged')}>{formatCount(flaggedIn(run.statistics))}</td>
              <td data-label={t('data')} style={{ whiteSpace: 'nowrap' }}>
                {formatBytes(run.statistics.bytesDone)}
              </td>
              <td data-label={t('started')} style={{ whiteSpace: 'nowrap' }}>
                <Moment instant={run.queuedAt} now={now} />
              </td>
              <td data-label={t('took')} style={{ whiteSpace: 'nowrap' }}>
                {took(run, now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function took(run: RunRow, now: number): string {
  if (!run.startedAt) return '–';
  return formatSpan((run.finishedAt ? Date.parse(run.finishedAt) : now) - Date.parse(run.startedAt));
}
