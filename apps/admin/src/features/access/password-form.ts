import { useForm } from '@mantine/form';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { toastDone } from '../../ui/toast.js';
import { PasswordChange } from './data.js';
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
