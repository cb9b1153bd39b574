import { useRef } from 'react';
import { useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { isConflict, type Problem } from '../../graphql/problems.js';
import type { FormOutcome } from '../../ui/form-dialog.js';
import { EntriesUpsert } from './changes.js';
import { readEntry, type Entry, type SetPage } from './data.js';
import {
  afterConflict,
  entryTold,
  entryValues,
  isEntryField,
  type EntryValues,
  type KnownEntry,
} from './entry-form.js';
import { t } from './words.js';

const FORM = { valuesOf: entryValues, told: entryTold, isField: isEntryField };
/** How often an entry is sent anew because others write other entries of the set at the same time. */
const TRIES = 5;

/** Saves the entry of a form; what somebody else has made of the same entry meanwhile is told first. */
export function useEntrySave({ set, again }: SetPage, entry: Entry | null, onClose: () => void) {
  const [upsert] = useAction(EntriesUpsert);
  const asked = useRef('');
  const basis = useBasis<KnownEntry>({ version: set.version, entry }, () => readEntry(set.id, asked.current));
  const save = async (values: EntryValues, tries = TRIES): Promise<FormOutcome<EntryValues>> => {
    asked.current = entry?.sourceKey ?? values.sourceKey.trim();
    const variables = { id: set.id, entries: [values], expectedVersion: basis.now()?.version };
    const payload = (await upsert(variables))?.mappingEntriesUpsert;
    if (payload?.mappingSet) return done();
    const refusal = await basis.refusal(atFields(payload?.userErrors ?? []), FORM);
    if (!('conflict' in refusal)) return refusal;
    const { theirs, ...conflict } = refusal.conflict;
    const next = afterConflict(entry, theirs, values);
    if (next === 'CHOOSE' && theirs) return { conflict: { ...conflict, theirs } };
    conflict.onChosen();
    if (next === 'SAVE' && tries > 1) return save(values, tries - 1);
    return { byField: {}, general: [next === 'GONE' ? t('entryGone') : t('changedMeanwhile')] };
  };
  const done = () => {
    again();
    onClose();
    return null;
  };
  return (values: EntryValues) => save(values);
}

/** Problems of the one entry stand at its fields. */
const atFields = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => (isConflict(problem) ? problem : { ...problem, field: problem.field?.slice(-1) ?? null }));
