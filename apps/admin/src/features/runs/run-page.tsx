import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type ComponentType, type JSX } from 'react';
import { useChanges } from '../../graphql/use-changes.js';
import { formatShare } from '../../ui/format.js';
import { lazyPart } from '../../ui/lazily.js';
import { TabLink } from '../../ui/object-page.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import type { Tab } from './asked.js';
import { RunQuery, type RunPageData } from './data.js';
import { RunBar } from './run-bar.js';
import { RunViewContext, useRunView, type RunView } from './run-view.js';
import { RunWaits } from './run-waits.js';
import { StuckItems } from './stuck-items.js';
import { useFlagged } from './use-flagged.js';
import { asOfNow } from './progress.js';
import { useProgress } from './use-progress.js';
import { flaggedIn } from '../../domain/run/done-text.js';
import { useCan } from '../../domain/session.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { t } from './words.js';

const route = getRouteApi('/shell/runs/$runId');
/** Budgets change with every call. */
const FORECAST_MS = 5000;

export function RunPage(): JSX.Element {
  const { runId } = route.useParams();
  const { data, error, refetch } = useQuery(RunQuery, { variables: { id: runId } });
  const run = data?.run;
  // The stream carries figures and stages; the forecast follows the budgets, and other runs that take calls from them.
  useChanges(['BUDGET', 'RUN'], () => run && !hasEnded(run.state) && refetch(), FORECAST_MS);
  if (data && !run && !error) return <NotThere title={t('noSuchRun')} />;
  if (run) return <LiveRun key={run.id} run={run} onLost={() => void refetch()} />;
  return (
    <Page title={t('run')} back={{ to: '/runs', label: t('runs') }}>
      <Panel title={t('run')} isFlush>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingRun')} />}
      </Panel>
    </Page>
  );
}

function LiveRun({ run: read, onLost }: { run: RunPageData; onLost: () => void }): JSX.Element {
  const view = useLiveRun(read, onLost);
  const { run, statistics, isOver } = view;
  return (
    <RunViewContext value={view}>
      <Page
        title={t('title', { job: run.job.name, number: run.number })}
        progress={isOver || statistics.progress === null ? undefined : formatShare(statistics.progress)}
        back={{ to: '/jobs/$jobId', jobId: run.job.id, label: run.job.name }}
        lead={<Route job={run.job} />}
      >
        <RunBar />
        <RunWaits />
        <StuckItems cures={view.cures} jobId={run.job.id} />
        <Tabs />
        <Shown />
      </Page>
    </RunViewContext>
  );
}

/** The run as it was read, with what the stream has told since. */
function useLiveRun(read: RunPageData, onLost: () => void): RunView {
  const { progress, stream } = useProgress(read.id, onLost);
  const { run: told, statistics: figures } = progress;
  const { run, statistics, isOver } = useMemo(
    () => asOfNow(read, { run: told, statistics: figures }),
    [read, told, figures],
  );
  const flagged = flaggedIn(statistics);
  const cures = useFlagged(run.id, isOver ? flagged : null);
  // Ignoring items changes an ended run.
  const revision = isOver ? `${run.state} ${flagged}` : run.state;
  const isScan = run.job.transferType === 'SCAN';
  return useMemo(
    () => ({ run, statistics, progress, stream, isOver, isScan, flagged, cures, revision }),
    [run, statistics, progress, stream, isOver, isScan, flagged, cures, revision],
  );
}

const PARTS: Record<Tab | 'overview', ComponentType> = {
  overview: lazyPart(async () => (await import('./tabs/overview-tab.js')).OverviewTab),
  items: lazyPart(async () => (await import('./item-table.js')).ItemTable),
  flagged: lazyPart(async () => (await import('./item-table.js')).FlaggedTable),
  log: lazyPart(async () => (await import('./tabs/log-tab.js')).LogTab),
  validation: lazyPart(async () => (await import('./tabs/validation-tab.js')).ValidationTab),
  exports: lazyPart(async () => (await import('./tabs/exports-tab.js')).ExportsTab),
  undo: lazyPart(async () => (await import('./tabs/undo-tab.js')).UndoTab),
};

function Shown(): JSX.Element {
  const { tab = 'overview' } = route.useSearch();
  const Part = PARTS[tab];
  return <Part />;
}

function Tabs(): JSX.Element {
  const { run, isOver, isScan, flagged } = useRunView();
  const { tab: shown } = route.useSearch();
  const canReport = useCan('REPORTS_READ');
  const canUndo = useCan('RUNS_CONTROL') && isOver && !isScan;
  const link = (tab: Tab | undefined, name: string) => (
    <TabLink
      to="/runs/$runId"
      params={{ runId: run.id }}
      search={{ tab }}
      className={shown === tab ? 'active' : ''}
      aria-current={shown === tab ? 'page' : undefined}
      activeProps={{}}
    >
      {name}
    </TabLink>
  );
  return (
    <nav aria-label={t('tabs')} className={styles.tabs}>
      {link(undefined, t('overview'))}
      {link('items', t('items'))}
      {link('flagged', flagged === 0 ? t('flagged') : t('flaggedCount', { count: flagged }))}
      {link('log', t('log'))}
      {canReport && !isScan && link('validation', t('validation'))}
      {canReport && link('exports', t('exports'))}
      {canUndo && link('undo', t('undo'))}
    </nav>
  );
}

function Route({ job }: { job: RunPageData['job'] }): JSX.Element {
  const place = (location: RunPageData['job']['source'] | null) =>
    location && (
      <>
        {location.connection?.name ?? t('deletedConnection')} <span className={styles.path}>{location.path}</span>
      </>
    );
  return (
    <>
      {place(job.source)}
      {job.destination && (
        <>
          {' '}
          {t('to')} {place(job.destination)}
        </>
      )}
    </>
  );
}
