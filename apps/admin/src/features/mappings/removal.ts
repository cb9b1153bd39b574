import { useAction } from '../../graphql/action.js';
import { isConflict, type Problem } from '../../graphql/problems.js';
import { confirm } from '../../ui/confirm.js';
import { messagesOf } from '../../ui/states.js';
import { EntriesDelete, SetUpdate } from './changes.js';
import type { Entry, SetPage } from './data.js';
import { tellRefused } from './refused.js';
import { inputOf, valuesOf } from './rules.js';
import { t } from './words.js';

/** Asks whether an entry shall go, and removes it. */
export function useEntryRemoval({ set, again }: SetPage): (entry: Entry) => void {
  const [remove] = useAction(EntriesDelete);
  return ({ id, sourceKey }) =>
    askRemoval(sourceKey, again, async () => {
      const variables = { id: set.id, ids: [id], expectedVersion: set.version };
      return (await remove(variables))?.mappingEntriesDelete;
    });
}

/** Asks whether the rule in a place shall go, and removes it. */
export function useRuleRemoval({ set, again }: SetPage): (place: number) => void {
  const [update] = useAction(SetUpdate);
  return (place) =>
    askRemoval(set.metadataRules[place]?.destinationField ?? '', again, async () => {
      const kept = set.metadataRules.filter((_, index) => index !== place);
      const input = { metadataRules: kept.map((rule) => inputOf(valuesOf(rule))) };
      return (await update({ id: set.id, input, expectedVersion: set.version }))?.mappingSetUpdate;
    });
}

type Payload = { mappingSet: object | null; userErrors: readonly Problem[] } | null | undefined;

function askRemoval(name: string, again: () => void, remove: () => Promise<Payload>): void {
  const onConfirm = async () => {
    const payload = await remove();
    const isChanged = payload?.userErrors.some(isConflict) ?? false;
    // What is to be removed is chosen again, from the list as it is now.
    if (isChanged) tellRefused(payload?.userErrors, again);
    else if (payload?.mappingSet) again();
    else return messagesOf(payload?.userErrors);
    return null;
  };
  confirm({ title: t('removeTitle', { name }), children: t('removeText'), action: t('remove'), onConfirm });
}
