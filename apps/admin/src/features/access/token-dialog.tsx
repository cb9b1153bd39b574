import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { useViewer, type Scope } from '../../domain/session.js';
import { newKey, useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { ApiTokenCreate } from './data.js';
import { endOf, SCOPE_ORDER } from './scopes.js';
import { t } from './words.js';
import '../../theme/checkbox.css';

interface Values extends Record<string, unknown> {
  displayName: string;
  scopes: Scope[];
  days: string;
}

const fieldOf = (path: string) => ['displayName', 'scopes', 'expiresAt'].includes(path);

interface DialogProps {
  onCreated: (secret: string) => void;
  onClose: () => void;
}

/** Makes a token with some of the caller's own rights, and hands its text over. */
export function TokenDialog({ onCreated, onClose }: DialogProps): JSX.Element {
  const own = useViewer()?.scopes ?? [];
  const submit = useSubmit(onCreated);
  const form = useForm<Values>({
    initialValues: { displayName: '', scopes: [], days: '90' },
    validate: {
      displayName: (name) => (name.trim() === '' ? t('giveTokenName') : null),
      scopes: (scopes) => (scopes.length === 0 ? t('chooseRight') : null),
    },
  });
  return (
    <FormDialog
      title={t('createToken')}
      form={form}
      submitLabel={t('createToken')}
      onSubmit={submit}
      onClose={onClose}
      size="lg"
    >
      <TextInput
        label={t('tokenName')}
        description={t('tokenNameHelp')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <Checkbox.Group label={t('rights')} withAsterisk {...form.getInputProps('scopes')}>
        <Stack gap="xs" mt={8}>
          {SCOPE_ORDER.filter((scope) => own.includes(scope)).map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} description={t(`scopeHelp.${scope}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect label={t('worksFor')} data={lifetimes()} {...form.getInputProps('days')} />
    </FormDialog>
  );
}

function useSubmit(onCreated: (secret: string) => void) {
  const [create] = useAction(ApiTokenCreate);
  return async ({ displayName, scopes, days }: Values) => {
    const variables = { displayName: displayName.trim(), scopes, expiresAt: endOf(days, Date.now()), key: newKey() };
    const payload = (await create(variables))?.apiTokenCreate;
    if (!payload?.secret) return sortProblems(payload?.userErrors ?? [], fieldOf);
    onCreated(payload.secret);
    return null;
  };
}

/** How long a token may work, by days; empty for ever. */
const lifetimes = () => [
  { value: '30', label: t('days30') },
  { value: '90', label: t('days90') },
  { value: '365', label: t('days365') },
  { value: '', label: t('noEnd') },
];
