import { Checkbox } from '@mantine/core';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { JSX } from 'react';
import { JobTag, LocationText } from '../../../domain/job/job-tags.js';
import { typeLabel } from '../../../domain/job/transfer-types.js';
import { LiveProgress } from '../../../domain/run/run-rows.js';
import { hasEnded } from '../../../domain/run/run-states.js';
import { RunTag } from '../../../domain/run/run-tags.js';
import type { DataColumn } from '../../../ui/data-column.js';
import { formatCount, formatSpan, parseDuration } from '../../../ui/format.js';
import { lazily } from '../../../ui/lazily.js';
import { NameLink, TextLink } from '../../../ui/links.js';
import { Moment } from '../../../ui/moment.js';
import styles from '../../../ui/ui.module.css';
import type { JobRow } from './list-data.js';
import own from './list.module.css';
import { t } from './words.js';
import '../../../theme/checkbox.css';

const JobMenu = lazily(async () => (await import('./job-menu.js')).JobMenu);

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
}

/** Columns of the list of jobs; without a selection for those who may change nothing. */
export function columnsOf(selection: Selection | null): DataColumn<JobRow>[] {
  return [
    {
      id: 'job',
      head: t('job'),
      width: 'minmax(150px, 1.4fr)',
      cell: (job) => (
        <div className={own.job}>
          {selection && <Select job={job} selection={selection} />}
          <div>
            <Job job={job} />
          </div>
        </div>
      ),
    },
    { id: 'route', head: t('route'), width: 'minmax(130px, 1.3fr)', cell: (job) => <Route job={job} /> },
    { id: 'latest', head: t('latestRun'), width: 'minmax(130px, 1fr)', cell: (job) => <Latest job={job} /> },
    { id: 'next', head: t('nextStart'), width: 'minmax(100px, 0.7fr)', cell: (job) => <Next job={job} /> },
    { id: 'flagged', head: t('flagged'), width: '64px', isFigure: true, cell: (job) => <Flagged job={job} /> },
    { id: 'actions', head: t('actions'), width: '56px', cell: (job) => <JobMenu job={job} /> },
  ];
}

const Select = ({ job: { id, name }, selection }: { job: JobRow; selection: Selection }): JSX.Element => (
  <Checkbox
    size="xs"
    mt={3}
    aria-label={t('select', { name })}
    checked={selection.ids.has(id)}
    onChange={() => selection.toggle(id)}
  />
);

function Job({ job }: { job: JobRow }): JSX.Element {
  return (
    <>
      <NameLink to="/jobs/$jobId" params={{ jobId: job.id }}>
        {job.name}
      </NameLink>
      <span className={styles.sub}>{typeLabel(job.transferType)}</span>
      {job.state !== 'READY' && <JobTag state={job.state} />}
      {job.labels.length > 0 && (
        <span className={own.labels}>
          {job.labels.map((label) => (
            <TextLink
              key={label}
              to="/jobs"
              search={{ label }}
              className={own.label}
              aria-label={t('showLabelled', { label })}
            >
              {label}
            </TextLink>
          ))}
        </span>
      )}
    </>
  );
}

function Route({ job: { source, destination } }: { job: JobRow }): JSX.Element {
  return (
    <>
      <LocationText location={source} />
      {destination && (
        <span className={own.destination}>
          <IconArrowNarrowRight size={16} aria-label={t('to')} />
          <LocationText location={destination} />
        </span>
      )}
    </>
  );
}

function Latest({ job: { latestRun } }: { job: JobRow }): JSX.Element {
  if (!latestRun) return <span className={styles.dim}>{t('never')}</span>;
  return (
    <>
      <RunTag state={latestRun.state} />
      <span className={styles.sub}>
        <TextLink to="/runs/$runId" params={{ runId: latestRun.id }}>
          {t('runNumber', { number: latestRun.number })}
        </TextLink>{' '}
        <Moment instant={latestRun.finishedAt ?? latestRun.startedAt ?? latestRun.queuedAt} />
      </span>
      {!hasEnded(latestRun.state) && (
        <div className={own.progress}>
          <LiveProgress run={latestRun} />
        </div>
      )}
    </>
  );
}

function Next({ job: { nextStartAt, schedule } }: { job: JobRow }): JSX.Element {
  const rule = scheduleWord(schedule);
  return nextStartAt === null ? (
    <span className={styles.dim}>{rule}</span>
  ) : (
    <>
      <Moment instant={nextStartAt} />
      <span className={styles.sub}>{rule}</span>
    </>
  );
}

function scheduleWord(schedule: JobRow['schedule']): string {
  if (schedule === null) return t('byHand');
  if (!schedule.isEnabled) return t('notInForce');
  const { cron, intervalAfterEnd } = schedule;
  return cron ?? t('afterEachRun', { span: formatSpan(parseDuration(intervalAfterEnd ?? '') ?? 0) });
}

function Flagged({ job: { name, flagged } }: { job: JobRow }): JSX.Element {
  if (flagged === 0) return <span className={styles.dim}>0</span>;
  return (
    <TextLink to="/attention" aria-label={t('flaggedOf', { count: flagged, name })}>
      {formatCount(flagged)}
    </TextLink>
  );
}
