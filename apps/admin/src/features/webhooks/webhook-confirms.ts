import { useAction } from '../../graphql/action.js';
import { confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { WebhookDelete, WebhookSecretRotate, type Webhook } from './data.js';
import { t } from './words.js';

/** Asks whether a webhook shall get a new secret, and hands it over. */
export function useRotation(onSecret: (secret: string) => void): (webhook: Webhook) => void {
  const [rotate] = useAction(WebhookSecretRotate);
  const change = async ({ id }: Webhook) => {
    const payload = (await rotate({ id }))?.webhookSecretRotate;
    if (!payload?.secret) return messagesOf(payload?.userErrors);
    onSecret(payload.secret);
    return null;
  };
  return (webhook) =>
    confirm({
      title: t('rotateQuestion'),
      children: t('rotateText'),
      action: t('rotate'),
      onConfirm: () => change(webhook),
    });
}

export function useRemoval(onDone: () => void): (webhook: Webhook) => void {
  const [remove] = useAction(WebhookDelete);
  const end = async ({ id }: Webhook) => {
    const payload = (await remove({ id }))?.webhookDelete;
    if (!payload?.deletedId) return messagesOf(payload?.userErrors);
    onDone();
    return null;
  };
  return (webhook) =>
    confirm({
      title: t('removeQuestion'),
      children: t('removeText', { url: webhook.url }),
      action: t('remove'),
      onConfirm: () => end(webhook),
    });
}
