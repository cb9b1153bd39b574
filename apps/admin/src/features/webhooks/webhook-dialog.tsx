import { Checkbox, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import { WebhookCreate, WebhookUpdate, type Webhook } from './data.js';
import { t } from './words.js';

type Topic = EnumOf<'EventTopic'>;
const TOPICS: readonly Topic[] = ['RUN', 'JOB', 'PLAN', 'CONNECTION', 'BUDGET', 'REPORT', 'WEBHOOK'];

interface Values extends Record<string, unknown> {
  url: string;
  topics: Topic[];
}

/** Adds a webhook, whose secret is then shown, or changes one. */
export function WebhookDialog({
  webhook,
  onSecret,
  onClose,
}: {
  webhook: Webhook | null;
  onSecret: (secret: string) => void;
  onClose: () => void;
}): JSX.Element {
  const save = useSave(webhook);
  const form = useForm<Values>({
    initialValues: { url: webhook?.url ?? '', topics: webhook?.topics.slice() ?? ['RUN'] },
    validate: {
      url: (url) => (url.trim() === '' ? t('giveUrl') : null),
      topics: (topics) => (topics.length === 0 ? t('chooseTopic') : null),
    },
  });
  const submit = async (values: Values) => {
    const payload = await save({ ...values, url: values.url.trim() });
    if (!payload?.webhook) return sortProblems(payload?.userErrors ?? [], (path) => path in values);
    onClose();
    if (payload.secret !== null) onSecret(payload.secret);
    return null;
  };
  return (
    <FormDialog
      title={webhook ? t('changeTitle') : t('add')}
      form={form}
      submitLabel={webhook ? t('save') : t('add')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        type="url"
        label={t('url')}
        description={t('urlHelp')}
        placeholder="https://"
        withAsterisk
        data-autofocus
        {...form.getInputProps('url')}
      />
      <Checkbox.Group label={t('topics')} withAsterisk {...form.getInputProps('topics')}>
        <div className={styles.choices}>
          {TOPICS.map((topic) => (
            <Checkbox key={topic} value={topic} label={t(`topic.${topic}`)} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}

function useSave(webhook: Webhook | null) {
  const [create] = useAction(WebhookCreate);
  const [update] = useAction(WebhookUpdate);
  return async (values: Values) => {
    if (webhook === null) return (await create({ ...values, key: newKey() }))?.webhookCreate;
    const payload = (await update({ ...values, id: webhook.id, expectedVersion: webhook.version }))?.webhookUpdate;
    return payload && { ...payload, secret: null };
  };
}
