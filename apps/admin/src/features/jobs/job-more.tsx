import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { isTransfer } from '../../domain/job/transfer-types.js';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import { DotsMenu } from '../../ui/dots-menu.js';
import { toastProblems } from '../../ui/toast.js';
import { JobSuspend, type JobData } from './data.js';
import { usePlanStart } from './use-plan-start.js';
import { t } from './tabs/words.js';

/** What else may be done with a job, beside the one main action. */
export function JobMore({ job, onDelete }: { job: JobData; onDelete: () => void }): JSX.Element | null {
  const may = (action: JobData['allowedActions'][number]) => job.allowedActions.includes(action);
  const navigate = useNavigate();
  const [plan] = usePlanStart();
  const [suspend] = useAction(JobSuspend);
  const canClone = useCan('JOBS_WRITE');
  const hold = async () => toastProblems((await suspend({ id: job.id }))?.jobSuspend?.userErrors);
  const edit = () => navigate({ to: '/jobs/$jobId/edit', params: { jobId: job.id } });
  const clone = () => navigate({ to: '/jobs/new/$step', params: { step: 'summary' }, search: { copyOf: job.id } });
  if (job.allowedActions.length === 0 && !canClone) return null;
  return (
    <DotsMenu
      isMain
      label={t('moreActions')}
      actions={[
        may('PLAN') && isTransfer(job.transferType) && { label: t('makePlan'), onChoose: () => plan(job.id) },
        may('SUSPEND') && { label: t('suspend'), onChoose: hold },
        may('UPDATE') && { label: t('edit'), onChoose: edit },
        canClone && { label: t('clone'), onChoose: clone },
        may('DELETE') && { label: t('delete'), isDangerous: true, onChoose: onDelete },
      ]}
    />
  );
}
