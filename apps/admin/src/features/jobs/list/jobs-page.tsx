/*
 * The room of jobs: the list, the way to a job with its places and policies, and the page of one with its runs.
 */
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { listState } from '../../../domain/list-state.js';
import { useCan } from '../../../domain/session.js';
import { DataTable } from '../../../ui/data-table.js';
import { lazily } from '../../../ui/lazily.js';
import { ButtonLink } from '../../../ui/links.js';
import { ListPage } from '../../../ui/list-page.js';
import { Blank } from '../../../ui/states.js';
import { isNarrowed, type Asked } from './asked.js';
import { BulkBar } from './bulk-bar.js';
import { columnsOf } from './job-columns.js';
import { JobFilters } from './job-filters.js';
import { useJobs, type JobRow } from './list-data.js';
import { useBulk } from './use-bulk.js';
import { t } from './words.js';

const BulkOutcome = lazily(async () => (await import('./bulk-outcome.js')).BulkOutcome);

const route = getRouteApi('/shell/jobs');

export function JobsPage(): JSX.Element {
  const asked = route.useSearch();
  const jobs = useJobs(asked);
  const canWrite = useCan('JOBS_WRITE');
  const mayAct = useCan('RUNS_CONTROL') || canWrite;
  const selection = useSelection(jobs.nodes);
  const bulk = useBulk(jobs.refresh);
  const { ids, toggle } = selection;
  const columns = useMemo(() => columnsOf(mayAct ? { ids, toggle } : null), [mayAct, ids, toggle]);
  return (
    <ListPage
      title={t('title')}
      lead={t('lead')}
      count={jobs.total === null ? t('title') : t('count', { count: jobs.total })}
      action={canWrite && <NewJob />}
      filters={<JobFilters />}
      aside={
        mayAct &&
        jobs.nodes.length > 0 && (
          <BulkBar
            shown={jobs.nodes}
            selected={selection.jobs}
            done={bulk.done}
            onSelect={selection.choose}
            onAct={(action, chosen) => void bulk.act(action, chosen)}
          />
        )
      }
      notice={bulk.result && <BulkOutcome result={bulk.result} onDismiss={bulk.dismiss} />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={jobs.nodes}
        keyOf={({ id }) => id}
        list={listState(jobs)}
        blank={<NoJobs asked={asked} canWrite={canWrite} />}
      />
    </ListPage>
  );
}

/** The jobs that are selected, as far as they are shown. */
function useSelection(shown: readonly JobRow[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useMemo(
    () => (id: string) =>
      setIds((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
    [],
  );
  return {
    ids,
    toggle,
    jobs: shown.filter(({ id }) => ids.has(id)),
    choose: (jobs: readonly JobRow[]) => setIds(new Set(jobs.map(({ id }) => id))),
  };
}

const NewJob = (): JSX.Element => (
  <ButtonLink to="/jobs/new" leftSection={<IconPlus size={16} />}>
    {t('newJob')}
  </ButtonLink>
);

function NoJobs({ asked, canWrite }: { asked: Asked; canWrite: boolean }): JSX.Element {
  if (!isNarrowed(asked))
    return (
      <Blank title={t('noneYet')} action={canWrite && <NewJob />}>
        {t('noneYetWhy')}
      </Blank>
    );
  return (
    <Blank
      title={t('noneFound')}
      action={
        <ButtonLink to="/jobs" search={{}} variant="default">
          {t('clearFilters')}
        </ButtonLink>
      }
    >
      {t('noneFoundWhy')}
    </Blank>
  );
}
