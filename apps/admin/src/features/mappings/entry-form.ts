import type { ToldField } from '../../ui/merge.js';
import { t } from './words.js';

/** An entry as a form holds it. */
export interface EntryValues extends Record<string, unknown> {
  sourceKey: string;
  destinationKey: string;
}

/** An entry as it was in a version of its set; null where the set had none of its name. */
export interface KnownEntry {
  version: number;
  entry: EntryPair | null;
}

type EntryPair = Pick<EntryValues, 'sourceKey' | 'destinationKey'>;

export const entryValues = ({ entry }: KnownEntry): EntryValues | null =>
  entry && { sourceKey: entry.sourceKey, destinationKey: entry.destinationKey };

/** The fields in words. */
export const entryTold = (): ToldField<EntryValues | null>[] => [
  { label: t('sourceKey'), text: (values) => values?.sourceKey ?? '' },
  { label: t('destinationKey'), text: (values) => values?.destinationKey ?? '' },
];

export const isEntryField = (path: string): boolean => path === 'sourceKey' || path === 'destinationKey';

/**
 * What to do after somebody else has changed the set: go on where the entry itself is as it was or as it is to be, ask which of two
 * targets holds, or say that the entry is gone.
 *
 * @param began the entry as the form began with it; null where it adds one
 * @param theirs the entry as it is now; null where there is none
 */
export function afterConflict(
  began: EntryPair | null,
  theirs: EntryPair | null,
  mine: EntryPair,
): 'SAVE' | 'CHOOSE' | 'GONE' {
  if (theirs === null) return began === null ? 'SAVE' : 'GONE';
  return [began?.destinationKey, mine.destinationKey].includes(theirs.destinationKey) ? 'SAVE' : 'CHOOSE';
}
