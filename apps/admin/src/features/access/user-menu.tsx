import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { toastProblems } from '../../ui/toast.js';
import { UserUpdate, type User } from './data.js';
import { useShutOut } from './shut-out.js';
import { t } from './words.js';

/** What is asked for in a dialog of its own. */
export type Asked = { what: 'add' } | { what: 'change' | 'password'; user: User };

/** What can be done with a user. */
export function UserMenu({
  user,
  isSelf,
  onAsk,
  onChanged,
}: {
  user: User;
  isSelf: boolean;
  onAsk: (asked: Asked) => void;
  onChanged: (user: User) => void;
}): JSX.Element {
  const [update] = useAction(UserUpdate);
  const shutOut = useShutOut(onChanged);
  const letIn = async () => {
    const payload = (await update({ id: user.id, input: { isActive: true } }))?.userUpdate;
    if (!toastProblems(payload?.userErrors) && payload?.user) onChanged(payload.user);
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name: user.displayName })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAsk({ what: 'change', user })}>{t('change')}</Menu.Item>
        {!isSelf && <Menu.Item onClick={() => onAsk({ what: 'password', user })}>{t('resetPassword')}</Menu.Item>}
        {!isSelf && user.isActive && (
          <Menu.Item c="var(--bad)" onClick={() => shutOut(user)}>
            {t('shutOut')}
          </Menu.Item>
        )}
        {!user.isActive && <Menu.Item onClick={() => void letIn()}>{t('letIn')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
