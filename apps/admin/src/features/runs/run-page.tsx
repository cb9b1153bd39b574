import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type JSX } from 'react';
import { formatShare } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { TextLink } from '../../ui/links.js';
import { Moment } from '../../ui/moment.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { ItemTable } from './item-table.js';
import { type Progress } from './progress.js';
import { RunActions } from './run-actions.js';
import { RunQuery, type RunPageData } from './data.js';
import { RunFigures } from './run-figures.js';
import { RunLog } from './run-log.js';
import { ProblemItems } from './problem-items.js';
import { StuckItems } from './stuck-items.js';
import { useFlagged } from './use-flagged.js';
import { useProgress } from './use-progress.js';
import { flaggedIn } from '../../domain/run/done-text.js';
import { RunTag, triggerWord } from '../../domain/run/run-tags.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { t } from './words.js';

const ScanPanels = lazily(async () => (await import('./scan/scan-panels.js')).ScanPanels);

const route = getRouteApi('/shell/runs/$runId');
const FORECAST_MS = 5000;

export function RunPage(): JSX.Element {
  const { runId } = route.useParams();
  const { data, error, refetch, startPolling, stopPolling } = useQuery(RunQuery, { variables: { id: runId } });
  const run = data?.run;
  const isUnderWay = run ? !hasEnded(run.state) : false;
  // The stream carries figures and stages; the forecast is read beside it.
  useEffect(() => {
    if (!isUnderWay) return undefined;
    startPolling(FORECAST_MS);
    return stopPolling;
  }, [isUnderWay, startPolling, stopPolling]);
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
  const { progress, stream } = useProgress(read.id, onLost);
  const [outcome, setOutcome] = useState('');
  const isOver = hasEnded(read.state);
  const run = isOver ? read : { ...read, ...progress.run, forecast: read.forecast };
  const statistics = isOver ? read.statistics : (progress.statistics ?? run.statistics);
  // Ignoring items changes an ended run.
  const flagged = flaggedIn(statistics);
  const cures = useFlagged(run.id, isOver ? flagged : null);
  const revision = isOver ? `${run.state} ${flagged}` : run.state;
  const { job } = run;
  const isScan = job.transferType === 'SCAN';
  const hasItems = !isScan || statistics.outcomes.length > 0;
  const showOutcome = useCallback((next: string) => {
    setOutcome(next);
    document.getElementById('items')?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <Page
      title={t('title', { job: job.name, number: run.number })}
      progress={isOver || statistics.progress === null ? undefined : formatShare(statistics.progress)}
      beside={<RunTag state={run.state} />}
      back={{ to: '/jobs/$jobId', jobId: job.id, label: job.name }}
      lead={<Route job={job} />}
      actions={<RunActions run={run} flagged={flagged} mayRetry={cures.mayRetry} />}
    >
      <StuckItems cures={cures} jobId={job.id} />
      <RunFigures
        run={run}
        statistics={statistics}
        live={<Live stream={stream} hasEnded={hasEnded(run.state)} />}
        onOutcome={showOutcome}
        isScan={isScan}
      />
      {isScan && isOver && <ScanPanels runId={run.id} />}
      <div className={styles.columns}>
        <ProblemItems progress={progress} run={run} revision={revision} onShowAll={() => showOutcome('FLAGGED')} />
        <RunLog log={progress.log} />
      </div>
      {hasItems && (
        <div id="items">
          <ItemTable
            run={run}
            revision={revision}
            outcome={outcome}
            onOutcome={setOutcome}
            doneCount={statistics.itemsDone}
          />
        </div>
      )}
      <About run={run} />
    </Page>
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

const STREAM_TONES = { connecting: 'wait', live: 'ok', reconnecting: 'warn', ended: 'idle' } as const;

function Live({
  stream,
  hasEnded: isOver,
}: {
  stream: keyof typeof STREAM_TONES;
  hasEnded: boolean;
}): JSX.Element | null {
  if (isOver) return null;
  return (
    <span role="status" aria-label={t('liveConnection')}>
      <StatusTag tone={STREAM_TONES[stream]} label={t(`stream.${stream}`)} />
    </span>
  );
}

function About({ run }: { run: RunPageData & Partial<Progress> }): JSX.Element {
  const trigger = triggerWord(run.trigger);
  return (
    <Panel title={t('about')}>
      <Facts
        facts={[
          [t('started'), run.startedBy ? t('startedBy', { trigger, name: run.startedBy.displayName }) : trigger],
          [t('requested'), <Moment key="requested" instant={run.queuedAt} />],
          [t('began'), <Moment key="began" instant={run.startedAt} />],
          [t('endedAt'), <Moment key="endedAt" instant={run.finishedAt} />],
          run.continues && [
            t('continues'),
            <TextLink key="continues" to="/runs/$runId" params={{ runId: run.continues.id }}>
              {t('runNumber', { number: run.continues.number })}
            </TextLink>,
          ],
          run.plan && run.job.transferType !== 'SCAN'
            ? [
                t('plan'),
                <TextLink key="plan" to="/plans/$planId" params={{ planId: run.plan.id }}>
                  {t('showPlan')}
                </TextLink>,
              ]
            : null,
        ]}
      />
    </Panel>
  );
}
