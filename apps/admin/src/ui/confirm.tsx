import { Button, Group, Modal, Stack } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useFocusReturn } from './focus.js';
import { Problems } from './states.js';
import { t } from './words.js';

/** Asks before something that cannot be taken back. */
export function Confirm({
  title,
  children,
  action,
  isOpen,
  isBusy,
  problems = [],
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  isOpen: boolean;
  isBusy: boolean;
  problems?: readonly string[];
  onConfirm: () => void;
  onClose: () => void;
}): JSX.Element {
  useFocusReturn();
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <div>{children}</div>
        <Problems messages={problems} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('keep')}
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
