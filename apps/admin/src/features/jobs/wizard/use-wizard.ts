import { useNavigate } from '@tanstack/react-router';
import { useViewer } from '../../../domain/session.js';
import { focusField } from '../../../ui/focus.js';
import { checkJob } from '../job-input.js';
import { useBasisOf, type Basis } from './basis.js';
import { placeOf } from './step-links.js';
import { problemsOf, stepAt, stepOfField, stepsOf, type Step } from './steps.js';
import { proposedName } from './told.js';
import { useDraft, type Beginning } from './use-draft.js';
import { useFinish } from './use-finish.js';

export interface WizardBeginning {
  /** Null for a job that is not there yet. */
  jobId: string | null;
  /** Name under which the tab keeps what is not saved. */
  draftName: string;
  /** The step of the address. */
  asked: Step;
  basis: Basis;
  fresh: Beginning;
}

/** The draft of a job, the step at which its person is, and the ways on from there. */
export function useWizard({ jobId, draftName, asked, basis: known, fresh }: WizardBeginning) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const draft = useDraft(`${viewer?.actor.id ?? ''}-${draftName}`, fresh);
  const basis = useBasisOf(draft.values, known);
  const values = { ...draft.values, name: draft.values.name ?? proposedName(draft.values, basis) };
  const finishing = useFinish(jobId, draft, basis);
  const steps = stepsOf(values.transferType);
  const step = stepAt(asked, values.transferType);
  const [before, next] = [steps[steps.indexOf(step) - 1], steps[steps.indexOf(step) + 1]];
  /** Whether nothing is missing on the step that is shown; leads to what is. */
  const isReady = () => {
    const missing = problemsOf(checkJob(values), step);
    draft.setErrors({ ...draft.errors, ...missing });
    focusField(Object.keys(missing)[0]);
    return Object.keys(missing).length === 0;
  };
  const submit = async () => {
    if (next === undefined) return finishing.finish('SAVE', values);
    if (isReady()) await navigate(placeOf(jobId, next));
  };
  const wrong = [...new Set(Object.keys(draft.errors).map(stepOfField))];
  const isLast = next === undefined;
  return { draft, values, basis, finishing, steps, step, before, isLast, wrong, isReady, submit };
}
