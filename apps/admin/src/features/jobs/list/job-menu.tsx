import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useRunStart } from '../../../domain/run/use-run-start.js';
import { useCan } from '../../../domain/session.js';
import { useAction } from '../../../graphql/action.js';
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
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may('RUN') && <Menu.Item onClick={() => void start(id)}>{t('run')}</Menu.Item>}
        {may('SUSPEND') && <Menu.Item onClick={() => void suspend()}>{t('suspend')}</Menu.Item>}
        {may('RESUME') && <Menu.Item onClick={() => void resume()}>{t('resume')}</Menu.Item>}
        {may('UPDATE') && (
          <Menu.Item onClick={() => void navigate({ to: '/jobs/$jobId/edit', params: { jobId: id } })}>
            {t('edit')}
          </Menu.Item>
        )}
        {canClone && (
          <Menu.Item
            onClick={() =>
              void navigate({ to: '/jobs/new/$step', params: { step: 'summary' }, search: { copyOf: id } })
            }
          >
            {t('clone')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
