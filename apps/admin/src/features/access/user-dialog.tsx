import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { FormDialog, type FormOutcome } from '../../ui/form-dialog.js';
import type { ToldField } from '../../ui/merge.js';
import { readUser, UserCreate, UserUpdate, type User } from './data.js';
import { t } from './words.js';
import '../../theme/radio.css';

type Role = EnumOf<'Role'>;
const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'];
const FIELDS = ['login', 'displayName', 'role', 'password'];

interface Values extends Record<string, unknown> {
  login: string;
  displayName: string;
  role: Role;
  password: string;
}

const valuesOf = ({ login, displayName, role }: User): Values => ({ login, displayName, role, password: '' });

const told = (): ToldField<Values>[] => [
  { label: t('displayName'), text: ({ displayName }) => displayName },
  { label: t('role'), text: ({ role }) => t(`roleWord.${role}`) },
];

const FORM = { valuesOf, told, isField: (path: string) => FIELDS.includes(path) };

interface DialogProps {
  user: User | null;
  onDone: (user: User) => void;
  onClose: () => void;
}

const useUserForm = (user: User | null) =>
  useForm<Values>({
    initialValues: user ? valuesOf(user) : { login: '', displayName: '', role: 'VIEWER', password: '' },
    validate: {
      login: (login) => (login.trim() === '' ? t('giveLogin') : null),
      displayName: (name) => (name.trim() === '' ? t('giveDisplayName') : null),
      password: (password) => (user === null && password.length < 12 ? t('givePassword') : null),
    },
  });

/** Adds a person, or changes one. */
export function UserDialog(props: DialogProps): JSX.Element {
  const { user, onClose } = props;
  const submit = useSubmit(props);
  const form = useUserForm(user);
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

function useSubmit({ user, onDone, onClose }: DialogProps): (values: Values) => Promise<FormOutcome<Values>> {
  const [create] = useAction(UserCreate);
  const [update] = useAction(UserUpdate);
  const basis = useBasis(user, ({ id }) => readUser(id));
  const send = async ({ login, displayName, role, password }: Values) => {
    const [known, named] = [basis.now(), { displayName: displayName.trim(), role }];
    if (known === null)
      return (await create({ input: { ...named, login: login.trim(), password }, key: newKey() }))?.userCreate;
    return (await update({ id: known.id, input: named, expectedVersion: known.version }))?.userUpdate;
  };
  return async (values) => {
    const payload = await send(values);
    if (!payload?.user) return basis.refusal(payload?.userErrors, FORM);
    onDone(payload.user);
    onClose();
    return null;
  };
}
