import { skipToken, useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { NotThere } from '../../ui/not-there.js';
import { Page, Panel } from '../../ui/page.js';
import { JobQuery } from './data.js';
import { useBasis } from './wizard/basis.js';
import { beginningOf } from './wizard/beginning.js';
import { draftOf, jobOfOrigin } from './wizard/origin.js';
import { Wizard } from './wizard/wizard.js';
import { t } from './words.js';

const route = getRouteApi('/shell/jobs/new/$step');

/** The way to a new job; nothing is made before its last step. */
export function NewJobPage(): JSX.Element {
  const { step } = route.useParams();
  const origin = route.useSearch();
  const id = jobOfOrigin(origin);
  const { basis, instead } = useBasis();
  const { data, error, refetch } = useQuery(JobQuery, id === null ? skipToken : { variables: { id, runs: 20 } });
  const job = data?.job ?? null;
  if (data && !job && !error) return <NotThere title={t('noSuchJob')} />;
  const back = { to: '/jobs', label: t('jobs') } as const;
  if (!basis || (id !== null && !job)) {
    return (
      <Page title={t('newJob')} back={back}>
        <Panel title={t('job')}>{error ? <Failure error={error} onRetry={() => void refetch()} /> : instead}</Panel>
      </Page>
    );
  }
  const draft = draftOf(origin);
  return (
    <Wizard
      key={draft}
      jobId={null}
      draftName={draft}
      asked={step}
      basis={basis}
      fresh={{ version: null, start: beginningOf(origin, job, basis.defaults) }}
      titleOf={(name) => t('newJobStep', { step: name })}
      back={back}
    />
  );
}
