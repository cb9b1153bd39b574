import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { confirm, type Question } from '../../ui/confirm.js';
import { lazily } from '../../ui/lazily.js';
import { toastProblems } from '../../ui/toast.js';
import { flaggedOf, retryableOf, useItemActions } from '../../domain/item/item-actions.js';
import { RunPause, RunResume, type RunPageData } from './data.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { t } from './words.js';

const CancelRun = lazily(async () => (await import('./cancel-run.js')).CancelRun);

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
  const items = useItemActions(run.job.id);
  const ignore = async () => ((await items.ignore(flaggedOf(run.id), flagged)) ? null : []);
  return (
    <>
      {may('PAUSE') && <PauseButton id={run.id} />}
      {may('RESUME') && <ResumeButton id={run.id} />}
      {may('CANCEL') && (
        <Button variant="default" c="var(--bad)" onClick={() => setCanceling(true)}>
          {t('cancelRun')}
        </Button>
      )}
      {flagged > 0 && hasEnded(run.state) && (
        <FlaggedButtons
          isBusy={items.isBusy}
          isAllowed={may('RETRY')}
          onRetry={mayRetry ? () => void items.retry(retryableOf(run.id)) : null}
          onIgnore={() => askToIgnore(flagged, ignore)}
        />
      )}
      {isRepeatable(run) && <RunAgain job={run.job} isMain={!(flagged > 0 && mayRetry)} />}
      {isCanceling && <CancelRun run={run} onClose={() => setCanceling(false)} />}
    </>
  );
}

const askToIgnore = (count: number, onConfirm: Question['onConfirm']): void =>
  confirm({
    title: t('ignoreTitle', { count }),
    children: t('ignoreWhat'),
    action: t('ignoreFlagged'),
    onConfirm,
  });

/** Whether a run of the same job may follow; what a run has undone would be done anew by one. */
const isRepeatable = ({ state, plan, job }: RunPageData): boolean =>
  hasEnded(state) && !plan?.undoes && job.allowedActions.includes('RUN');

/** Starts the job anew, also after a run that was cancelled or failed. */
function RunAgain({ job, isMain }: { job: RunPageData['job']; isMain: boolean }): JSX.Element {
  const [start, isBusy] = useRunStart(job.transferType === 'SCAN' ? '/scans/$runId' : '/runs/$runId');
  return (
    <Button variant={isMain ? 'filled' : 'default'} loading={isBusy} onClick={() => void start(job.id)}>
      {t('runAgain')}
    </Button>
  );
}

function PauseButton({ id }: { id: string }): JSX.Element {
  const [pause, isBusy] = useAction(RunPause);
  const ask = () => pause({ id }).then((data) => toastProblems(data?.runPause?.userErrors));
  return (
    <Button variant="default" loading={isBusy} onClick={() => void ask()}>
      {t('pause')}
    </Button>
  );
}

function ResumeButton({ id }: { id: string }): JSX.Element {
  const [resume, isBusy] = useAction(RunResume);
  const ask = () => resume({ id }).then((data) => toastProblems(data?.runResume?.userErrors));
  return (
    <Button loading={isBusy} onClick={() => void ask()}>
      {t('resume')}
    </Button>
  );
}

interface FlaggedButtonsProps {
  isBusy: boolean;
  /** Whether the viewer may settle flagged items now. */
  isAllowed: boolean;
  /** Null where another try settles none of them. */
  onRetry: (() => void) | null;
  onIgnore: () => void;
}

function FlaggedButtons({ isBusy, isAllowed, onRetry, onIgnore }: FlaggedButtonsProps): JSX.Element {
  return (
    <>
      {onRetry && (
        <Button loading={isBusy} disabled={!isAllowed} onClick={onRetry}>
          {t('retryFlagged')}
        </Button>
      )}
      <Button variant="default" disabled={isBusy || !isAllowed} onClick={onIgnore}>
        {t('ignoreFlagged')}
      </Button>
    </>
  );
}
