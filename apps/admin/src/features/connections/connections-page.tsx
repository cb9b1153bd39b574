/*
 * The room of connections: the list, the form that is drawn from a platform's description, the sign-in at the platform, the
 * choice of company and project, and the tabs of each connection.
 */
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import { ConnectionTag, PlatformIcon } from '../../domain/connection/connection-tags.js';
import { listState } from '../../domain/list-state.js';
import { useCan } from '../../domain/session.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { ButtonLink, NameLink } from '../../ui/links.js';
import { ListPage } from '../../ui/list-page.js';
import { Moment } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFilters } from './connection-filters.js';
import { filterOf, isFiltered } from './filter.js';
import { useConnections, type Row } from './list-data.js';
import { t } from './words.js';

const route = getRouteApi('/shell/connections');

export function ConnectionsPage(): JSX.Element {
  const asked = route.useSearch();
  const { connections, platforms } = useConnections(filterOf(asked));
  const canWrite = useCan('CONNECTIONS_WRITE');
  const columns = useColumns();
  return (
    <ListPage
      title={t('connections')}
      lead={t('connectionsLead')}
      count={connections.total === null ? t('connections') : t('count', { count: connections.total })}
      action={
        <>
          <ButtonLink to="/comparison" variant="default">
            {t('compare')}
          </ButtonLink>
          {canWrite && (
            <ButtonLink to="/connections/new" leftSection={<IconPlus size={16} />}>
              {t('addConnection')}
            </ButtonLink>
          )}
        </>
      }
      filters={<ConnectionFilters platforms={platforms} />}
    >
      <DataTable
        label={t('connections')}
        columns={columns}
        rows={connections.nodes}
        keyOf={({ id }) => id}
        list={listState(connections)}
        blank={<NoConnections isSearch={isFiltered(asked)} />}
      />
    </ListPage>
  );
}

const NoConnections = ({ isSearch }: { isSearch: boolean }): JSX.Element =>
  isSearch ? (
    <Blank title={t('noneFound')}>{t('noneFoundWhy')}</Blank>
  ) : (
    <Blank title={t('noneYet')}>{t('noneYetWhy')}</Blank>
  );

function ConnectionName({ row }: { row: Row }): JSX.Element {
  return (
    <>
      <NameLink to="/connections/$connectionId" params={{ connectionId: row.id }}>
        {row.name}
      </NameLink>
      <span className={styles.sub}>{placeOf(row)}</span>
    </>
  );
}

function useColumns(): DataColumn<Row>[] {
  const now = useNow(30_000);
  return useMemo(() => columnsOf(now), [now]);
}

const columnsOf = (now: number): DataColumn<Row>[] => [
  {
    id: 'name',
    head: t('name'),
    width: 'minmax(180px, 1.4fr)',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: (row) => <ConnectionName row={row} />,
  },
  {
    id: 'platform',
    head: t('platform'),
    width: 'minmax(150px, 0.9fr)',
    sortBy: ({ platform }) => platform.displayName,
    cell: ({ platform }) => (
      <span className={styles.row}>
        <PlatformIcon platform={platform.key} size={18} /> {platform.displayName}
      </span>
    ),
  },
  {
    id: 'status',
    head: t('status'),
    width: 'minmax(170px, 1.2fr)',
    sortBy: ({ health }) => health.status,
    cell: ({ health }) => (
      <>
        <ConnectionTag status={health.status} />
        {health.status !== 'HEALTHY' && <span className={styles.sub}>{health.message}</span>}
      </>
    ),
  },
  {
    id: 'checked',
    head: t('checked'),
    width: 'minmax(96px, 0.6fr)',
    sortBy: ({ health }) => health.checkedAt ?? '',
    cell: ({ health }) => (health.checkedAt ? <Moment instant={health.checkedAt} now={now} /> : t('never')),
  },
];

function placeOf({ settings }: Row): string {
  switch (settings.__typename) {
    case 'ProcoreSettings':
      return [settings.companyName, settings.projectName].filter(Boolean).join(' › ') || t('noProject');
    case 'NetworkFileShareSettings':
      return settings.location;
    default:
      return settings.bucket;
  }
}
