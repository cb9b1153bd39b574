import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { Confirm } from '../../ui/confirm.js';
import { ButtonLink } from '../../ui/links.js';
import { messagesOf } from '../../ui/states.js';
import { isTransfer } from '../../domain/job/transfer-types.js';
import { JobDelete, JobResume, JobSuspend, type JobData } from './data.js';
import { toastProblems } from '../../ui/toast.js';
import { usePlanStart } from './use-plan-start.js';
import { t } from './words.js';

/** Buttons for what the viewer may do with the job in its present state. */
export function JobActions({ job }: { job: JobData }): JSX.Element {
  const may = (action: JobData['allowedActions'][number]) => job.allowedActions.includes(action);
  const [isDeleting, setDeleting] = useState(false);
  const [run, isStarting] = useRunStart();
  const [plan, isPlanning] = usePlanStart();
  const [suspend, isSuspending] = useAction(JobSuspend);
  const [resume, isResuming] = useAction(JobResume);
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        disabled={!may('RUN')}
        loading={isStarting}
        onClick={() => void run(job.id)}
      >
        {t('runNow')}
      </Button>
      {isTransfer(job.transferType) && (
        <Button variant="default" disabled={!may('PLAN')} loading={isPlanning} onClick={() => void plan(job.id)}>
          {t('makePlan')}
        </Button>
      )}
      {may('SUSPEND') && (
        <Button
          variant="default"
          loading={isSuspending}
          onClick={() => void suspend({ id: job.id }).then((data) => toastProblems(data?.jobSuspend?.userErrors))}
        >
          {t('suspend')}
        </Button>
      )}
      {may('RESUME') && (
        <Button
          variant="default"
          loading={isResuming}
          onClick={() => void resume({ id: job.id }).then((data) => toastProblems(data?.jobResume?.userErrors))}
        >
          {t('resume')}
        </Button>
      )}
      {may('UPDATE') && (
        <ButtonLink to="/jobs/$jobId/edit" params={{ jobId: job.id }} variant="default">
          {t('edit')}
        </ButtonLink>
      )}
      {may('DELETE') && (
        <Button variant="default" c="var(--bad)" onClick={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      )}
      {isDeleting && <DeleteJob job={job} onClose={() => setDeleting(false)} />}
    </>
  );
}

function DeleteJob({ job, onClose }: { job: JobData; onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
  const [remove, isBusy] = useAction(JobDelete);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await remove({ id: job.id }))?.jobDelete;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.deletedId) return;
    await navigate({ to: '/jobs' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'Job', id: job.id }) });
  };
  return (
    <Confirm
      title={t('deleteTitle', { name: job.name })}
      action={t('deleteJob')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('deleteWhat')}
    </Confirm>
  );
}
