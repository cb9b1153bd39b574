import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog, type FormProblems } from '../../ui/form-dialog.js';
import { UserCreate, UserUpdate, type User } from './data.js';
import { t } from './words.js';

type Role = EnumOf<'Role'>;
const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'];
const FIELDS = ['login', 'displayName', 'role', 'password'];

interface Values extends Record<string, unknown> {
  login: string;
  displayName: string;
  role: Role;
  password: string;
}

/** Adds a person, or changes one. */
export function UserDialog({
  user,
  onDone,
  onClose,
}: {
  user: User | null;
  onDone: (user: User) => void;
  onClose: () => void;
}): JSX.Element {
  const save = useSave(user);
  const form = useForm<Values>({
    initialValues: {
      login: user?.login ?? '',
      displayName: user?.displayName ?? '',
      role: user?.role ?? 'VIEWER',
      password: '',
    },
    validate: {
      login: (login) => (login.trim() === '' ? t('giveLogin') : null),
      displayName: (name) => (name.trim() === '' ? t('giveDisplayName') : null),
      password: (password) => (user === null && password.length < 12 ? t('givePassword') : null),
    },
  });
  const submit = async (values: Values) => {
    const result = await save(values);
    if ('problems' in result) return result.problems;
    onDone(result.user);
    onClose();
    return null;
  };
  return (
    <FormDialog
      title={user ? t('changeUser', { name: user.displayName }) : t('addUser')}
      form={form}
      submitLabel={user ? t('save') : t('addUser')}
      onSubmit={submit}
      onClose={onClose}
    >
      {user === null && (
        <TextInput
          label={t('login')}
          description={t('loginHelp')}
          withAsterisk
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('login')}
        />
      )}
      <TextInput label={t('displayName')} withAsterisk autoComplete="off" {...form.getInputProps('displayName')} />
      <Radio.Group label={t('role')} {...form.getInputProps('role')}>
        <Stack gap="xs" mt={8}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={t(`roleWord.${role}`)} description={t(`roleHelp.${role}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {user === null && (
        <PasswordInput
          label={t('firstPassword')}
          description={t('passwordHelp')}
          withAsterisk
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      )}
    </FormDialog>
  );
}

function useSave(user: User | null): (values: Values) => Promise<{ user: User } | { problems: FormProblems }> {
  const [create] = useAction(UserCreate);
  const [update] = useAction(UserUpdate);
  return async ({ login, displayName, role, password }) => {
    const named = { displayName: displayName.trim(), role };
    const payload =
      user === null
        ? (await create({ input: { ...named, login: login.trim(), password }, key: newKey() }))?.userCreate
        : (await update({ id: user.id, input: named, expectedVersion: user.version }))?.userUpdate;
    if (payload?.user) return { user: payload.user };
    return { problems: sortProblems(payload?.userErrors ?? [], (path) => FIELDS.includes(path)) };
  };
}
