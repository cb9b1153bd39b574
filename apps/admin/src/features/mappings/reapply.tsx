import { Button, Group, Modal, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { useFocusReturn } from '../../ui/focus.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { MappingReapply } from './changes.js';
import type { Job } from './data.js';
import { t } from './words.js';
import '../../theme/dialog.css';

/** Asks before a run that brings what a job has transferred up to its mappings, and leads to it. */
export function Reapply({ job, onClose }: { job: Job; onClose: () => void }): JSX.Element {
  useFocusReturn();
  const [start, isBusy] = useAction(MappingReapply);
  const [key] = useState(newKey);
  const [problems, setProblems] = useState<string[]>([]);
  const navigate = useNavigate();
  const confirm = async () => {
    const payload = (await start({ jobId: job.id, key }))?.mappingReapply;
    setProblems(messagesOf(payload?.userErrors));
    if (payload?.run) await navigate({ to: '/runs/$runId', params: { runId: payload.run.id } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reapplyTitle', { name: job.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <div>{t('reapplyText')}</div>
        <Problems messages={problems} />
        <Group justify="flex-end" gap="xs">
          <Button data-autofocus loading={isBusy} onClick={() => void confirm()}>
            {t('reapplyStart')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
