import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { graphql, type EnumOf } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { useCan } from '../../domain/session.js';
import { Confirm } from '../../ui/confirm.js';
import { formatInstant, known, wordOf } from '../../ui/format.js';
import { ButtonLink } from '../../ui/links.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Blank, Loading, messagesOf } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { BudgetDialog } from '../../domain/budget/budget-dialog.js';
import { BudgetFields, useLiveBudgets, type BudgetData } from '../../domain/budget/budget-data.js';
import { BudgetView } from '../../domain/budget/budget-view.js';
import { Checks } from './checks.js';
import { ConnectionFields, ConnectionTest, isSignedInByPerson, settingsOf, type ConnectionData } from './data.js';
import { EditConnection } from './edit-connection.js';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import { ConnectionTag, PlatformIcon } from '../../domain/connection/connection-tags.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';

const ConnectionPageQuery = graphql(
  `
    query ConnectionPage($id: ID!) {
      connection(id: $id) {
        ...ConnectionFields
        budget {
          ...BudgetFields
        }
      }
    }
  `,
  [ConnectionFields, BudgetFields],
);

const ConnectionDelete = graphql(
  `
    mutation ConnectionDelete($id: ID!) {
      connectionDelete(id: $id) {
        deletedId
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

const route = getRouteApi('/shell/connections/$connectionId');

export function ConnectionPage(): JSX.Element {
  const { connectionId: id } = route.useParams();
  const { data, error, refetch } = useQuery(ConnectionPageQuery, { variables: { id }, pollInterval: 10_000 });
  const connection = data?.connection;
  if (data && !connection && !error) return <NotThere what="connection" />;
  return (
    <Page
      title={connection?.name ?? 'Connection'}
      beside={connection && <ConnectionTag status={connection.health.status} />}
      back={{ to: '/connections', label: 'Connections' }}
      lead={connection?.health.status === 'HEALTHY' ? null : connection?.health.message}
      actions={connection && <Actions connection={connection} />}
    >
      {connection && <Content connection={connection} budget={connection.budget} />}
      {!connection && (
        <Panel title="Connection" isFlush>
          {error ? (
            <Failure error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading label="Loading the connection" />
          )}
        </Panel>
      )}
    </Page>
  );
}

function Actions({ connection }: { connection: ConnectionData }): JSX.Element | null {
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  if (!canWrite) return null;
  const { status } = connection.health;
  const setUp = { platform: connection.platform.key, id: connection.id };
  return (
    <>
      {isSignedInByPerson(connection) && (
        <>
          <ButtonLink
            to="/connections/new"
            search={{ ...setUp, step: 'sign-in' }}
            variant={status === 'NEEDS_SIGN_IN' ? 'filled' : 'default'}
          >
            Sign in again
          </ButtonLink>
          {status !== 'NEEDS_SIGN_IN' && (
            <ButtonLink
              to="/connections/new"
              search={{ ...setUp, step: 'project' }}
              variant={status === 'NEEDS_PROJECT' ? 'filled' : 'default'}
            >
              {status === 'NEEDS_PROJECT' ? 'Choose the project' : 'Change project'}
            </ButtonLink>
          )}
        </>
      )}
      <Button variant="default" onClick={() => setEditing(true)}>
        Edit
      </Button>
      <Button variant="default" color="red" c="var(--bad)" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {isEditing && <EditConnection connection={connection} onClose={() => setEditing(false)} />}
      <DeleteConnection connection={connection} isOpen={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}

function DeleteConnection({
  connection,
  isOpen,
  onClose,
}: {
  connection: ConnectionData;
  isOpen: boolean;
  onClose: () => void;
}): JSX.Element {
  const navigate = route.useNavigate();
  const [remove, isBusy] = useAction(ConnectionDelete);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await remove({ id: connection.id }))?.connectionDelete;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.deletedId) return;
    await navigate({ to: '/connections' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'ConnectionProfile', id: connection.id }) });
  };
  return (
    <Confirm
      title={`Delete “${connection.name}”?`}
      action="Delete connection"
      isOpen={isOpen}
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={() => {
        setProblems([]);
        onClose();
      }}
    >
      Its stored credential is removed. Documents on the platform stay as they are. A connection that jobs use cannot be
      deleted.
    </Confirm>
  );
}

function Content({ connection, budget }: { connection: ConnectionData; budget: BudgetData | null }): JSX.Element {
  const isBrowsable = ['HEALTHY', 'DEGRADED', 'UNTESTED'].includes(connection.health.status);
  return (
    <>
      <div className={styles.columns}>
        <HealthPanel connection={connection} />
        <div className={styles.stack} style={{ gap: 22 }}>
          <Panel title="Settings">
            <Facts facts={factsOf(connection)} />
          </Panel>
          {budget && <BudgetPanel connectionId={connection.id} budget={budget} />}
        </div>
      </div>
      <Panel title="Content">
        {isBrowsable ? (
          <FolderTree connectionId={connection.id} foldersOnly={false} />
        ) : (
          <span className={styles.dim}>Folders can be browsed once the connection works.</span>
        )}
      </Panel>
    </>
  );
}

function HealthPanel({ connection }: { connection: ConnectionData }): JSX.Element {
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [test, isTesting] = useAction(ConnectionTest);
  const { health } = connection;
  const button = (
    <Button size="xs" variant="default" loading={isTesting} onClick={() => void test({ id: connection.id })}>
      {health.checkedAt ? 'Test again' : 'Test connection'}
    </Button>
  );
  return (
    <Panel title="Health" isFlush aside={canWrite && button}>
      {health.checks.length > 0 ? (
        <Checks health={health} />
      ) : (
        <Blank title="Not tested yet">
          A test tries every step that a run needs, and says what to do about each that fails.
        </Blank>
      )}
      {health.checkedAt && (
        <p
          className={`${styles.dim ?? ''} ${styles.small ?? ''}`}
          style={{ margin: 0, padding: '10px 18px', borderTop: '1px solid var(--rule)' }}
        >
          Checked {formatInstant(health.checkedAt)}
        </p>
      )}
    </Panel>
  );
}

function BudgetPanel({ connectionId, budget }: { connectionId: string; budget: BudgetData }): JSX.Element {
  useLiveBudgets(connectionId);
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title="Call budget"
      aside={
        canWrite && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            Change limits
          </Button>
        )
      }
    >
      <BudgetView budget={budget} />
      <p className={`${styles.dim ?? ''} ${styles.small ?? ''}`} style={{ margin: '14px 0 0' }}>
        Shared by all connections and jobs that use the client “{budget.clientLabel}” at {budget.apiHost}.
      </p>
      {isOpen && <BudgetDialog budget={budget} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

const LABELS: Record<string, string> = {
  location: 'Folder',
  domain: 'Windows domain',
  durability: 'Safe against a loss of power',
  manifest: 'Keeps what the share cannot hold',
  clientCredentials: 'OAuth client',
  loginUrl: 'Domain',
  apiUrl: 'API address',
  companyName: 'Company',
  projectName: 'Project',
  signedInAs: 'Signed in as',
  usePathStyle: 'Path style',
};
const WORDS: Record<string, string> = {
  SYSTEM_DEFAULT: 'System default',
  CUSTOM: 'Custom',
  MARK: 'As a whole, every few seconds',
  FILE: 'File by file',
  NEVER: 'Never',
  true: 'Yes',
  false: 'No',
};

function factsOf(connection: ConnectionData): (readonly [string, JSX.Element | string])[] {
  const settings = Object.entries(settingsOf(connection)).flatMap(([key, value]) => {
    if (value === null || key === '__typename' || key.endsWith('Id')) return [];
    return [[LABELS[key] ?? wordOf(key), WORDS[String(value)] ?? String(value)] as const];
  });
  const { credential, platform } = connection;
  return [
    [
      'Platform',
      <span key="platform" className={styles.row}>
        <PlatformIcon platform={platform.key} size={17} /> {platform.displayName}
      </span>,
    ],
    ...settings,
    [
      'Credential',
      `${known(METHODS, credential.method) ?? wordOf(credential.method)}${credential.isSet ? '' : ', not stored yet'}`,
    ],
    ...(credential.hint ? [['Recognised by', credential.hint] as const] : []),
    ...(credential.expiresAt ? [['Valid until', formatInstant(credential.expiresAt)] as const] : []),
    ['Changed', formatInstant(connection.updatedAt)],
  ];
}

const METHODS: Record<EnumOf<'AuthenticationMethod'>, string> = {
  NONE: 'The account that runs the server',
  OAUTH_AUTHORIZATION_CODE: 'Sign-in by a person',
  OAUTH_CLIENT_CREDENTIALS: 'Service account',
  USERNAME_PASSWORD: 'User name and password',
  ACCESS_KEY: 'Access key',
  AZURE_ACCOUNT_KEY: 'Azure account key',
  AZURE_SAS: 'Azure shared access signature',
  GCS_SERVICE_ACCOUNT: 'Google service account',
};
