import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { useFocusReturn } from '../../ui/focus.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { RunCancel, type RunPageData } from './data.js';
import { t } from './words.js';
import '../../theme/checkbox.css';
import '../../theme/dialog.css';

/** Asks how a run is to be ended, and ends it. */
export function CancelRun({ run, onClose }: { run: RunPageData; onClose: () => void }): JSX.Element {
  useFocusReturn();
  const [isImmediate, setImmediate] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const [cancel, isBusy] = useAction(RunCancel);
  const confirm = async () => {
    const payload = (await cancel({ id: run.id, isImmediate }))?.runCancel;
    setProblems(messagesOf(payload?.userErrors));
    if (payload?.run) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('cancelTitle', { number: run.number })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <div>{t('cancelWhat')}</div>
        <Checkbox
          label={t('breakOff')}
          description={t('breakOffHelp')}
          checked={isImmediate}
          onChange={(event) => setImmediate(event.currentTarget.checked)}
        />
        <Problems messages={problems} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('keepRunning')}
          </Button>
          <Button color="red" loading={isBusy} onClick={() => void confirm()}>
            {t('cancelTheRun')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
