import { graphql, type ResultOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { JobTag } from '../../domain/job/job-tags.js';
import { typeLabel } from '../../domain/job/transfer-types.js';
import { listState } from '../../domain/list-state.js';
import { client } from '../../graphql/client.js';
import { usePages } from '../../graphql/pages.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { NameLink } from '../../ui/links.js';
import { Moment } from '../../ui/moment.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

const JobsQuery = graphql(`
  query ConnectionJobs($filter: JobFilter!, $after: String) {
    jobs(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        name
        transferType
        state
        nextStartAt
        source {
          connection {
            id
          }
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
type Job = NonNullable<ResultOf<typeof JobsQuery>['jobs']>['nodes'][number];

export function ConnectionJobsPage(): JSX.Element {
  return <ConnectionFrame>{({ id }) => <Jobs connectionId={id} />}</ConnectionFrame>;
}

function Jobs({ connectionId: id }: { connectionId: string }): JSX.Element {
  const jobs = usePages(id, async (after) => {
    const variables = { filter: { connectionIds: [id] }, after };
    const { data } = await client.query({ query: JobsQuery, variables, fetchPolicy: 'no-cache' });
    return data?.jobs ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };
  });
  return (
    <Panel title={jobs.total === null ? t('usedBy') : t('jobCount', { count: jobs.total })} isFlush>
      <DataTable
        label={t('usedBy')}
        columns={columnsOf(id)}
        rows={jobs.nodes}
        keyOf={(job) => job.id}
        list={listState(jobs)}
        blank={<Blank title={t('noJob')}>{t('noJobWhy')}</Blank>}
      />
    </Panel>
  );
}

const columnsOf = (connectionId: string): DataColumn<Job>[] => [
  {
    id: 'job',
    head: t('name'),
    width: 'minmax(180px, 1.5fr)',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: ({ id, name, transferType }) => (
      <>
        <NameLink to="/jobs/$jobId" params={{ jobId: id }}>
          {name}
        </NameLink>
        <span className={styles.sub}>{typeLabel(transferType)}</span>
      </>
    ),
  },
  {
    id: 'side',
    head: t('usedAs'),
    width: 'minmax(110px, 0.7fr)',
    cell: ({ source }) => (source.connection?.id === connectionId ? t('asSource') : t('asDestination')),
  },
  { id: 'state', head: t('status'), width: 'minmax(120px, 0.8fr)', cell: ({ state }) => <JobTag state={state} /> },
  {
    id: 'next',
    head: t('nextStart'),
    width: 'minmax(110px, 0.7fr)',
    sortBy: ({ nextStartAt }) => nextStartAt ?? '',
    cell: ({ nextStartAt }) => <Moment instant={nextStartAt} />,
  },
];
