import { Button, PasswordInput, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { Brand } from '../../ui/brand.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { basePath } from '../../base-path.js';
import { safeReturnTo } from '../../domain/session.js';
import styles from './sign-in.module.css';

const SignIn = graphql(
  `
    mutation SignIn($login: String!, $password: String!) {
      signIn(login: $login, password: $password) {
        viewer {
          actor {
            id
          }
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

const route = getRouteApi('/sign-in');

export function SignInPage(): JSX.Element {
  const { returnTo, hasExpired } = route.useSearch();
  const router = useRouter();
  const [signIn, isBusy] = useAction(SignIn);
  const [messages, setMessages] = useState<string[]>([]);
  useEffect(() => {
    document.title = 'Sign in · Sluice';
  }, []);
  const form = useForm({
    initialValues: { login: '', password: '' },
    validate: {
      login: (value) => (value.trim() === '' ? 'Enter your user name.' : null),
      password: (value) => (value === '' ? 'Enter your password.' : null),
    },
  });
  const submit = async (values: typeof form.values) => {
    setMessages([]);
    const data = await signIn({ login: values.login.trim(), password: values.password });
    if (!data) return;
    const problems = data.signIn?.userErrors ?? [];
    setMessages(messagesOf(problems));
    if (problems.length > 0 || !data.signIn?.viewer) return form.setFieldValue('password', '');
    await client.clearStore();
    router.history.push(basePath() + safeReturnTo(returnTo));
  };
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Brand isLarge />
        <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate className={styles.form}>
          <Title order={1}>Sign in</Title>
          {hasExpired && messages.length === 0 && (
            <p className={styles.note} role="status">
              Your session has ended. Sign in to go on where you were.
            </p>
          )}
          <Problems messages={messages} />
          <TextInput label="User name" autoComplete="username" autoFocus size="md" {...form.getInputProps('login')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={isBusy}>
            Sign in
          </Button>
        </form>
      </div>
    </main>
  );
}
