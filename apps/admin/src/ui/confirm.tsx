import { Button, Group, Modal, Stack } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useFocusReturn } from './focus.js';
import { Problems } from './states.js';
import { t } from './words.js';

/** Asks before something that cannot be taken back, or that is about many things at once. */
export function Confirm({
  title,
  children,
  action,
  isOpen,
  isBusy,
  problems = [],
  isPlain = false,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  isOpen: boolean;
  isBusy: boolean;
  problems?: readonly string[];
  /** Whether nothing is lost by it. */
  isPlain?: boolean;
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
            {isPlain ? t('cancel') : t('keep')}
          </Button>
          <Button color={isPlain ? undefined : 'red'} loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
