import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { lazily } from '../../ui/lazily.js';
import { toastProblems } from '../../ui/toast.js';
import { flaggedOf, retryableOf, useItemActions } from '../../domain/item/item-actions.js';
import { RunPause, RunResume, type RunPageData } from './data.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { t } from './words.js';

const CancelRun = lazily(async () => (await import('./cancel-run.js')).CancelRun);
const Confirm = lazily(async () => (await import('../../ui/confirm.js')).Confirm);

/** Buttons for what the viewer may do with the run in its present state. */
export function RunActions({
  run,
  flagged,
  mayRetry,
}: {
  run: RunPageData;
  flagged: number;
  /** Whether another try may settle any of the flagged items. */
  mayRetry: boolean;
}): JSX.Element {
  const may = (action: RunPageData['allowedActions'][number]) => run.allowedActions.includes(action);
  const [isCanceling, setCanceling] = useState(false);
  const [isIgnoring, setIgnoring] = useState(false);
  const [pause, isPausing] = useAction(RunPause);
  const [resume, isResuming] = useAction(RunResume);
  const items = useItemActions(run.job.id);
  return (
    <>
      {may('PAUSE') && (
        <Button
          variant="default"
          loading={isPausing}
          onClick={() => void pause({ id: run.id }).then((data) => toastProblems(data?.runPause?.userErrors))}
        >
          {t('pause')}
        </Button>
      )}
      {may('RESUME') && (
        <Button
          loading={isResuming}
          onClick={() => void resume({ id: run.id }).then((data) => toastProblems(data?.runResume?.userErrors))}
        >
          {t('resume')}
        </Button>
      )}
      {may('CANCEL') && (
        <Button variant="default" c="var(--bad)" onClick={() => setCanceling(true)}>
          {t('cancelRun')}
        </Button>
      )}
      {flagged > 0 && hasEnded(run.state) && (
        <>
          {mayRetry && (
            <Button
              loading={items.isBusy}
              disabled={!may('RETRY')}
              onClick={() => void items.retry(retryableOf(run.id))}
            >
              {t('retryFlagged')}
            </Button>
          )}
          <Button variant="default" disabled={items.isBusy || !may('RETRY')} onClick={() => setIgnoring(true)}>
            {t('ignoreFlagged')}
          </Button>
        </>
      )}
      {isCanceling && <CancelRun run={run} onClose={() => setCanceling(false)} />}
      {isIgnoring && (
        <Confirm
          title={t('ignoreTitle', { count: flagged })}
          action={t('ignoreFlagged')}
          isOpen
          isBusy={items.isBusy}
          onConfirm={() => void items.ignore(flaggedOf(run.id), flagged).then(() => setIgnoring(false))}
          onClose={() => setIgnoring(false)}
        >
          {t('ignoreWhat')}
        </Confirm>
      )}
    </>
  );
}
