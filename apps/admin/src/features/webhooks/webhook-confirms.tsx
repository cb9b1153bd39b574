import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { Confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { WebhookDelete, WebhookSecretRotate, type Webhook } from './data.js';
import { t } from './words.js';

/** Asks whether a webhook shall get a new secret, and hands it over. */
export function RotateSecret({
  webhook,
  onSecret,
  onClose,
}: {
  webhook: Webhook;
  onSecret: (secret: string) => void;
  onClose: () => void;
}): JSX.Element {
  const [rotate, isBusy] = useAction(WebhookSecretRotate);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await rotate({ id: webhook.id }))?.webhookSecretRotate;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.secret) return;
    onClose();
    onSecret(payload.secret);
  };
  return (
    <Confirm
      title={t('rotateQuestion')}
      action={t('rotate')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('rotateText')}
    </Confirm>
  );
}

export function DeleteWebhook({
  webhook,
  onDone,
  onClose,
}: {
  webhook: Webhook;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [remove, isBusy] = useAction(WebhookDelete);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await remove({ id: webhook.id }))?.webhookDelete;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.deletedId) return;
    onDone();
    onClose();
  };
  return (
    <Confirm
      title={t('removeQuestion')}
      action={t('remove')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('removeText', { url: webhook.url })}
    </Confirm>
  );
}
