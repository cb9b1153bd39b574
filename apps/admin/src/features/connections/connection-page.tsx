import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { useCan } from '../../domain/session.js';
import { Confirm } from '../../ui/confirm.js';
import { formatMoment, wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { ButtonLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Blank, Loading, messagesOf } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { BudgetFields, useLiveBudgets, type BudgetData } from '../../domain/budget/budget-data.js';
import { BudgetView } from '../../domain/budget/budget-view.js';
import { Checks } from './checks.js';
import { ConnectionFields, ConnectionTest, isSignedInByPerson, settingsOf, type ConnectionData } from './data.js';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import { ConnectionTag, PlatformIcon } from '../../domain/connection/connection-tags.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const EditConnection = lazily(async () => (await import('./edit-connection.js')).EditConnection);
const BudgetDialog = lazily(async () => (await import('../../domain/budget/budget-dialog.js')).BudgetDialog);

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
  if (data && !connection && !error) return <NotThere title={t('noSuchConnection')} />;
  return (
    <Page
      title={connection?.name ?? t('connection')}
      beside={connection && <ConnectionTag status={connection.health.status} />}
      back={{ to: '/connections', label: t('connections') }}
      lead={connection?.health.status === 'HEALTHY' ? null : connection?.health.message}
      actions={connection && <Actions connection={connection} />}
    >
      {connection && <Content connection={connection} budget={connection.budget} />}
      {!connection && (
        <Panel title={t('connection')} isFlush>
          {error ? (
            <Failure error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading label={t('loadingConnection')} />
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
            {t('signInAgain')}
          </ButtonLink>
          {status !== 'NEEDS_SIGN_IN' && (
            <ButtonLink
              to="/connections/new"
              search={{ ...setUp, step: 'project' }}
              variant={status === 'NEEDS_PROJECT' ? 'filled' : 'default'}
            >
              {t(status === 'NEEDS_PROJECT' ? 'chooseProject' : 'changeProject')}
            </ButtonLink>
          )}
        </>
      )}
      <Button variant="default" onClick={() => setEditing(true)}>
        {t('edit')}
      </Button>
      <Button variant="default" color="red" c="var(--bad)" onClick={() => setDeleting(true)}>
        {t('delete')}
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
      title={t('deleteTitle', { name: connection.name })}
      action={t('deleteConnection')}
      isOpen={isOpen}
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={() => {
        setProblems([]);
        onClose();
      }}
    >
      {t('deleteWhat')}
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
          <Panel title={t('settings')}>
            <Facts facts={factsOf(connection)} />
          </Panel>
          {budget && <BudgetPanel connectionId={connection.id} budget={budget} />}
        </div>
      </div>
      <Panel title={t('content')}>
        {isBrowsable ? (
          <FolderTree connectionId={connection.id} foldersOnly={false} />
        ) : (
          <span className={styles.dim}>{t('notBrowsable')}</span>
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
      {health.checkedAt ? t('testAgain') : t('testConnection')}
    </Button>
  );
  return (
    <Panel title={t('health')} isFlush aside={canWrite && button}>
      {health.checks.length > 0 ? (
        <Checks health={health} />
      ) : (
        <Blank title={t('notTested')}>{t('notTestedWhy')}</Blank>
      )}
      {health.checkedAt && (
        <p
          className={`${styles.dim ?? ''} ${styles.small ?? ''}`}
          style={{ margin: 0, padding: '10px 18px', borderTop: '1px solid var(--rule)' }}
        >
          <MomentIn instant={health.checkedAt} text={t('checkedAt', { time: formatMoment(health.checkedAt) })} />
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
      title={t('callBudget')}
      aside={
        canWrite && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t('changeLimits')}
          </Button>
        )
      }
    >
      <BudgetView budget={budget} />
      <p className={`${styles.dim ?? ''} ${styles.small ?? ''}`} style={{ margin: '14px 0 0' }}>
        {t('sharedBy', { client: budget.clientLabel, host: budget.apiHost })}
      </p>
      {isOpen && <BudgetDialog budget={budget} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function factsOf(connection: ConnectionData): (readonly [string, JSX.Element | string])[] {
  const settings = Object.entries(settingsOf(connection)).flatMap(([key, value]) => {
    if (value === null || key === '__typename' || key.endsWith('Id')) return [];
    return [[t.known('setting', key) ?? wordOf(key), t.known('value', String(value)) ?? String(value)] as const];
  });
  const { credential, platform } = connection;
  const method = t.known('method', credential.method) ?? wordOf(credential.method);
  return [
    [
      t('platform'),
      <span key="platform" className={styles.row}>
        <PlatformIcon platform={platform.key} size={17} /> {platform.displayName}
      </span>,
    ],
    ...settings,
    [t('credential'), credential.isSet ? method : t('notStored', { method })],
    ...(credential.hint ? [[t('recognisedBy'), credential.hint] as const] : []),
    ...(credential.expiresAt
      ? [[t('validUntil'), <Moment key="valid" instant={credential.expiresAt} />] as const]
      : []),
    [t('changed'), <Moment key="changed" instant={connection.updatedAt} />],
  ];
}
