import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { toastProblems } from '../../ui/toast.js';
import { RunStart } from './run-data.js';

/** Starts runs, and leads to the page of the run, or of what a scan found. */
export function useRunStart(
  to: '/runs/$runId' | '/scans/$runId' = '/runs/$runId',
): [(jobId: string, planId?: string) => Promise<void>, boolean] {
  const navigate = useNavigate();
  const [start, isBusy] = useAction(RunStart);
  const run = async (jobId: string, planId?: string) => {
    const payload = (await start({ jobId, input: planId === undefined ? null : { planId }, key: newKey() }))?.runStart;
    toastProblems(payload?.userErrors);
    if (payload?.run) await navigate({ to, params: { runId: payload.run.id } });
  };
  return [run, isBusy];
}
