/*
 * The room of connections: the list, the form that is drawn from a platform's description, the sign-in at the platform, the
 * choice of company and project, and the budget of calls.
 */
import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { useCan } from '../../domain/session.js';
import { useNow } from '../../ui/clock.js';
import { ButtonLink, NameLink } from '../../ui/links.js';
import { Moment } from '../../ui/moment.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { HealthFields } from './data.js';
import { ConnectionTag, PlatformIcon } from '../../domain/connection/connection-tags.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const ConnectionsQuery = graphql(
  `
    query Connections($first: Int!, $search: String) {
      connections(first: $first, filter: { nameContains: $search }) {
        totalCount
        nodes {
          ...HealthFields
          platform {
            key
            displayName
          }
          settings {
            __typename
            ... on NetworkFileShareSettings {
              location
            }
            ... on ObjectStorageSettings {
              bucket
            }
            ... on ProcoreSettings {
              companyName
              projectName
            }
          }
        }
      }
    }
  `,
  [HealthFields],
);

type Row = NonNullable<ResultOf<typeof ConnectionsQuery>['connections']>['nodes'][number];

const PAGE_ROWS = 50;
const route = getRouteApi('/shell/connections');

export function ConnectionsPage(): JSX.Element {
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [text, setText] = useState(search);
  const [asked] = useDebouncedValue(text.trim(), 250);
  const [first, setFirst] = useState(PAGE_ROWS);
  useEffect(() => {
    void navigate({ search: { search: asked || undefined }, replace: true });
  }, [asked, navigate]);
  const { data, previousData, error, refetch } = useQuery(ConnectionsQuery, {
    variables: { first, search: asked || null },
    pollInterval: 10_000,
  });
  const page = (data ?? previousData)?.connections;
  const addLink = (
    <ButtonLink to="/connections/new" leftSection={<IconPlus size={16} />}>
      {t('addConnection')}
    </ButtonLink>
  );
  const body = () => {
    if (!page)
      return error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading label={t('loadingConnections')} />
      );
    if (page.nodes.length === 0) return <NoConnections isSearch={asked !== ''} />;
    return <Rows rows={page.nodes} />;
  };
  return (
    <Page
      title={t('connections')}
      lead={t('connectionsLead')}
      actions={
        <>
          <ButtonLink to="/comparison" variant="default">
            {t('compare')}
          </ButtonLink>
          {canWrite && addLink}
        </>
      }
    >
      <Panel
        title={page ? t('count', { count: page.totalCount }) : t('connections')}
        isFlush
        aside={<Search text={text} onChange={setText} />}
      >
        {body()}
        {page && page.nodes.length < page.totalCount && (
          <div style={{ padding: 14 }}>
            <Button variant="default" disabled={first >= 100} onClick={() => setFirst(100)}>
              {first >= 100 ? t('narrow') : t('showMore')}
            </Button>
          </div>
        )}
      </Panel>
    </Page>
  );
}

function Search({ text, onChange }: { text: string; onChange: (text: string) => void }): JSX.Element {
  return (
    <TextInput
      type="search"
      size="xs"
      w={230}
      aria-label={t('searchConnections')}
      placeholder={t('searchByName')}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function NoConnections({ isSearch }: { isSearch: boolean }): JSX.Element {
  return isSearch ? (
    <Blank title={t('noneNamed')}>{t('shorterName')}</Blank>
  ) : (
    <Blank title={t('noneYet')}>{t('noneYetWhy')}</Blank>
  );
}

function Rows({ rows }: { rows: readonly Row[] }): JSX.Element {
  const now = useNow(30_000);
  return (
    <div className={styles.tableScroll}>
      <table className={`${styles.table ?? ''} ${styles.cards ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('platform')}</th>
            <th scope="col">{t('status')}</th>
            <th scope="col">{t('checked')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <NameLink to="/connections/$connectionId" params={{ connectionId: row.id }}>
                  {row.name}
                </NameLink>
                <span className={styles.sub}>{placeOf(row)}</span>
              </td>
              <td data-label={t('platform')}>
                <span className={styles.row} style={{ flexWrap: 'nowrap' }}>
                  <PlatformIcon platform={row.platform.key} size={18} /> {row.platform.displayName}
                </span>
              </td>
              <td data-label={t('status')}>
                <ConnectionTag status={row.health.status} />
                {row.health.status !== 'HEALTHY' && <span className={styles.sub}>{row.health.message}</span>}
              </td>
              <td data-label={t('checked')} className={styles.dim}>
                {row.health.checkedAt ? <Moment instant={row.health.checkedAt} now={now} /> : t('never')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

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
