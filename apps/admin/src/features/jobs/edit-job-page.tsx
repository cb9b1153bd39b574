import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { NotThere } from '../../ui/not-there.js';
import { Page, Panel } from '../../ui/page.js';
import { JobQuery } from './data.js';
import { savedJobValues } from './job-input.js';
import { useBasis } from './wizard/basis.js';
import { Wizard } from './wizard/wizard.js';
import { t } from './words.js';

const route = getRouteApi('/shell/jobs/$jobId/edit/$step');

/** The steps of a job that is there. */
export function EditJobPage(): JSX.Element {
  const { jobId, step } = route.useParams();
  const { basis, instead } = useBasis();
  const { data, error, refetch } = useQuery(JobQuery, { variables: { id: jobId, runs: 20 } });
  const job = data?.job;
  if (data && !job && !error) return <NotThere title={t('noSuchJob')} />;
  const back = { to: '/jobs/$jobId', jobId, label: job?.name ?? t('job') } as const;
  if (!basis || !job) {
    return (
      <Page title={t('editJob')} back={back}>
        <Panel title={t('job')}>
          {error && !job ? <Failure error={error} onRetry={() => void refetch()} /> : instead}
        </Panel>
      </Page>
    );
  }
  return (
    <Wizard
      key={job.id}
      jobId={jobId}
      draftName={jobId}
      asked={step}
      basis={basis}
      fresh={{ version: job.version, start: savedJobValues(job) }}
      titleOf={(name) => t('editJobStep', { name: job.name, step: name })}
      back={back}
    />
  );
}
