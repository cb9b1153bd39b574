import { Button } from '@mantine/core';
import type { ComponentProps, JSX } from 'react';
import { withWords } from '../../../routing/page.js';
import { lazily, lazyPart } from '../../../ui/lazily.js';
import { LeaveGuard } from '../../../ui/leave-guard.js';
import { ButtonLink } from '../../../ui/links.js';
import { Page } from '../../../ui/page.js';
import { PlainForm } from '../../../ui/plain-form.js';
import { Notice, Problems } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { t as policyWords } from '../policies/words.js';
import { deletionSentence } from './deletion-sentence.js';
import { SaveButtons } from './save-buttons.js';
import { placeOf } from './step-links.js';
import { StepNav } from './step-nav.js';
import type { StepProps } from './step-props.js';
import type { Step } from './steps.js';
import type { Finish } from './use-finish.js';
import { useWizard, type WizardBeginning } from './use-wizard.js';
import styles from './wizard.module.css';
import { t } from './words.js';

const loadPolicies = withWords([policyWords], () => import('./policies-step.js'));
const loadSummary = withWords([policyWords], () => import('./summary-step.js'));
const loadConflict = withWords([policyWords], () => import('./job-conflict.js'));

/** Each step is loaded when it is shown. */
const BODIES: Record<Step, (props: StepProps & { jobId: string | null }) => JSX.Element> = {
  type: lazyPart(async () => (await import('./type-step.js')).TypeStep),
  locations: lazyPart(async () => (await import('./locations-step.js')).LocationsStep),
  policies: lazyPart(async () => (await loadPolicies()).PoliciesStep),
  mappings: lazyPart(async () => (await import('./mappings-step.js')).MappingsStep),
  filters: lazyPart(async () => (await import('./filters-step.js')).FiltersStep),
  schedule: lazyPart(async () => (await import('./schedule-step.js')).ScheduleStep),
  summary: lazyPart(async () => (await loadSummary()).SummaryStep),
};
const JobConflict = lazily(async () => (await loadConflict()).JobConflict);

/** Address below which all steps stand. */
const formOf = (jobId: string | null): string => (jobId === null ? '/jobs/new' : `/jobs/${jobId}/edit`);

interface WizardProps extends WizardBeginning {
  titleOf: (step: string) => string;
  back: ComponentProps<typeof Page>['back'];
}

/** The way to a job, step by step, each at an address of its own below one form. */
export function Wizard({ titleOf, back, ...beginning }: WizardProps): JSX.Element {
  const { jobId } = beginning;
  const { draft, values, basis, finishing, steps, step, before, isLast, wrong, isReady, submit } = useWizard(beginning);
  const { finish, busy, general, conflict, settle } = finishing;
  const Body = BODIES[step];
  return (
    <Page key={step} title={titleOf(t(`step.${step}`))} lead={t(`stepLead.${step}`)} back={back}>
      <StepNav jobId={jobId} steps={steps} current={step} wrong={wrong} mayGoOn={isReady} />
      <Deletions values={values} />
      <PlainForm className={styles.form} onSubmit={() => void submit()}>
        <Body
          values={values}
          errors={draft.errors}
          basis={basis}
          isSaved={jobId !== null}
          jobId={jobId}
          onChange={draft.change}
        />
        <Problems messages={general} />
        <Foot
          jobId={jobId}
          before={before}
          isLast={isLast}
          type={values.transferType}
          busy={busy}
          onFinish={(wanted) => void finish(wanted, values)}
        />
      </PlainForm>
      <LeaveGuard isDirty={draft.isDirty} within={formOf(jobId)} onLeave={draft.end} />
      {conflict && <JobConflict conflict={conflict} values={values} draft={draft} basis={basis} onSettled={settle} />}
    </Page>
  );
}

/** What the job deletes, in view on every step. */
function Deletions({ values }: Pick<StepProps, 'values'>): JSX.Element | null {
  const sentence = deletionSentence(values);
  if (sentence === null) return null;
  return (
    <div className={styles.deletes}>
      <Notice tone="warn">{sentence}</Notice>
    </div>
  );
}

interface FootProps {
  jobId: string | null;
  before: Step | undefined;
  isLast: boolean;
  type: string;
  busy: Finish | null;
  onFinish: (finish: Finish) => void;
}

function Foot({ jobId, before, isLast, type, busy, onFinish }: FootProps): JSX.Element {
  return (
    <div className={uiStyles.formFoot}>
      {isLast ? (
        <SaveButtons type={type} busy={busy} onFinish={onFinish} />
      ) : (
        <Button type="submit">{t('next')}</Button>
      )}
      {!isLast && jobId !== null && (
        <Button variant="default" loading={busy === 'SAVE'} onClick={() => onFinish('SAVE')}>
          {t('saveChanges')}
        </Button>
      )}
      {before && (
        <ButtonLink {...placeOf(jobId, before)} variant="subtle" color="gray">
          {t('before')}
        </ButtonLink>
      )}
    </div>
  );
}
