import { useAction } from '../../graphql/action.js';
import { confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { UserDisable, type User } from './data.js';
import { t } from './words.js';

/** Asks whether a person shall lose access, and takes it. */
export function useShutOut(onDone: (user: User) => void): (user: User) => void {
  const [disable] = useAction(UserDisable);
  const shutOut = async ({ id }: User) => {
    const payload = (await disable({ id }))?.userDisable;
    if (!payload?.user) return messagesOf(payload?.userErrors);
    onDone(payload.user);
    return null;
  };
  return (user) =>
    confirm({
      title: t('shutOutQuestion', { name: user.displayName }),
      children: t('shutOutText'),
      action: t('shutOut'),
      onConfirm: () => shutOut(user),
    });
}
