import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { toastProblems } from '../../ui/toast.js';
import { RunStart } from './run-data.js';

/** Starts runs, and leads to the page of the run. */
export function useRunStart(): [(jobId: string, planId?: string) => Promise<void>, boolean] {
  const navigate = useNavigate();
  const [start, isBusy] = useAction(RunStart);
  const run = async (jobId: string, planId?: string) => {
    const payload = (await start({ jobId, input: planId === undefined ? null : { planId }, key: newKey() }))?.runStart;
    toastProblems(payload?.userErrors);
    if (payload?.run) await navigate({ to: '/runs/$runId', params: { runId: payload.run.id } });
  };
  return [run, isBusy];
}
