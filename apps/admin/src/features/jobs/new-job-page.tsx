import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Page, Panel } from '../../ui/page.js';
import { newJobValues } from './job-input.js';
import { useBasis } from './wizard/basis.js';
import { Wizard } from './wizard/wizard.js';
import { t } from './words.js';

const route = getRouteApi('/shell/jobs/new/$step');

/** The way to a new job; nothing is made before its last step. */
export function NewJobPage(): JSX.Element {
  const { step } = route.useParams();
  const { basis, instead } = useBasis();
  const back = { to: '/jobs', label: t('jobs') } as const;
  if (!basis) {
    return (
      <Page title={t('newJob')} back={back}>
        <Panel title={t('job')}>{instead}</Panel>
      </Page>
    );
  }
  return (
    <Wizard
      jobId={null}
      asked={step}
      basis={basis}
      fresh={{ version: null, start: newJobValues(basis.defaults) }}
      titleOf={(name) => t('newJobStep', { step: name })}
      back={back}
    />
  );
}
