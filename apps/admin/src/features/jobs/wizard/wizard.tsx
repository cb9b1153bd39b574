import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentProps, JSX } from 'react';
import { useViewer } from '../../../domain/session.js';
import { withWords } from '../../../routing/page.js';
import { focusField } from '../../../ui/focus.js';
import { lazily } from '../../../ui/lazily.js';
import { LeaveGuard } from '../../../ui/leave-guard.js';
import { ButtonLink } from '../../../ui/links.js';
import { Page } from '../../../ui/page.js';
import { Notice, Problems } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { checkJob } from '../job-input.js';
import { t as policyWords } from '../policies/words.js';
import type { Basis } from './basis.js';
import { deletionSentence } from './deletion-sentence.js';
import { SaveButtons } from './save-buttons.js';
import { placeOf } from './step-links.js';
import { StepNav } from './step-nav.js';
import type { StepProps } from './step-props.js';
import { problemsOf, stepAt, stepOfField, stepsOf, type Step } from './steps.js';
import { proposedName } from './told.js';
import { useDraft, type Beginning } from './use-draft.js';
import { useFinish, type Finish } from './use-finish.js';
import styles from './wizard.module.css';
import { t } from './words.js';

const loadPolicies = withWords([policyWords], () => import('./policies-step.js'));
const loadSummary = withWords([policyWords], () => import('./summary-step.js'));
const loadConflict = withWords([policyWords], () => import('./job-conflict.js'));

/** Each step is loaded when it is shown. */
const BODIES: Record<Step, (props: StepProps & { jobId: string | null }) => JSX.Element> = {
  type: lazily(async () => (await import('./type-step.js')).TypeStep),
  locations: lazily(async () => (await import('./locations-step.js')).LocationsStep),
  policies: lazily(async () => (await loadPolicies()).PoliciesStep),
  mappings: lazily(async () => (await import('./mappings-step.js')).MappingsStep),
  filters: lazily(async () => (await import('./filters-step.js')).FiltersStep),
  schedule: lazily(async () => (await import('./schedule-step.js')).ScheduleStep),
  summary: lazily(async () => (await loadSummary()).SummaryStep),
};
const JobConflict = lazily(async () => (await loadConflict()).JobConflict);

interface WizardProps {
  /** Null for a job that is not there yet. */
  jobId: string | null;
  /** Name under which the tab keeps what is not saved. */
  draftName: string;
  /** The step of the address. */
  asked: Step;
  basis: Basis;
  fresh: Beginning;
  titleOf: (step: string) => string;
  back: ComponentProps<typeof Page>['back'];
}

/** The way to a job, step by step, each at an address of its own below one form. */
export function Wizard({ jobId, draftName, asked, basis, fresh, titleOf, back }: WizardProps): JSX.Element {
  const viewer = useViewer();
  const navigate = useNavigate();
  const draft = useDraft(`${viewer?.actor.id ?? ''}-${draftName}`, fresh);
  const values = { ...draft.values, name: draft.values.name ?? proposedName(draft.values, basis) };
  const { finish, busy, general, conflict, settle } = useFinish(jobId, draft, basis);
  const steps = stepsOf(values.transferType);
  const step = stepAt(asked, values.transferType);
  const Body = BODIES[step];
  const isReady = () => {
    const missing = problemsOf(checkJob(values), step);
    draft.setErrors({ ...draft.errors, ...missing });
    focusField(Object.keys(missing)[0]);
    return Object.keys(missing).length === 0;
  };
  const next = steps[steps.indexOf(step) + 1];
  const submit = async () => {
    if (next === undefined) return finish('SAVE', values);
    if (isReady()) await navigate(placeOf(jobId, next));
  };
  return (
    <Page key={step} title={titleOf(t(`step.${step}`))} lead={t(`stepLead.${step}`)} back={back}>
      <StepNav
        jobId={jobId}
        steps={steps}
        current={step}
        wrong={[...new Set(Object.keys(draft.errors).map(stepOfField))]}
        mayGoOn={isReady}
      />
      <Deletions values={values} />
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
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
          before={steps[steps.indexOf(step) - 1]}
          isLast={next === undefined}
          type={values.transferType}
          busy={busy}
          onFinish={(wanted) => void finish(wanted, values)}
        />
      </form>
      <LeaveGuard
        isDirty={draft.isDirty}
        within={jobId === null ? '/jobs/new' : `/jobs/${jobId}/edit`}
        onLeave={draft.end}
      />
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
