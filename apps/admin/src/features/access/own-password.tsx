import { Button, PasswordInput } from '@mantine/core';
import { useRef, useState, type JSX } from 'react';
import { focusFirstWrong } from '../../ui/focus.js';
import { Panel } from '../../ui/page.js';
import { Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { AccessPage } from './access-page.js';
import { usePasswordChange, usePasswordForm, type PasswordValues } from './password-form.js';
import { t } from './words.js';

/** Where a person changes the password that they sign in with. */
export function OwnPasswordPage(): JSX.Element {
  return (
    <AccessPage>
      <OwnPassword />
    </AccessPage>
  );
}

/** The form with what the server says against it, and how it is sent. */
function useOwnPassword() {
  const form = usePasswordForm();
  const change = usePasswordChange(null);
  const element = useRef<HTMLFormElement>(null);
  const [general, setGeneral] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const focusWrong = () => requestAnimationFrame(() => focusFirstWrong(element.current));
  const send = async (values: PasswordValues) => {
    setBusy(true);
    const problems = await change(values).finally(() => setBusy(false));
    setGeneral(problems?.general ?? []);
    if (problems === null) return form.reset();
    form.setErrors(problems.byField);
    focusWrong();
  };
  const onSubmit = form.onSubmit((values) => void send(values), focusWrong);
  return { form, element, general, isBusy, onSubmit };
}

function OwnPassword(): JSX.Element {
  const { form, element, general, isBusy, onSubmit } = useOwnPassword();
  return (
    <Panel title={t('password')}>
      <form ref={element} noValidate className={`${styles.stack ?? ''} ${styles.shortForm ?? ''}`} onSubmit={onSubmit}>
        <PasswordInput
          label={t('presentPassword')}
          withAsterisk
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t('newPassword')}
          description={t('passwordHelp')}
          withAsterisk
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <Problems messages={general} />
        <div className={styles.formFoot}>
          <Button type="submit" loading={isBusy}>
            {t('changePassword')}
          </Button>
          <span className={styles.sub}>{t('ownNote')}</span>
        </div>
      </form>
    </Panel>
  );
}
