import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { JobTag } from '../../domain/job/job-tags.js';
import { typeLabel } from '../../domain/job/transfer-types.js';
import { listState } from '../../domain/list-state.js';
import { ReportButton } from '../../domain/report-button.js';
import { useCan } from '../../domain/session.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { useSetJobs, type Job, type SetPage } from './data.js';
import { MappingFrame } from './frame.js';
import { t } from './words.js';

const Reapply = lazily(async () => (await import('./reapply.js')).Reapply);

export function SetJobsPage(): JSX.Element {
  return <MappingFrame>{(page) => <Jobs page={page} />}</MappingFrame>;
}

function Jobs({ page: { set } }: { page: SetPage }): JSX.Element {
  const jobs = useSetJobs(set.id);
  const [applied, setApplied] = useState<Job | null>(null);
  const may = { report: useCan('REPORTS_READ'), run: useCan('RUNS_CONTROL') };
  return (
    <Panel title={jobs.total === null ? t('usedBy') : t('jobCount', { count: jobs.total })} isFlush>
      <DataTable
        label={t('usedBy')}
        columns={columnsOf(may, setApplied)}
        rows={jobs.nodes}
        keyOf={({ id }) => id}
        list={listState(jobs)}
        blank={<Blank title={t('noJob')}>{t('noJobText')}</Blank>}
      />
      {applied && <Reapply job={applied} onClose={() => setApplied(null)} />}
    </Panel>
  );
}

function JobName({ job: { id, name, transferType } }: { job: Job }): JSX.Element {
  return (
    <>
      <NameLink to="/jobs/$jobId" params={{ jobId: id }}>
        {name}
      </NameLink>
      <span className={styles.sub}>{typeLabel(transferType)}</span>
    </>
  );
}

function columnsOf(may: { report: boolean; run: boolean }, onApply: (job: Job) => void): DataColumn<Job>[] {
  const columns: (DataColumn<Job> | false)[] = [
    {
      id: 'job',
      head: t('job'),
      width: 'minmax(160px, 1.4fr)',
      sortBy: ({ name }) => name.toLowerCase(),
      cell: (job) => <JobName job={job} />,
    },
    {
      id: 'state',
      head: t('state'),
      width: 'minmax(110px, 0.7fr)',
      cell: ({ state }) => <JobTag state={state} />,
    },
    may.report && {
      id: 'unmapped',
      head: t('unmappedOf'),
      width: 'minmax(150px, 0.8fr)',
      cell: ({ id }) => (
        <ReportButton label={t('unmappedReport')} input={{ kind: 'UNMAPPED', subject: { jobId: id } }} />
      ),
    },
    may.run && {
      id: 'apply',
      head: t('actions'),
      width: 'minmax(170px, 0.8fr)',
      cell: (job) => (
        <Button size="xs" variant="default" disabled={job.state === 'DRAFT'} onClick={() => onApply(job)}>
          {t('reapply')}
        </Button>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}
