import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { Confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { UserDisable, type User } from './data.js';
import { t } from './words.js';

/** Asks whether a person shall lose access, and takes it. */
export function ShutOut({
  user,
  onDone,
  onClose,
}: {
  user: User;
  onDone: (user: User) => void;
  onClose: () => void;
}): JSX.Element {
  const [disable, isBusy] = useAction(UserDisable);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await disable({ id: user.id }))?.userDisable;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.user) return;
    onDone(payload.user);
    onClose();
  };
  return (
    <Confirm
      title={t('shutOutQuestion', { name: user.displayName })}
      action={t('shutOut')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('shutOutText')}
    </Confirm>
  );
}
