import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { DotsMenu } from '../../ui/dots-menu.js';
import { toastDone, toastProblems } from '../../ui/toast.js';
import { WebhookTest, WebhookUpdate, type Webhook } from './data.js';
import { useRemoval, useRotation } from './webhook-confirms.js';
import { stateOf } from './webhook-state.js';
import { t } from './words.js';

/** What is asked for in a dialog of its own. */
export type Asked = { what: 'add' } | { what: 'change'; webhook: Webhook };

export interface MenuHandlers {
  onAsk: (asked: Asked) => void;
  /** Given a new secret, which is seen this once. */
  onSecret: (secret: string) => void;
  onRemoved: () => void;
}

/** What can be done with a webhook. */
export function WebhookMenu({ webhook, onAsk, onSecret, onRemoved }: MenuHandlers & { webhook: Webhook }): JSX.Element {
  const { test, setActive } = useMenuActions(webhook);
  const navigate = useNavigate();
  const rotate = useRotation(onSecret);
  const remove = useRemoval(onRemoved);
  const state = stateOf(webhook);
  const deliveries = () => navigate({ to: '/webhooks/$webhookId', params: { webhookId: webhook.id } });
  return (
    <DotsMenu
      label={t('actionsOf', { url: webhook.url })}
      actions={[
        { label: t('deliveries'), onChoose: deliveries },
        { label: t('test'), onChoose: test },
        state === 'failing' && { label: t('again'), onChoose: () => setActive(true, t('againDone')) },
        { label: t('change'), onChoose: () => onAsk({ what: 'change', webhook }) },
        { label: t('rotate'), onChoose: () => rotate(webhook) },
        webhook.isActive
          ? { label: t('turnOff'), onChoose: () => setActive(false) }
          : { label: t('turnOn'), onChoose: () => setActive(true, t('turnOnNote')) },
        { label: t('remove'), isDangerous: true, onChoose: () => remove(webhook) },
      ]}
    />
  );
}

function useMenuActions({ id }: Webhook) {
  const [send] = useAction(WebhookTest);
  const [update] = useAction(WebhookUpdate);
  const test = async () => {
    const payload = (await send({ id }))?.webhookTest;
    if (toastProblems(payload?.userErrors) || !payload?.webhook) return;
    const { failure } = payload.webhook;
    if (!toastProblems(failure ? [failure] : [])) toastDone(t('testDone'));
  };
  const setActive = async (isActive: boolean, note?: string) => {
    const payload = (await update({ id, isActive }))?.webhookUpdate;
    if (!toastProblems(payload?.userErrors) && payload?.webhook && note !== undefined) toastDone(note);
  };
  return { test, setActive };
}
