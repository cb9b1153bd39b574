/*
 * The room of scans: what was found in the places that scans have listed, and the way from there to a job.
 */
import { NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import { LocationText } from '../../domain/job/job-tags.js';
import { listState } from '../../domain/list-state.js';
import { RunTag } from '../../domain/run/run-tags.js';
import { useCan } from '../../domain/session.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { formatBytes } from '../../ui/format.js';
import { ButtonLink, NameLink } from '../../ui/links.js';
import { ListPage } from '../../ui/list-page.js';
import { Moment } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { STATES } from './asked.js';
import { useScans, type ScanRow } from './data.js';
import { t } from './words.js';

const route = getRouteApi('/shell/scans');

export function ScansPage(): JSX.Element {
  const asked = route.useSearch();
  const scans = useScans(asked);
  const columns = useMemo(columnsOf, []);
  const canWrite = useCan('JOBS_WRITE');
  return (
    <ListPage
      title={t('title')}
      lead={t('lead')}
      count={scans.total === null ? t('title') : t('count', { count: scans.total })}
      action={canWrite && <NewScan />}
      filters={<StateFilter />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={scans.nodes}
        keyOf={({ id }) => id}
        list={listState(scans)}
        blank={asked.state === undefined ? <NoScans canWrite={canWrite} /> : <NoneInState />}
      />
    </ListPage>
  );
}

const NewScan = (): JSX.Element => (
  <ButtonLink
    to="/jobs/new/$step"
    params={{ step: 'locations' }}
    search={{ type: 'SCAN' }}
    leftSection={<IconPlus size={16} />}
  >
    {t('newScan')}
  </ButtonLink>
);

function StateFilter(): JSX.Element {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <NativeSelect
      label={t('state')}
      data={[{ value: '', label: t('anyState') }, ...STATES.map((value) => ({ value, label: t(value) }))]}
      value={state ?? ''}
      onChange={({ currentTarget: { value } }) =>
        void navigate({ search: { state: STATES.find((one) => one === value) }, replace: true })
      }
    />
  );
}

const NoScans = ({ canWrite }: { canWrite: boolean }): JSX.Element => (
  <Blank title={t('noneYet')} action={canWrite && <NewScan />}>
    {t('noneYetWhy')}
  </Blank>
);

const NoneInState = (): JSX.Element => (
  <Blank
    title={t('noneInState')}
    action={
      <ButtonLink to="/scans" variant="default">
        {t('showAll')}
      </ButtonLink>
    }
  >
    {t('otherState')}
  </Blank>
);

function ScanName({ scan: { id, number, job } }: { scan: ScanRow }): JSX.Element {
  return (
    <NameLink to="/scans/$runId" params={{ runId: id }}>
      {t('scanOf', { job: job.name, number })}
    </NameLink>
  );
}

const columnsOf = (): DataColumn<ScanRow>[] => [
  {
    id: 'scan',
    head: t('scan'),
    width: 'minmax(170px, 1.2fr)',
    cell: (scan) => <ScanName scan={scan} />,
  },
  {
    id: 'place',
    head: t('place'),
    width: 'minmax(160px, 1.3fr)',
    cell: ({ job }) => <LocationText location={job.source} />,
  },
  {
    id: 'state',
    head: t('state'),
    width: 'minmax(120px, 0.8fr)',
    cell: ({ state, stateReason }) => (
      <>
        <RunTag state={state} />
        {stateReason && <span className={styles.sub}>{stateReason.message}</span>}
      </>
    ),
  },
  {
    id: 'found',
    head: t('found'),
    width: 'minmax(96px, 0.7fr)',
    cell: ({ statistics }) => (
      <>
        {t('items', { count: statistics.itemsDiscovered })}
        <span className={styles.sub}>{formatBytes(statistics.bytesDiscovered)}</span>
      </>
    ),
  },
  {
    id: 'started',
    head: t('started'),
    width: 'minmax(104px, 0.7fr)',
    cell: ({ queuedAt }) => <Moment instant={queuedAt} />,
  },
];
