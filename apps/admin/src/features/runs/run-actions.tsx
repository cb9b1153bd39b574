import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { newKey, useAction } from '../../graphql/action.js';
import { useCan } from '../../domain/session.js';
import { Confirm } from '../../ui/confirm.js';
import { countOf } from '../../ui/format.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { flaggedOf, useItemActions } from '../../domain/item/item-actions.js';
import { PlanUndo, RunCancel, RunPause, RunResume, type RunPageData, type Statistics } from './data.js';
import { hasEnded } from '../../domain/run/run-states.js';

/** Buttons for what the viewer may do with the run in its present state. */
export function RunActions({ run, statistics }: { run: RunPageData; statistics: Statistics }): JSX.Element {
  const may = (action: RunPageData['allowedActions'][number]) => run.allowedActions.includes(action);
  const [isCanceling, setCanceling] = useState(false);
  const [isIgnoring, setIgnoring] = useState(false);
  const [pause, isPausing] = useAction(RunPause);
  const [resume, isResuming] = useAction(RunResume);
  const items = useItemActions(run.job.id);
  const canPlan = useCan('RUNS_CONTROL');
  const [undo, isUndoing] = useAction(PlanUndo);
  const navigate = useNavigate();
  const flagged = statistics.outcomes.find((one) => one.outcome === 'FLAGGED')?.itemCount ?? 0;
  const tell = (problems: readonly { message: string }[] | undefined) => {
    for (const { message } of problems ?? []) notifications.show({ title: 'That did not work', message, color: 'red' });
  };
  const planUndo = async () => {
    const payload = (await undo({ runId: run.id, key: newKey() }))?.planUndo;
    tell(payload?.userErrors);
    if (payload?.plan) await navigate({ to: '/plans/$planId', params: { planId: payload.plan.id } });
  };
  return (
    <>
      {may('PAUSE') && (
        <Button
          variant="default"
          loading={isPausing}
          onClick={() => void pause({ id: run.id }).then((data) => tell(data?.runPause?.userErrors))}
        >
          Pause
        </Button>
      )}
      {may('RESUME') && (
        <Button
          loading={isResuming}
          onClick={() => void resume({ id: run.id }).then((data) => tell(data?.runResume?.userErrors))}
        >
          Resume
        </Button>
      )}
      {may('CANCEL') && (
        <Button variant="default" c="var(--bad)" onClick={() => setCanceling(true)}>
          Cancel run
        </Button>
      )}
      {flagged > 0 && hasEnded(run.state) && (
        <>
          <Button loading={items.isBusy} disabled={!may('RETRY')} onClick={() => void items.retry(flaggedOf(run.id))}>
            Retry flagged
          </Button>
          <Button variant="default" disabled={items.isBusy || !may('RETRY')} onClick={() => setIgnoring(true)}>
            Ignore flagged
          </Button>
        </>
      )}
      {hasEnded(run.state) && canPlan && run.job.transferType !== 'SCAN' && (
        <Button variant="default" loading={isUndoing} onClick={() => void planUndo()}>
          Plan the undo
        </Button>
      )}
      {isCanceling && <CancelRun run={run} onClose={() => setCanceling(false)} />}
      <Confirm
        title={`Ignore ${countOf(flagged, 'flagged item')}?`}
        action="Ignore flagged"
        isOpen={isIgnoring}
        isBusy={items.isBusy}
        onConfirm={() => void items.ignore(flaggedOf(run.id), flagged).then(() => setIgnoring(false))}
        onClose={() => setIgnoring(false)}
      >
        They become skipped items. Nothing changes on either side.
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
    <Modal opened onClose={onClose} title={`Cancel run ${run.number}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <div>What is done stays done. Items in flight are finished first, and the next run takes up what is left.</div>
        <Checkbox
          label="Break off items in flight"
          description="Ends sooner; what they left half done is removed."
          checked={isImmediate}
          onChange={(event) => setImmediate(event.currentTarget.checked)}
        />
        <Problems messages={problems} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep running
          </Button>
          <Button color="red" loading={isBusy} onClick={() => void confirm()}>
            Cancel the run
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
