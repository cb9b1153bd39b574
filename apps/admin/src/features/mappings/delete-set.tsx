import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { client } from '../../graphql/client.js';
import { isConflict, lastChangedBy } from '../../graphql/problems.js';
import { Confirm } from '../../ui/confirm.js';
import type { ConflictRow } from '../../ui/merge.js';
import { Facts } from '../../ui/page.js';
import { messagesOf, Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { SetDelete } from './changes.js';
import { readSet, type FullSet } from './data.js';
import { changesOf } from './set-form.js';
import { t } from './words.js';

/** What somebody else has made of the set since it was asked about, and who that was, as far as it is known. */
interface Changed {
  by: string | null;
  rows: readonly ConflictRow[];
}

export function DeleteSet({ set, onClose }: { set: FullSet; onClose: () => void }): JSX.Element {
  const { remove, isBusy, problems, changed } = useDeletion(set);
  return (
    <Confirm
      title={t('deleteTitle', { name: set.name })}
      action={changed ? t('deleteAsNow') : t('delete')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <div className={styles.stack}>
        {t('deleteText')}
        {changed && <ChangedMeanwhile {...changed} />}
      </div>
    </Confirm>
  );
}

/** Deletes the version that the person has been shown: one that somebody else has saved meanwhile is shown first. */
function useDeletion(set: FullSet) {
  const [ask, isBusy] = useAction(SetDelete);
  const [problems, setProblems] = useState<string[]>([]);
  const [known, setKnown] = useState(set);
  const [changed, setChanged] = useState<Changed | null>(null);
  const navigate = useNavigate();
  const remove = async () => {
    const payload = (await ask({ id: set.id, expectedVersion: known.version }))?.mappingSetDelete;
    const refused = payload?.userErrors.find(isConflict);
    const theirs = refused && (await readSet(set.id).catch(() => null));
    setProblems(theirs ? [] : messagesOf(payload?.userErrors));
    if (theirs) {
      setChanged({ by: lastChangedBy(refused), rows: changesOf(set, theirs) });
      setKnown(theirs);
    }
    if (!payload?.deletedId) return;
    await navigate({ to: '/mappings' });
    client.cache.evict({ id: `MappingSet:${set.id}` });
  };
  return { remove, isBusy, problems, changed };
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
