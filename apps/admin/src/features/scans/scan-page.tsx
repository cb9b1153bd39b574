import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { LocationText } from '../../domain/job/job-tags.js';
import { LiveProgress } from '../../domain/run/run-rows.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { RunTag } from '../../domain/run/run-tags.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { ScanPanels } from '../../domain/scan/scan-panels.js';
import { useCan } from '../../domain/session.js';
import { useChanges } from '../../graphql/use-changes.js';
import { formatMoment } from '../../ui/format.js';
import { ButtonLink, TextLink } from '../../ui/links.js';
import { MomentIn } from '../../ui/moment.js';
import { NotThere } from '../../ui/not-there.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ScanQuery, type ScanOfPage } from './data.js';
import { t } from './words.js';

const route = getRouteApi('/shell/scans/$runId');

/** What a scan found, and what can be made of it. */
export function ScanPage(): JSX.Element {
  const { runId } = route.useParams();
  const { data, error, refetch } = useQuery(ScanQuery, {
    variables: { id: runId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  useChanges(['RUN'], () => data?.run && !hasEnded(data.run.state) && refetch());
  const scan = data?.run;
  if (data && !error && scan?.job.transferType !== 'SCAN') return <NotThere title={t('noSuchScan')} />;
  const back = { to: '/scans', label: t('title') } as const;
  if (!scan) {
    return (
      <Page title={t('scan')} back={back}>
        <Panel title={t('scan')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loading')} />}
        </Panel>
      </Page>
    );
  }
  return (
    <Page
      title={t('scanOf', { job: scan.job.name, number: scan.number })}
      beside={<RunTag state={scan.state} />}
      lead={<Lead scan={scan} />}
      back={back}
      actions={<Actions scan={scan} />}
    >
      {hasEnded(scan.state) ? <Result runId={scan.id} /> : <UnderWay scan={scan} />}
    </Page>
  );
}

function Lead({ scan: { id, job, finishedAt } }: { scan: ScanOfPage }): JSX.Element {
  return (
    <>
      <LocationText location={job.source} />
      <span className={styles.sub}>
        {finishedAt !== null && (
          <>
            <MomentIn instant={finishedAt} text={t('endedAt', { time: formatMoment(finishedAt) })} />
            {' · '}
          </>
        )}
        <TextLink to="/runs/$runId" params={{ runId: id }}>
          {t('showRun')}
        </TextLink>
      </span>
    </>
  );
}

function Actions({ scan: { job } }: { scan: ScanOfPage }): JSX.Element {
  const canWrite = useCan('JOBS_WRITE');
  const [start, isStarting] = useRunStart('/scans/$runId');
  return (
    <>
      {canWrite && (
        <ButtonLink to="/jobs/new/$step" params={{ step: 'type' }} search={{ from: job.id }}>
          {t('makeJob')}
        </ButtonLink>
      )}
      {job.allowedActions.includes('RUN') && (
        <Button variant="default" loading={isStarting} onClick={() => void start(job.id)}>
          {t('scanAgain')}
        </Button>
      )}
    </>
  );
}

function UnderWay({ scan }: { scan: ScanOfPage }): JSX.Element {
  return (
    <Panel title={t('progress')}>
      <div className={styles.stack}>
        <LiveProgress run={scan} />
        <span className={styles.dim}>{t('notEnded')}</span>
      </div>
    </Panel>
  );
}

function Result({ runId }: { runId: string }): JSX.Element {
  const { destination } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ScanPanels
      runId={runId}
      destination={destination}
      onDestination={(chosen) => void navigate({ search: { destination: chosen }, replace: true })}
      blank={
        <Panel title={t('noResult')} isFlush>
          <Blank
            title={t('noResult')}
            action={
              <ButtonLink to="/runs/$runId" params={{ runId }} variant="default">
                {t('toRun')}
              </ButtonLink>
            }
          >
            {t('noResultWhy')}
          </Blank>
        </Panel>
      }
    />
  );
}
