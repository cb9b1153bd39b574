import { graphql, type ResultOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { ApprovalTag } from '../../../domain/job/job-tags.js';
import { listState } from '../../../domain/list-state.js';
import { client } from '../../../graphql/client.js';
import { ListError, usePages, type Page } from '../../../graphql/pages.js';
import type { DataColumn } from '../../../ui/data-column.js';
import { DataTable } from '../../../ui/data-table.js';
import { formatBytes, formatCount } from '../../../ui/format.js';
import { NameLink, TextLink } from '../../../ui/links.js';
import { Moment } from '../../../ui/moment.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import styles from '../../../ui/ui.module.css';
import { PlanRowFields } from '../data.js';
import type { PartProps } from './part-props.js';
import { t } from './words.js';

const PlansQuery = graphql(
  `
    query JobPlans($id: ID!, $after: String) {
      job(id: $id) {
        id
        latestPlan {
          ...PlanRowFields
        }
        runs(first: 50, after: $after) {
          nodes {
            id
            number
            plan {
              ...PlanRowFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [PlanRowFields],
);

interface PlanRow {
  plan: ResultOf<typeof PlanRowFields>;
  /** The run that carries it out; null where there is none yet. */
  run: { id: string; number: number } | null;
}

/** The plans of the runs, the newest first, and before them one that has not been run. */
async function readPlans(jobId: string, after: string | null): Promise<Page<PlanRow>> {
  const variables = { id: jobId, after };
  const { data } = await client.query({ query: PlansQuery, variables, fetchPolicy: 'no-cache' });
  if (!data?.job) throw new ListError(t('plansNotRead'));
  const { latestPlan, runs } = data.job;
  const rows: PlanRow[] = runs.nodes.flatMap(({ plan, ...run }) => (plan ? [{ plan, run }] : []));
  const isAlone = after === null && latestPlan !== null && rows.every(({ plan }) => plan.id !== latestPlan.id);
  return { nodes: isAlone ? [{ plan: latestPlan, run: null }, ...rows] : rows, pageInfo: runs.pageInfo };
}

/** What was planned for the job, and which run carried it out. */
export function PlansTab({ job }: PartProps): JSX.Element {
  const pages = usePages(`${job.id} ${job.latestPlan?.id ?? ''}`, (after) => readPlans(job.id, after));
  return (
    <Panel title={t('plans')} isFlush>
      <DataTable
        label={t('plans')}
        columns={COLUMNS()}
        rows={pages.nodes}
        keyOf={({ plan, run }) => `${plan.id} ${run?.id ?? ''}`}
        list={listState(pages)}
        blank={<Blank title={t('noPlanYet')}>{t('noPlanYetWhy')}</Blank>}
      />
    </Panel>
  );
}

function RunOfPlan({ run }: Pick<PlanRow, 'run'>): JSX.Element {
  if (!run) return <span className={styles.dim}>{t('notRun')}</span>;
  return (
    <TextLink to="/runs/$runId" params={{ runId: run.id }}>
      {t('runNumber', { number: run.number })}
    </TextLink>
  );
}

const COLUMNS = (): DataColumn<PlanRow>[] => [
  {
    id: 'made',
    head: t('made'),
    width: 'minmax(150px, 1fr)',
    cell: ({ plan }) => (
      <NameLink to="/plans/$planId" params={{ planId: plan.id }}>
        <Moment instant={plan.createdAt} />
      </NameLink>
    ),
  },
  {
    id: 'run',
    head: t('carriedOutBy'),
    width: 'minmax(110px, 0.8fr)',
    cell: ({ run }) => <RunOfPlan run={run} />,
  },
  {
    id: 'items',
    head: t('itemsLookedAt'),
    width: '130px',
    isFigure: true,
    cell: ({ plan }) => formatCount(plan.summary?.itemCount),
  },
  {
    id: 'bytes',
    head: t('toTransfer'),
    width: '120px',
    isFigure: true,
    cell: ({ plan }) => formatBytes(plan.summary?.byteCount),
  },
  {
    id: 'state',
    head: t('state'),
    width: 'minmax(130px, 0.8fr)',
    cell: ({ plan }) => (plan.taskState === 'SUCCEEDED' ? <ApprovalTag state={plan.approvalState} /> : null),
  },
];
