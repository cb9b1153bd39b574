import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { isConflict, type Problem } from '../../graphql/problems.js';
import { Confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { EntriesDelete, SetUpdate } from './changes.js';
import type { Entry, SetPage } from './data.js';
import { tellRefused } from './refused.js';
import { inputOf, valuesOf } from './rules.js';
import { t } from './words.js';

export function RemoveEntry({
  page: { set, again },
  entry,
  onClose,
}: {
  page: SetPage;
  entry: Entry;
  onClose: () => void;
}): JSX.Element {
  const [remove, isBusy] = useAction(EntriesDelete);
  const ask = async () =>
    (await remove({ id: set.id, ids: [entry.id], expectedVersion: set.version }))?.mappingEntriesDelete;
  return <Remove name={entry.sourceKey} isBusy={isBusy} ask={ask} onDone={again} onClose={onClose} />;
}

/** Removes the rule in this place. */
export function RemoveRule({
  page: { set, again },
  place,
  onClose,
}: {
  page: SetPage;
  place: number;
  onClose: () => void;
}): JSX.Element {
  const [update, isBusy] = useAction(SetUpdate);
  const metadataRules = set.metadataRules.filter((_, index) => index !== place).map((rule) => inputOf(valuesOf(rule)));
  const ask = async () =>
    (await update({ id: set.id, input: { metadataRules }, expectedVersion: set.version }))?.mappingSetUpdate;
  const name = set.metadataRules[place]?.destinationField ?? '';
  return <Remove name={name} isBusy={isBusy} ask={ask} onDone={again} onClose={onClose} />;
}

function Remove({
  name,
  isBusy,
  ask,
  onDone,
  onClose,
}: {
  name: string;
  isBusy: boolean;
  ask: () => Promise<{ mappingSet: object | null; userErrors: readonly Problem[] } | null | undefined>;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = await ask();
    const isChanged = payload?.userErrors.some(isConflict) ?? false;
    // What is to be removed is chosen again, from the list as it is now.
    if (isChanged) tellRefused(payload?.userErrors, onDone);
    else if (payload?.mappingSet) onDone();
    else return setProblems(messagesOf(payload?.userErrors));
    onClose();
  };
  return (
    <Confirm
      title={t('removeTitle', { name })}
      action={t('remove')}
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {t('removeText')}
    </Confirm>
  );
}
