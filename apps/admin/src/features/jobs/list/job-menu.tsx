import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useRunStart } from '../../../domain/run/use-run-start.js';
import { useCan } from '../../../domain/session.js';
import { useAction } from '../../../graphql/action.js';
import { DotsMenu } from '../../../ui/dots-menu.js';
import { toastProblems } from '../../../ui/toast.js';
import { JobResume, JobSuspend } from '../data.js';
import type { JobRow } from './list-data.js';
import { t } from './words.js';

/** Keeps the job from starting by itself, and lets it again. */
function useHold(id: string) {
  const [suspend] = useAction(JobSuspend);
  const [resume] = useAction(JobResume);
  return {
    suspend: () => suspend({ id }).then((data) => toastProblems(data?.jobSuspend?.userErrors)),
    resume: () => resume({ id }).then((data) => toastProblems(data?.jobResume?.userErrors)),
  };
}

/** What the viewer may do with one job. */
export function JobMenu({ job: { id, name, allowedActions } }: { job: JobRow }): JSX.Element | null {
  const may = (action: JobRow['allowedActions'][number]) => allowedActions.includes(action);
  const navigate = useNavigate();
  const [start] = useRunStart();
  const { suspend, resume } = useHold(id);
  const canClone = useCan('JOBS_WRITE');
  if (allowedActions.length === 0 && !canClone) return null;
  const edit = () => navigate({ to: '/jobs/$jobId/edit', params: { jobId: id } });
  const clone = () => navigate({ to: '/jobs/new/$step', params: { step: 'summary' }, search: { copyOf: id } });
  return (
    <DotsMenu
      label={t('actionsOf', { name })}
      actions={[
        may('RUN') && { label: t('run'), onChoose: () => start(id) },
        may('SUSPEND') && { label: t('suspend'), onChoose: suspend },
        may('RESUME') && { label: t('resume'), onChoose: resume },
        may('UPDATE') && { label: t('edit'), onChoose: edit },
        canClone && { label: t('clone'), onChoose: clone },
      ]}
    />
  );
}
