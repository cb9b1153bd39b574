import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { toastProblems } from '../../ui/toast.js';
import { PlanCreate } from './data.js';

/** Makes plans, and leads to the page of the plan. */
export function usePlanStart(): [(jobId: string) => Promise<void>, boolean] {
  const navigate = useNavigate();
  const [plan, isBusy] = useAction(PlanCreate);
  const make = async (jobId: string) => {
    const payload = (await plan({ jobId, key: newKey() }))?.planCreate;
    toastProblems(payload?.userErrors);
    if (payload?.plan) await navigate({ to: '/plans/$planId', params: { planId: payload.plan.id } });
  };
  return [make, isBusy];
}
