import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { isConflict, lastChangedBy } from '../../graphql/problems.js';
import { confirm, type Question } from '../../ui/confirm.js';
import type { ConflictRow } from '../../ui/merge.js';
import { Facts } from '../../ui/page.js';
import { messagesOf, Notice } from '../../ui/states.js';
import { SetDelete } from './changes.js';
import { readSet, type FullSet } from './data.js';
import { changesOf } from './set-form.js';
import { t } from './words.js';

/** What somebody else has made of the set since it was asked about, and who that was, as far as it is known. */
interface Changed {
  by: string | null;
  rows: readonly ConflictRow[];
}

/**
 * Asks whether the set shall go, and deletes the version that the person has been shown: one that somebody else has saved meanwhile is
 * shown first.
 */
export function useDeletion(set: FullSet): () => void {
  const [ask] = useAction(SetDelete);
  const navigate = useNavigate();
  const remove = async (known: FullSet) => {
    const payload = (await ask({ id: set.id, expectedVersion: known.version }))?.mappingSetDelete;
    const refused = payload?.userErrors.find(isConflict);
    const theirs = refused && (await readSet(set.id).catch(() => null));
    if (theirs) return questionOf(theirs, { by: lastChangedBy(refused), rows: changesOf(set, theirs) });
    if (!payload?.deletedId) return messagesOf(payload?.userErrors);
    await navigate({ to: '/mappings' });
    client.cache.evict({ id: `MappingSet:${set.id}` });
    return null;
  };
  const questionOf = (known: FullSet, changed: Changed | null): Question => ({
    title: t('deleteTitle', { name: set.name }),
    children: (
      <>
        {t('deleteText')}
        {changed && <ChangedMeanwhile {...changed} />}
      </>
    ),
    action: changed ? t('deleteAsNow') : t('delete'),
    onConfirm: () => remove(known),
  });
  return () => confirm(questionOf(set, null));
}

function ChangedMeanwhile({ by, rows }: Changed): JSX.Element {
  return (
    <>
      <Notice tone="warn" role="alert">
        {by === null ? t('setChanged') : t('setChangedBy', { by })}
      </Notice>
      <Facts facts={rows.map(({ label, mine, theirs }) => [label, t('beforeAndNow', { before: mine, now: theirs })])} />
    </>
  );
}
