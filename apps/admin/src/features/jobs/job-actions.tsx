import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { hasEnded } from '../../domain/run/run-states.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { confirm } from '../../ui/confirm.js';
import { ButtonLink } from '../../ui/links.js';
import { messagesOf } from '../../ui/states.js';
import { toastProblems } from '../../ui/toast.js';
import { JobDelete, JobResume, type JobData } from './data.js';
import { JobMore } from './job-more.js';
import { t } from './tabs/words.js';

/** The one action that the state of the job suggests; everything else is in a menu. */
export function JobActions({ job }: { job: JobData }): JSX.Element {
  const remove = useDeletion(job);
  return (
    <>
      <MainAction job={job} />
      <JobMore job={job} onDelete={remove} />
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

function useDeletion({ id, name }: JobData): () => void {
  const navigate = useNavigate();
  const [remove] = useAction(JobDelete);
  const onConfirm = async () => {
    const payload = (await remove({ id }))?.jobDelete;
    if (!payload?.deletedId) return messagesOf(payload?.userErrors);
    await navigate({ to: '/jobs' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'Job', id }) });
    return null;
  };
  return () =>
    confirm({ title: t('deleteTitle', { name }), children: t('deleteWhat'), action: t('deleteJob'), onConfirm });
}
