import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { hasEnded } from '../../domain/run/run-states.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { lazily } from '../../ui/lazily.js';
import { ButtonLink } from '../../ui/links.js';
import { messagesOf } from '../../ui/states.js';
import { toastProblems } from '../../ui/toast.js';
import { JobDelete, JobResume, type JobData } from './data.js';
import { t } from './tabs/words.js';

const JobMore = lazily(async () => (await import('./job-more.js')).JobMore);
const Confirm = lazily(async () => (await import('../../ui/confirm.js')).Confirm);

/** The one action that the state of the job suggests; everything else is in a menu. */
export function JobActions({ job }: { job: JobData }): JSX.Element {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <MainAction job={job} />
      <JobMore job={job} onDelete={() => setDeleting(true)} />
      {isDeleting && <DeleteJob job={job} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** Leads to a run that is under way, releases a job that is held, and starts a run otherwise. */
function MainAction({ job }: { job: JobData }): JSX.Element {
  const may = (action: JobData['allowedActions'][number]) => job.allowedActions.includes(action);
  const [run, isStarting] = useRunStart();
  const [resume, isResuming] = useAction(JobResume);
  const release = async () => toastProblems((await resume({ id: job.id }))?.jobResume?.userErrors);
  const { latestRun } = job;
  if (latestRun && !hasEnded(latestRun.state))
    return (
      <ButtonLink to="/runs/$runId" params={{ runId: latestRun.id }}>
        {t('watchRun', { number: latestRun.number })}
      </ButtonLink>
    );
  if (may('RESUME'))
    return (
      <Button loading={isResuming} onClick={() => void release()}>
        {t('resume')}
      </Button>
    );
  return (
    <Button
      leftSection={<IconPlayerPlay size={16} />}
      disabled={!may('RUN')}
      loading={isStarting}
      onClick={() => void run(job.id)}
    >
      {t('runNow')}
    </Button>
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
