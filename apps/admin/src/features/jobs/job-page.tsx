import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ComponentType, type JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { JobTag, LocationText } from '../../domain/job/job-tags.js';
import { isTransfer, typeLabel } from '../../domain/job/transfer-types.js';
import { useChanges } from '../../graphql/use-changes.js';
import { withWords } from '../../routing/page.js';
import { lazyPart } from '../../ui/lazily.js';
import { Moment } from '../../ui/moment.js';
import { NotThere } from '../../ui/not-there.js';
import { ObjectPage, TabLink } from '../../ui/object-page.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import type { Tab } from './asked.js';
import { JobQuery, type JobPageData } from './data.js';
import { JobActions } from './job-actions.js';
import { t as policyWords } from './policies/words.js';
import type { PartProps } from './tabs/part-props.js';
import { t } from './tabs/words.js';

const route = getRouteApi('/shell/jobs/$jobId');

const loadSettings = withWords([policyWords], () => import('./tabs/settings-tab.js'));
const PARTS: Record<Tab | 'overview', ComponentType<PartProps>> = {
  overview: lazyPart(async () => (await import('./tabs/overview-tab.js')).OverviewTab),
  items: lazyPart(async () => (await import('./tabs/items-tab.js')).ItemsTab),
  plans: lazyPart(async () => (await import('./tabs/plans-tab.js')).PlansTab),
  runs: lazyPart(async () => (await import('./tabs/runs-tab.js')).RunsTab),
  settings: lazyPart(async () => (await loadSettings()).SettingsTab),
  mapping: lazyPart(async () => (await import('./tabs/mapping-tab.js')).MappingTab),
};

const FEW_RUNS = 15;
const MANY_RUNS = 100;

export function JobPage(): JSX.Element {
  const { jobId } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const [runs, setRuns] = useState(FEW_RUNS);
  const { data, previousData, error, refetch } = useQuery(JobQuery, {
    variables: { id: jobId, runs },
  });
  useChanges(['JOB', 'RUN', 'PLAN', 'CONNECTION'], () => refetch());
  const job = (data ?? previousData)?.job;
  if (data && !data.job && !error) return <NotThere title={t('noSuchJob')} />;
  if (!job) {
    return (
      <Page title={t('job')} back={{ to: '/jobs', label: t('jobs') }}>
        <Panel title={t('job')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingJob')} />}
        </Panel>
      </Page>
    );
  }
  const Part = PARTS[tab];
  const hasMoreRuns = job.runs.totalCount > job.runs.nodes.length && runs < MANY_RUNS;
  return (
    <ObjectPage
      title={job.name}
      state={<JobTag state={job.state} />}
      lead={<Lead job={job} />}
      back={{ to: '/jobs', label: t('jobs') }}
      actions={<JobActions job={job} />}
      tabs={<Tabs job={job} shown={tab} />}
      tabsLabel={t('tabs')}
    >
      <Part job={job} onMoreRuns={hasMoreRuns ? () => setRuns(MANY_RUNS) : undefined} />
    </ObjectPage>
  );
}

/** What the job does, between which places, and when it starts next. */
function Lead({ job }: { job: JobPageData }): JSX.Element {
  return (
    <>
      <div>
        {typeLabel(job.transferType)}: <LocationText location={job.source} />
        {job.destination && (
          <>
            {' '}
            {t('to')} <LocationText location={job.destination} />
          </>
        )}
      </div>
      <div>
        {t('nextStart')}: {job.nextStartAt === null ? t('onlyByHand') : <Moment instant={job.nextStartAt} />}
      </div>
      {job.description && <div>{job.description}</div>}
    </>
  );
}

function Tabs({ job, shown }: { job: JobPageData; shown: Tab | 'overview' }): JSX.Element {
  const link = (tab: Tab | undefined, name: string) => (
    <TabLink
      to="/jobs/$jobId"
      params={{ jobId: job.id }}
      search={{ tab }}
      className={shown === (tab ?? 'overview') ? 'active' : ''}
      aria-current={shown === (tab ?? 'overview') ? 'page' : undefined}
      activeProps={{}}
    >
      {name}
    </TabLink>
  );
  const hasItems = isTransfer(job.transferType);
  return (
    <>
      {link(undefined, t('overview'))}
      {hasItems && link('items', t('itemsTab'))}
      {hasItems && link('plans', t('plans'))}
      {link('runs', t('runsTab'))}
      {link('settings', t('settings'))}
      {hasItems && link('mapping', t('mappingReport'))}
    </>
  );
}
