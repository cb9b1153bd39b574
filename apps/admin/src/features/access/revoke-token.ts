import { useAction } from '../../graphql/action.js';
import { confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { ApiTokenRevoke, type Token } from './data.js';
import { t } from './words.js';

/** Asks whether a token shall end, and ends it. */
export function useRevocation(onDone: (token: Token) => void): (token: Token) => void {
  const [revoke] = useAction(ApiTokenRevoke);
  const end = async ({ id }: Token) => {
    const payload = (await revoke({ id }))?.apiTokenRevoke;
    if (!payload?.apiToken) return messagesOf(payload?.userErrors);
    onDone(payload.apiToken);
    return null;
  };
  return (token) =>
    confirm({
      title: t('revokeQuestion', { name: token.displayName }),
      children: t('revokeText'),
      action: t('revokeToken'),
      onConfirm: () => end(token),
    });
}
