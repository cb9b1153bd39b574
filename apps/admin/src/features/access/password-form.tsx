import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toastDone } from '../../ui/toast.js';
import { PasswordChange, type User } from './data.js';
import { t } from './words.js';

export interface PasswordValues extends Record<string, unknown> {
  currentPassword: string;
  newPassword: string;
}

export function usePasswordForm() {
  return useForm<PasswordValues>({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password === '' ? t('giveOwnPassword') : null),
      newPassword: (password) => (password.length < 12 ? t('givePassword') : null),
    },
  });
}

/** Changes the password of a person, null for the caller's own; resolves to what is wrong, null once it is changed. */
export function usePasswordChange(userId: string | null) {
  const [change] = useAction(PasswordChange);
  return async (values: PasswordValues) => {
    const payload = (await change({ userId, ...values }))?.passwordChange;
    if (!payload?.user) return sortProblems(payload?.userErrors ?? [], (path) => path in values);
    toastDone(t('passwordChanged'));
    return null;
  };
}

/** Gives another person a new password; the caller's own proves who asks. */
export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }): JSX.Element {
  const form = usePasswordForm();
  const change = usePasswordChange(user.id);
  const submit = async (values: PasswordValues) => {
    const problems = await change(values);
    if (problems === null) onClose();
    return problems;
  };
  return (
    <FormDialog
      title={t('resetPasswordOf', { name: user.displayName })}
      form={form}
      submitLabel={t('resetPassword')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {t('resetNote')}
      </Text>
      <PasswordInput
        label={t('newPassword')}
        description={t('passwordHelp')}
        withAsterisk
        data-autofocus
        autoComplete="new-password"
        {...form.getInputProps('newPassword')}
      />
      <PasswordInput
        label={t('ownPassword')}
        description={t('ownPasswordHelp')}
        withAsterisk
        autoComplete="current-password"
        {...form.getInputProps('currentPassword')}
      />
    </FormDialog>
  );
}
