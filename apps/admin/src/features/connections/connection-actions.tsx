import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { confirm } from '../../ui/confirm.js';
import { lazily } from '../../ui/lazily.js';
import { ButtonLink } from '../../ui/links.js';
import { messagesOf } from '../../ui/states.js';
import { ConnectionDelete, isSignedInByPerson, type ConnectionData } from './data.js';
import { t } from './words.js';

const EditConnection = lazily(async () => (await import('./edit-connection.js')).EditConnection);

/** What can be done with a connection. */
export function ConnectionActions({ connection }: { connection: ConnectionData }): JSX.Element | null {
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [isEditing, setEditing] = useState(false);
  const remove = useDeletion(connection);
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
      <Button variant="default" color="red" c="var(--bad)" onClick={remove}>
        {t('delete')}
      </Button>
      {isEditing && <EditConnection connection={connection} onClose={() => setEditing(false)} />}
    </>
  );
}

function useDeletion({ id, name }: ConnectionData): () => void {
  const navigate = useNavigate();
  const [remove] = useAction(ConnectionDelete);
  const onConfirm = async () => {
    const payload = (await remove({ id }))?.connectionDelete;
    if (!payload?.deletedId) return messagesOf(payload?.userErrors);
    await navigate({ to: '/connections' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'ConnectionProfile', id }) });
    return null;
  };
  return () =>
    confirm({
      title: t('deleteTitle', { name }),
      children: t('deleteWhat'),
      action: t('deleteConnection'),
      onConfirm,
    });
}
