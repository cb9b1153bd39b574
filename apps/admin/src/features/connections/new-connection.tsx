import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState, type JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { sortProblems } from '../../graphql/problems.js';
import { focusField } from '../../ui/focus.js';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Sentence } from '../../ui/sentence.js';
import { Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionCreate, ConnectionDelete, ConnectionUpdate } from './data.js';
import { ConnectionFormFields } from './connection-form.js';
import { buildInput, checkForm, initialValues, needsPlatformSignIn, shownFields, type PlatformForm } from './form.js';
import { usePlatformSignIn } from './platform-sign-in.js';
import { SignInStatus } from './sign-in-status.js';
import { t } from './words.js';

const NamesQuery = graphql(`
  query ConnectionNames($name: String!) {
    connections(first: 100, filter: { nameContains: $name }) {
      nodes {
        id
        name
      }
    }
  }
`);

/** A remark when another connection has the name; equal names are allowed. */
export function useNameHint(name: string, ownId: string | null = null): string | null {
  const [asked] = useDebouncedValue(name.trim(), 300);
  const { data } = useQuery(NamesQuery, { variables: { name: asked }, skip: asked === '' });
  const same =
    asked !== '' &&
    data?.connections?.nodes.some((one) => one.name.toLowerCase() === asked.toLowerCase() && one.id !== ownId);
  return same ? t('sameName', { name: asked }) : null;
}

/** Form of a new connection; for a sign-in at the platform it goes through the platform's window at once. */
export function NewConnection({
  platform,
  onCreated,
}: {
  platform: PlatformForm;
  onCreated: (id: string) => void;
}): JSX.Element {
  const form = platform.form;
  const [values, setValues] = useState(() => initialValues(form));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [messages, setMessages] = useState<string[]>([]);
  const created = useRef<string | null>(null);
  const [create, isBusy] = useAction(ConnectionCreate);
  const [update] = useAction(ConnectionUpdate);
  const [remove] = useAction(ConnectionDelete);
  const signIn = usePlatformSignIn(onCreated);
  const hint = useNameHint(values.name || platform.displayName);
  const input = buildInput(platform, values);
  const isWithSignIn = needsPlatformSignIn(input);
  const isOwnClient = shownFields(form, values).some((field) => field.name.startsWith('credential.oauthClient.'));
  const isWaiting = signIn.stage.kind === 'starting' || signIn.stage.kind === 'waiting';

  /** Saves the form; what an earlier try saved is changed instead of made twice. */
  const save = async (): Promise<string | null> => {
    const payload =
      created.current === null
        ? (await create({ input: { ...input, testNow: !isWithSignIn, isDraft: true }, key: newKey() }))
            ?.connectionCreate
        : (await update({ id: created.current, input }))?.connectionUpdate;
    if (!payload) return null;
    const known = new Set(shownFields(form, values).map((field) => field.name));
    const problems = sortProblems(payload.userErrors, (path) => known.has(path));
    setErrors(problems.byField);
    setMessages(problems.general);
    created.current = payload.connection?.id ?? created.current;
    return payload.userErrors.length > 0 ? null : created.current;
  };
  const submit = (copyCode = false) => {
    const found = checkForm(form, values);
    setErrors(found);
    setMessages([]);
    if (Object.keys(found).length > 0) return focusField(form.find((field) => found[field.name])?.name);
    if (isWithSignIn) signIn.start(save, copyCode);
    else void save().then((id) => id !== null && onCreated(id));
  };
  const abandon = () => {
    signIn.reset();
    if (created.current !== null) void remove({ id: created.current });
  };
  return (
    <Panel title={isWithSignIn ? t('stepSettings') : t('settings')}>
      <form
        noValidate
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ConnectionFormFields
          form={form}
          values={values}
          errors={errors}
          hints={{ name: hint }}
          isStored={false}
          onChange={(name, value) => setValues({ ...values, [name]: value })}
        />
        {isWithSignIn && isOwnClient && platform.oauthRedirectUrl && (
          <p className={`${styles.dim ?? ''} ${styles.small ?? ''}`} style={{ margin: 0 }}>
            <Sentence
              text={t('callback', { address: platform.oauthRedirectUrl })}
              as={{ code: (words) => <code>{words}</code> }}
            />
          </p>
        )}
        <p className={`${styles.intro ?? ''} ${styles.small ?? ''}`}>{t('draftUntil')}</p>
        <Problems messages={messages} />
        <SignInStatus stage={signIn.stage} platformName={platform.displayName} />
        <div className={styles.formFoot}>
          <Button type="submit" loading={isBusy && !isWithSignIn} variant={isWaiting ? 'default' : 'filled'}>
            {isWithSignIn ? t('signInWith', { platform: platform.displayName }) : t('connectAndTest')}
          </Button>
          {isWithSignIn && (
            <Button type="button" variant="default" onClick={() => submit(true)}>
              {t('signInByCode')}
            </Button>
          )}
          <ButtonLink to="/connections" variant="subtle" color="gray" onClick={abandon}>
            {t('cancel')}
          </ButtonLink>
        </div>
      </form>
    </Panel>
  );
}
