import { Button, PasswordInput, TextInput, Title } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ChangeEvent, type FormEvent, type JSX } from 'react';
import { focusField } from '../../ui/focus.js';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { failureSentence, ProblemFields } from '../../graphql/problems.js';
import { Brand } from '../../ui/brand.js';
import { messagesOf, Problems } from '../../ui/states.js';
import { basePath } from '../../base-path.js';
import { safeReturnTo } from '../../domain/session.js';
import styles from './sign-in.module.css';
import { t } from './words.js';

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

/** Sends name and password; what prevents it is told on the page, where no short message is shown yet. */
async function signIn(login: string, password: string): Promise<{ isIn: boolean; messages: string[] }> {
  try {
    const { data } = await client.mutate({ mutation: SignIn, variables: { login, password } });
    return { isIn: Boolean(data?.signIn?.viewer), messages: messagesOf(data?.signIn?.userErrors) };
  } catch (error) {
    return { isIn: false, messages: [failureSentence(error)] };
  }
}

/** Name and password, each with what is wrong with it once a person has tried, and the sign-in with them. */
function useSignIn(returnTo: string | undefined) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [messages, setMessages] = useState<string[]>([]);
  const [values, setValues] = useState({ login: '', password: '' });
  const [isTried, setTried] = useState(false);
  const problems = {
    login: values.login.trim() === '' ? t('enterLogin') : null,
    password: values.password === '' ? t('enterPassword') : null,
  };
  const fieldOf = (name: keyof typeof values) => ({
    name,
    error: isTried && problems[name],
    value: values[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) => setValues({ ...values, [name]: event.currentTarget.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setMessages([]);
    const wrong = (['login', 'password'] as const).find((name) => problems[name]);
    if (wrong) return focusField(wrong);
    setBusy(true);
    const { isIn, messages: wrongs } = await signIn(values.login.trim(), values.password).finally(() => setBusy(false));
    setMessages(wrongs);
    if (!isIn) {
      setTried(false);
      return setValues({ ...values, password: '' });
    }
    await client.clearStore();
    router.history.push(basePath() + safeReturnTo(returnTo));
  };
  return { fieldOf, submit, isBusy, messages };
}

export function SignInPage(): JSX.Element {
  const { returnTo, hasExpired } = route.useSearch();
  const { fieldOf, submit, isBusy, messages } = useSignIn(returnTo);
  useEffect(() => {
    document.title = t('windowTitle');
  }, []);
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Brand isLarge />
        <form noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
          <Title order={1}>{t('signIn')}</Title>
          {hasExpired && messages.length === 0 && (
            <p className={styles.note} role="status">
              {t('hasExpired')}
            </p>
          )}
          <Problems messages={messages} />
          <TextInput label={t('login')} autoComplete="username" autoFocus size="md" {...fieldOf('login')} />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            {...fieldOf('password')}
          />
          <Button type="submit" size="md" loading={isBusy}>
            {t('signIn')}
          </Button>
        </form>
      </div>
    </main>
  );
}
