import { PasswordInput, Text } from '@mantine/core';
import type { JSX } from 'react';
import { FormDialog } from '../../ui/form-dialog.js';
import type { User } from './data.js';
import { usePasswordChange, usePasswordForm, type PasswordValues } from './password-form.js';
import { t } from './words.js';
import '@mantine/core/styles/Text.layer.css';

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
