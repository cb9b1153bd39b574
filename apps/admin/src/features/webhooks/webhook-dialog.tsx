import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { FormDialog, type FormOutcome } from '../../ui/form-dialog.js';
import type { ToldField } from '../../ui/merge.js';
import { readWebhook, WebhookCreate, WebhookUpdate, type Webhook } from './data.js';
import { t } from './words.js';
import '../../theme/checkbox.css';

type Topic = EnumOf<'EventTopic'>;
const TOPICS: readonly Topic[] = ['RUN', 'JOB', 'PLAN', 'CONNECTION', 'MAPPING_SET', 'BUDGET', 'REPORT', 'WEBHOOK'];

interface Values extends Record<string, unknown> {
  url: string;
  topics: Topic[];
}

const valuesOf = ({ url, topics }: Webhook): Values => ({ url, topics: [...topics] });

const told = (): ToldField<Values>[] => [
  { label: t('url'), text: ({ url }) => url },
  { label: t('topics'), text: ({ topics }) => topics.map((topic) => t(`topic.${topic}`)).join(', ') },
];

const FORM = { valuesOf, told, isField: (path: string) => path === 'url' || path === 'topics' };

interface DialogProps {
  webhook: Webhook | null;
  onSecret: (secret: string) => void;
  onClose: () => void;
}

/** Adds a webhook, whose secret is then shown, or changes one. */
export function WebhookDialog(props: DialogProps): JSX.Element {
  const { webhook, onClose } = props;
  const submit = useSubmit(props);
  const form = useForm<Values>({
    initialValues: webhook ? valuesOf(webhook) : { url: '', topics: ['RUN'] },
    validate: {
      url: (url) => (url.trim() === '' ? t('giveUrl') : null),
      topics: (topics) => (topics.length === 0 ? t('chooseTopic') : null),
    },
  });
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
        <Stack gap="xs" mt={8}>
          {TOPICS.map((topic) => (
            <Checkbox key={topic} value={topic} label={t(`topic.${topic}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  );
}

function useSubmit({ webhook, onSecret, onClose }: DialogProps): (values: Values) => Promise<FormOutcome<Values>> {
  const [create] = useAction(WebhookCreate);
  const [update] = useAction(WebhookUpdate);
  const basis = useBasis(webhook, ({ id }) => readWebhook(id));
  const send = async ({ url, topics }: Values) => {
    const [known, values] = [basis.now(), { url: url.trim(), topics }];
    if (known === null) return (await create({ ...values, key: newKey() }))?.webhookCreate;
    const payload = (await update({ ...values, id: known.id, expectedVersion: known.version }))?.webhookUpdate;
    return payload && { ...payload, secret: null };
  };
  return async (values) => {
    const payload = await send(values);
    if (!payload?.webhook) return basis.refusal(payload?.userErrors, FORM);
    onClose();
    if (payload.secret !== null) onSecret(payload.secret);
    return null;
  };
}
