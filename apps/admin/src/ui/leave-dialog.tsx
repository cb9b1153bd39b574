import { Button, Group, Modal } from '@mantine/core';
import type { JSX } from 'react';
import { useFocusReturn } from './focus.js';
import { t } from './words.js';

/** Asks whether what was entered may be lost. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }): JSX.Element {
  useFocusReturn();
  return (
    <Modal opened onClose={onStay} title={t('discardQuestion')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onStay} data-autofocus>
          {t('keepEditing')}
        </Button>
        <Button color="red" onClick={onLeave}>
          {t('discard')}
        </Button>
      </Group>
    </Modal>
  );
}
