import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { lazily } from '../../ui/lazily.js';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading, messagesOf, Problems } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { Checks } from './checks.js';
import {
  ConnectionQuery,
  ConnectionTest,
  ConnectionUpdate,
  isSignedInByPerson,
  settingsOf,
  type ConnectionData,
} from './data.js';
import { settingsWithProject } from './form.js';
import { usePlatformSignIn } from './platform-sign-in.js';
import { ScopePicker, type ScopePickerProps } from './scope-picker.js';
import { SignInStatus } from './sign-in-status.js';
import { ConnectionTag } from '../../domain/connection/connection-tags.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const EditConnection = lazily(async () => (await import('./edit-connection.js')).EditConnection);

/** What is still missing to a saved connection: sign-in, then company and project, then a test. */
export function ConnectionSetup({ id, step }: { id: string; step: 'sign-in' | 'project' | null }): JSX.Element {
  const { data, error, refetch } = useQuery(ConnectionQuery, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const [chosen, setChosen] = useState(step);
  const setChoosing = (isChoosing: boolean) => setChosen(isChoosing ? 'project' : null);
  const connection = data?.connection;
  if (error && !connection) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label={t('loadingConnection')} />;
  if (!connection) {
    return (
      <Panel title={t('notFound')} isFlush>
        <Blank title={t('doesNotExist')}>{t('mayBeDeleted')}</Blank>
      </Panel>
    );
  }
  const status = connection.health.status;
  const isByPerson = isSignedInByPerson(connection);
  if (isByPerson && (chosen === 'sign-in' || status === 'NEEDS_SIGN_IN')) {
    const proceed = () => void refetch().then(() => setChosen(null));
    return <SignInStep connection={connection} onSignedIn={proceed} />;
  }
  if (isByPerson && (chosen === 'project' || status === 'NEEDS_PROJECT')) {
    return (
      <ProjectStep connection={connection} onBegin={() => setChoosing(true)} onTested={() => setChoosing(false)} />
    );
  }
  const onChooseAgain = isByPerson ? () => setChoosing(true) : null;
  return <TestStep connection={connection} onChooseAgain={onChooseAgain} />;
}

function SignInStep({ connection, onSignedIn }: { connection: ConnectionData; onSignedIn: () => void }): JSX.Element {
  const { stage, start } = usePlatformSignIn(onSignedIn);
  const platformName = connection.platform.displayName;
  return (
    <Panel title={t('signIn')} aside={<ConnectionTag status={connection.health.status} />}>
      <div className={styles.stack}>
        <p className={styles.flat}>{t('signInSoThat', { platform: platformName, name: connection.name })}</p>
        <SignInStatus stage={stage} platformName={platformName} />
        <div className={styles.formFoot}>
          <Button onClick={() => start(() => Promise.resolve(connection.id))}>
            {t('signInWith', { platform: platformName })}
          </Button>
          <Button variant="default" onClick={() => start(() => Promise.resolve(connection.id), true)}>
            {t('signInByCode')}
          </Button>
          <ButtonLink
            to="/connections/$connectionId"
            params={{ connectionId: connection.id }}
            variant="subtle"
            color="gray"
          >
            {t('later')}
          </ButtonLink>
        </div>
      </div>
    </Panel>
  );
}

interface ProjectStepProps {
  connection: ConnectionData;
  /** Called before the choice is saved, because saving changes the connection's status while its test still runs. */
  onBegin: () => void;
  onTested: () => void;
}

/** Saves the project that was chosen, and tests the connection with it. */
function useProjectChoice({ connection, onBegin, onTested }: ProjectStepProps) {
  const [messages, setMessages] = useState<string[]>([]);
  const [update, isSaving] = useAction(ConnectionUpdate);
  const [test, isTesting] = useAction(ConnectionTest);
  const save = async (chosen: { companyId: string; projectId: string }) => {
    onBegin();
    const settings = settingsWithProject(settingsOf(connection), connection.credential.method, chosen);
    const payload = (await update({ id: connection.id, input: { settings } }))?.connectionUpdate;
    setMessages(messagesOf(payload?.userErrors));
    if (!payload?.connection) return;
    const tested = (await test({ id: connection.id }))?.connectionTest;
    setMessages(messagesOf(tested?.userErrors));
    onTested();
  };
  return { save, messages, isBusy: isSaving || isTesting };
}

interface Place {
  companyId: string | null;
  projectId: string | null;
}

function ProjectStep(props: ProjectStepProps): JSX.Element {
  const { connection } = props;
  const [{ companyId, projectId }, setPlace] = useState<Place>({ companyId: null, projectId: null });
  const { save, messages, isBusy } = useProjectChoice(props);
  const chosen = companyId !== null && projectId !== null ? { companyId, projectId } : null;
  return (
    <Panel title={t('stepProject')} aside={signedIn(settingsOf(connection).signedInAs)}>
      <div className={styles.stack}>
        <strong>{t('company')}</strong>
        <ScopePicker
          connectionId={connection.id}
          companyId={null}
          label={t('company')}
          searchLabel={t('searchCompanies')}
          value={companyId}
          onChange={(id) => setPlace({ companyId: id, projectId: null })}
        />
        {companyId !== null && (
          <ProjectPicker
            key={companyId}
            connectionId={connection.id}
            companyId={companyId}
            value={projectId}
            onChange={(id) => setPlace({ companyId, projectId: id })}
          />
        )}
        <Problems messages={messages} />
        <div className={styles.formFoot}>
          <Button disabled={chosen === null} loading={isBusy} onClick={() => chosen && void save(chosen)}>
            {t('useProject')}
          </Button>
          {chosen === null && (
            <span className={styles.dim}>{companyId === null ? t('companyFirst') : t('chooseAProject')}</span>
          )}
        </div>
      </div>
    </Panel>
  );
}

function ProjectPicker(
  props: Pick<ScopePickerProps, 'connectionId' | 'companyId' | 'value' | 'onChange'>,
): JSX.Element {
  return (
    <>
      <strong>{t('project')}</strong>
      <ScopePicker {...props} label={t('project')} searchLabel={t('searchProjects')} />
    </>
  );
}

function signedIn(login: string | boolean | null | undefined): JSX.Element | null {
  return typeof login === 'string' ? <span className={styles.dim}>{t('signedInAs', { login })}</span> : null;
}

/** Tests the connection when asked, and by itself as long as what is saved is untested. */
function useTest({ id, version, health }: ConnectionData) {
  const [test, isTesting] = useAction(ConnectionTest);
  const isUntested = health.status === 'UNTESTED';
  const testedVersion = useRef<number | null>(null);
  useEffect(() => {
    if (!isUntested || testedVersion.current === version) return;
    testedVersion.current = version;
    void test({ id });
  });
  return { test: () => void test({ id }), isTesting };
}

interface TestStepProps {
  connection: ConnectionData;
  /** Null where there is no project to choose. */
  onChooseAgain: (() => void) | null;
}

function TestStep({ connection, onChooseAgain }: TestStepProps): JSX.Element {
  const { test, isTesting } = useTest(connection);
  const { health } = connection;
  const [isEditing, setEditing] = useState(false);
  return (
    <Panel
      title={t('quoted', { name: connection.name })}
      aside={
        <span role="status">
          {isTesting ? <StatusTag tone="busy" label={t('testing')} /> : <ConnectionTag status={health.status} />}
        </span>
      }
      isFlush
    >
      {health.status !== 'HEALTHY' && <p className={styles.panelNote}>{health.message}</p>}
      <Checks health={health} />
      <div className={`${styles.formFoot ?? ''} ${styles.panelBody ?? ''}`}>
        <AfterTest connection={connection} isTesting={isTesting} onTest={test} onEdit={() => setEditing(true)} />
        {onChooseAgain && (
          <Button variant="subtle" color="gray" onClick={onChooseAgain}>
            {t('anotherProject')}
          </Button>
        )}
      </div>
      {isEditing && <EditConnection connection={connection} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

interface AfterTestProps {
  connection: ConnectionData;
  isTesting: boolean;
  onTest: () => void;
  onEdit: () => void;
}

/** The ways on from a test: away where all is well, otherwise another try, if need be with other settings. */
function AfterTest({ connection: { id, health }, isTesting, onTest, onEdit }: AfterTestProps): JSX.Element {
  const isGood = health.status === 'HEALTHY' || health.status === 'DEGRADED';
  return (
    <>
      <ButtonLink
        to={isGood ? '/connections' : '/connections/$connectionId'}
        params={{ connectionId: id }}
        variant={isGood ? 'filled' : 'default'}
      >
        {isGood ? t('done') : t('finishLater')}
      </ButtonLink>
      <Button variant={isGood ? 'default' : 'filled'} loading={isTesting} onClick={onTest}>
        {t('testAgain')}
      </Button>
      {!isGood && (
        <Button variant="default" onClick={onEdit}>
          {t('changeSettings')}
        </Button>
      )}
    </>
  );
}
