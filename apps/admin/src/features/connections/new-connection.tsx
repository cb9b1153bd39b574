import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { PlainForm } from '../../ui/plain-form.js';
import { Sentence } from '../../ui/sentence.js';
import { Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFormFields } from './connection-form.js';
import { shownFields, type FormValues, type PlatformForm } from './form.js';
import type { SignInStage } from './platform-sign-in.js';
import { SignInStatus } from './sign-in-status.js';
import { useNewConnection } from './use-new-connection.js';
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

interface NewConnectionProps {
  platform: PlatformForm;
  onCreated: (id: string) => void;
}

/** Form of a new connection; for a sign-in at the platform it goes through the platform's window at once. */
export function NewConnection({ platform, onCreated }: NewConnectionProps): JSX.Element {
  const { form, displayName: platformName } = platform;
  const draft = useNewConnection(platform, onCreated);
  const { values, errors, messages, change, isWithSignIn, stage, submit, abandon } = draft;
  const hint = useNameHint(values.name || platformName);
  return (
    <Panel title={isWithSignIn ? t('stepSettings') : t('settings')}>
      <PlainForm className={styles.stack} onSubmit={() => submit()}>
        <ConnectionFormFields
          form={form}
          values={values}
          errors={errors}
          hints={{ name: hint }}
          isStored={false}
          onChange={(name, value) => change({ ...values, [name]: value })}
        />
        {isWithSignIn && hasOwnClient(form, values) && <Callback address={platform.oauthRedirectUrl} />}
        <p className={`${styles.intro ?? ''} ${styles.small ?? ''}`}>{t('draftUntil')}</p>
        <Problems messages={messages} />
        <SignInStatus stage={stage} platformName={platformName} />
        <div className={styles.formFoot}>
          {isWithSignIn ? (
            <SignInButtons platformName={platformName} stage={stage} onCode={() => submit(true)} />
          ) : (
            <Button type="submit" loading={draft.isBusy}>
              {t('connectAndTest')}
            </Button>
          )}
          <ButtonLink to="/connections" variant="subtle" color="gray" onClick={abandon}>
            {t('cancel')}
          </ButtonLink>
        </div>
      </PlainForm>
    </Panel>
  );
}

const hasOwnClient = (form: PlatformForm['form'], values: FormValues): boolean =>
  shownFields(form, values).some((field) => field.name.startsWith('credential.oauthClient.'));

/** The address that a client of one's own has to name at the platform. */
function Callback({ address }: { address: PlatformForm['oauthRedirectUrl'] }): JSX.Element | null {
  if (!address) return null;
  return (
    <p className={`${styles.dim ?? ''} ${styles.small ?? ''} ${styles.flat ?? ''}`}>
      <Sentence text={t('callback', { address })} as={{ code: (words) => <code>{words}</code> }} />
    </p>
  );
}

interface SignInButtonsProps {
  platformName: string;
  stage: SignInStage;
  /** Signs in by a code that is copied, where the platform's window cannot come back. */
  onCode: () => void;
}

function SignInButtons({ platformName, stage, onCode }: SignInButtonsProps): JSX.Element {
  const isWaiting = stage.kind === 'starting' || stage.kind === 'waiting';
  return (
    <>
      <Button type="submit" variant={isWaiting ? 'default' : 'filled'}>
        {t('signInWith', { platform: platformName })}
      </Button>
      <Button type="button" variant="default" onClick={onCode}>
        {t('signInByCode')}
      </Button>
    </>
  );
}
