import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import type { VariablesOf } from '@sluice/client/graphql';
import { RunItemsIgnore, RunItemsRetry } from './item-data.js';
import { RETRY_REASONS } from './flag-cures.js';
import { toastDone, toastProblems } from '../../ui/toast.js';
import { t } from '../words.js';

export type ItemSelection = VariablesOf<typeof RunItemsRetry>['items'];

/** Flagged items of a run that has ended. */
export const flaggedOf = (runId: string): ItemSelection => ({ filter: { runId, outcomes: ['FLAGGED'] } });

/** Those of them that another try may settle. */
export const retryableOf = (runId: string): ItemSelection => ({
  filter: { runId, outcomes: ['FLAGGED'], reasons: RETRY_REASONS },
});

/** Tries flagged items again in a new run, or turns them into skipped ones. */
export function useItemActions(jobId: string): {
  retry: (items: ItemSelection) => Promise<void>;
  ignore: (items: ItemSelection, count: number) => Promise<boolean>;
  isBusy: boolean;
} {
  const navigate = useNavigate();
  const [retryItems, isRetrying] = useAction(RunItemsRetry);
  const [ignoreItems, isIgnoring] = useAction(RunItemsIgnore);
  const retry = async (items: ItemSelection) => {
    const payload = (await retryItems({ jobId, items, key: newKey() }))?.runItemsRetry;
    if (!toastProblems(payload?.userErrors) && payload?.run)
      await navigate({ to: '/runs/$runId', params: { runId: payload.run.id } });
  };
  const ignore = async (items: ItemSelection, count: number) => {
    const payload = (await ignoreItems({ jobId, items }))?.runItemsIgnore;
    if (!payload || toastProblems(payload.userErrors)) return false;
    toastDone(t('itemsIgnored', { count }));
    await client.refetchQueries({ include: ['Run'] });
    return true;
  };
  return { retry, ignore, isBusy: isRetrying || isIgnoring };
}
