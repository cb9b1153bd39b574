import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { DotsMenu } from '../../ui/dots-menu.js';
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
    <DotsMenu
      label={t('actionsOf', { name: user.displayName })}
      actions={[
        { label: t('change'), onChoose: () => onAsk({ what: 'change', user }) },
        !isSelf && { label: t('resetPassword'), onChoose: () => onAsk({ what: 'password', user }) },
        !isSelf && user.isActive && { label: t('shutOut'), isDangerous: true, onChoose: () => shutOut(user) },
        !user.isActive && { label: t('letIn'), onChoose: letIn },
      ]}
    />
  );
}
