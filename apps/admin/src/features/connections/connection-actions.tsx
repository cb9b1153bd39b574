import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { lazily } from '../../ui/lazily.js';
import { ButtonLink } from '../../ui/links.js';
import { messagesOf } from '../../ui/states.js';
import { ConnectionDelete, isSignedInByPerson, type ConnectionData } from './data.js';
import { t } from './words.js';

const Confirm = lazily(async () => (await import('../../ui/confirm.js')).Confirm);
const EditConnection = lazily(async () => (await import('./edit-connection.js')).EditConnection);

/** What can be done with a connection. */
export function ConnectionActions({ connection }: { connection: ConnectionData }): JSX.Element | null {
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
      {isDeleting && <DeleteConnection connection={connection} onClose={() => setDeleting(false)} />}
    </>
  );
}

function DeleteConnection({ connection, onClose }: { connection: ConnectionData; onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
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
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('deleteWhat')}
    </Confirm>
  );
}
