import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { Confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { ApiTokenRevoke, type Token } from './data.js';
import { t } from './words.js';

/** Asks whether a token shall end, and ends it. */
export function RevokeToken({
  token,
  onDone,
  onClose,
}: {
  token: Token;
  onDone: (token: Token) => void;
  onClose: () => void;
}): JSX.Element {
  const [revoke, isBusy] = useAction(ApiTokenRevoke);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await revoke({ id: token.id }))?.apiTokenRevoke;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.apiToken) return;
    onDone(payload.apiToken);
    onClose();
  };
  return (
    <Confirm
      title={t('revokeQuestion', { name: token.displayName })}
      action={t('revokeToken')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('revokeText')}
    </Confirm>
  );
}
