import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { useCan } from '../../domain/session.js';
import { Confirm } from '../../ui/confirm.js';
import { toastProblems } from '../../ui/toast.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { flaggedOf, retryableOf, useItemActions } from '../../domain/item/item-actions.js';
import { PlanUndo, RunCancel, RunPause, RunResume, type RunPageData } from './data.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { t } from './words.js';

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
  const canPlan = useCan('RUNS_CONTROL');
  const [undo, isUndoing] = useAction(PlanUndo);
  const navigate = useNavigate();
  const planUndo = async () => {
    const payload = (await undo({ runId: run.id, key: newKey() }))?.planUndo;
    toastProblems(payload?.userErrors);
    if (payload?.plan) await navigate({ to: '/plans/$planId', params: { planId: payload.plan.id } });
  };
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
      {hasEnded(run.state) && canPlan && run.job.transferType !== 'SCAN' && (
        <Button variant="default" loading={isUndoing} onClick={() => void planUndo()}>
          {t('planUndo')}
        </Button>
      )}
      {isCanceling && <CancelRun run={run} onClose={() => setCanceling(false)} />}
      <Confirm
        title={t('ignoreTitle', { count: flagged })}
        action={t('ignoreFlagged')}
        isOpen={isIgnoring}
        isBusy={items.isBusy}
        onConfirm={() => void items.ignore(flaggedOf(run.id), flagged).then(() => setIgnoring(false))}
        onClose={() => setIgnoring(false)}
      >
        {t('ignoreWhat')}
      </Confirm>
    </>
  );
}

function CancelRun({ run, onClose }: { run: RunPageData; onClose: () => void }): JSX.Element {
  const [isImmediate, setImmediate] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const [cancel, isBusy] = useAction(RunCancel);
  const confirm = async () => {
    const payload = (await cancel({ id: run.id, isImmediate }))?.runCancel;
    setProblems(messagesOf(payload?.userErrors));
    if (payload?.run) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('cancelTitle', { number: run.number })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <div>{t('cancelWhat')}</div>
        <Checkbox
          label={t('breakOff')}
          description={t('breakOffHelp')}
          checked={isImmediate}
          onChange={(event) => setImmediate(event.currentTarget.checked)}
        />
        <Problems messages={problems} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('keepRunning')}
          </Button>
          <Button color="red" loading={isBusy} onClick={() => void confirm()}>
            {t('cancelTheRun')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
