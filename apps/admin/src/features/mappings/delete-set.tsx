import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { Confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { SetDelete } from './changes.js';
import type { MappingSet } from './data.js';
import { t } from './words.js';

export function DeleteSet({ set, onClose }: { set: MappingSet; onClose: () => void }): JSX.Element {
  const [remove, isBusy] = useAction(SetDelete);
  const [problems, setProblems] = useState<string[]>([]);
  const navigate = useNavigate();
  const confirm = async () => {
    const payload = (await remove({ id: set.id, expectedVersion: set.version }))?.mappingSetDelete;
    setProblems(messagesOf(payload?.userErrors));
    if (!payload?.deletedId) return;
    await navigate({ to: '/mappings' });
    client.cache.evict({ id: `MappingSet:${set.id}` });
  };
  return (
    <Confirm
      title={t('deleteTitle', { name: set.name })}
      action={t('delete')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('deleteText')}
    </Confirm>
  );
}
