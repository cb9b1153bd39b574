import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
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
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { url: webhook.url })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate({ to: '/webhooks/$webhookId', params: { webhookId: webhook.id } })}>
          {t('deliveries')}
        </Menu.Item>
        <Menu.Item onClick={() => void test()}>{t('test')}</Menu.Item>
        {state === 'failing' && (
          <Menu.Item onClick={() => void setActive(true, t('againDone'))}>{t('again')}</Menu.Item>
        )}
        <Menu.Item onClick={() => onAsk({ what: 'change', webhook })}>{t('change')}</Menu.Item>
        <Menu.Item onClick={() => rotate(webhook)}>{t('rotate')}</Menu.Item>
        {webhook.isActive ? (
          <Menu.Item onClick={() => void setActive(false)}>{t('turnOff')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => void setActive(true, t('turnOnNote'))}>{t('turnOn')}</Menu.Item>
        )}
        <Menu.Item c="var(--bad)" onClick={() => remove(webhook)}>
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
