import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { isTransfer } from '../../domain/job/transfer-types.js';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
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
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('moreActions')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may('PLAN') && isTransfer(job.transferType) && (
          <Menu.Item onClick={() => void plan(job.id)}>{t('makePlan')}</Menu.Item>
        )}
        {may('SUSPEND') && <Menu.Item onClick={() => void hold()}>{t('suspend')}</Menu.Item>}
        {may('UPDATE') && <Menu.Item onClick={() => void edit()}>{t('edit')}</Menu.Item>}
        {canClone && <Menu.Item onClick={() => void clone()}>{t('clone')}</Menu.Item>}
        {may('DELETE') && (
          <Menu.Item c="var(--bad)" onClick={onDelete}>
            {t('delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
