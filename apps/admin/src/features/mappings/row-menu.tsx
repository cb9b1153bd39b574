import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { JSX } from 'react';
import { t } from './words.js';

/** What can be done with an entry or rule; only rules have an order. */
export function RowMenu({
  name,
  onChange,
  onRemove,
  onUp,
  onDown,
}: {
  name: string;
  onChange: () => void;
  onRemove: () => void;
  onUp?: (() => void) | undefined;
  onDown?: (() => void) | undefined;
}): JSX.Element {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onChange}>{t('change')}</Menu.Item>
        {onUp && <Menu.Item onClick={onUp}>{t('up')}</Menu.Item>}
        {onDown && <Menu.Item onClick={onDown}>{t('down')}</Menu.Item>}
        <Menu.Item c="var(--bad)" onClick={onRemove}>
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
