import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { sortProblems } from '../../../graphql/problems.js';
import { useRunStart } from '../../../domain/run/use-run-start.js';
import { focusField } from '../../../ui/focus.js';
import { checkJob, type JobValues } from '../job-input.js';
import { usePlanStart } from '../use-plan-start.js';
import type { Basis } from './basis.js';
import type { DraftOfJob } from './use-draft.js';
import { useSave, type Conflict } from './use-save.js';

/** What follows once the job is saved. */
export type Finish = 'SIMULATE' | 'RUN' | 'SAVE';

const isKnown = (path: string) =>
  ['name', 'description', 'transferType', 'source', 'destination', 'rules', 'mappingSetIds'].includes(path) ||
  /^(source|destination)\.(connectionId|at)$/.test(path) ||
  /^policies\.(\w+|bandwidth\.\d+)$/.test(path) ||
  /^schedule\.(timeZone|starts\.\w+|windows\.\d+)$/.test(path);

/** Saves the draft and goes on; tells what was refused, and what somebody else has saved meanwhile. */
export function useFinish(jobId: string | null, draft: DraftOfJob, { defaults }: Basis) {
  const navigate = useNavigate();
  const save = useSave(jobId, defaults);
  const [run] = useRunStart();
  const [plan] = usePlanStart();
  const [busy, setBusy] = useState<Finish | null>(null);
  const [general, setGeneral] = useState<readonly string[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const goOn = async (finish: Finish, id: string) => {
    draft.end();
    // Back from the plan or the run leads to the job, and not to a step that would begin another one.
    await navigate({ to: '/jobs/$jobId', params: { jobId: id }, replace: true });
    if (finish === 'SIMULATE') await plan(id);
    if (finish === 'RUN') await run(id);
  };
  const trySave = async (finish: Finish, values: JobValues) => {
    const saved = await save(values, draft.from);
    if (saved === null) return;
    if ('jobId' in saved) return goOn(finish, saved.jobId);
    if ('conflict' in saved) return setConflict(saved.conflict);
    const { byField, general: others } = sortProblems(saved.problems, isKnown);
    draft.setErrors(byField);
    setGeneral(others);
    focusField(Object.keys(byField)[0]);
  };
  const finish = async (wanted: Finish, values: JobValues) => {
    const byField = checkJob(values);
    draft.setErrors(byField);
    setGeneral([]);
    if (Object.keys(byField).length > 0) return focusField(Object.keys(byField)[0]);
    setBusy(wanted);
    await trySave(wanted, values).finally(() => setBusy(null));
  };
  return { finish, busy, general, conflict, settle: () => setConflict(null) };
}
