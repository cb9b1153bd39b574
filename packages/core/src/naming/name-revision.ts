import { splitEnding } from './name-key.js';

/**
 * Why an item got another name than it had: characters or a form that the platform cannot hold, two contents that are both
 * kept, a length beyond its limits, or a name that another item has.
 */
export const NAME_REVISIONS = ['CHARACTERS', 'CONFLICT', 'LENGTH', 'TAKEN'] as const;
export type NameRevision = (typeof NAME_REVISIONS)[number];

/** What is put before the extension to set a name apart, see `FolderNames`; a platform may hold no brackets. */
const CONFLICT = / [^ \d]conflict \d{4}-\d\d-\d\d \d\d-\d\d-\d\d[^ \d]( [^ \d]\d+[^ \d])?$/;
const NUMBER_OR_PASSAGE = / [^ \d](\d+|moving)[^ \d]$/;

/**
 * Why a name became another one; where several things were done to it, the last of them.
 *
 * @param from name of the item on the side that is read; null where it has none there
 * @param to name that it got
 */
export function nameRevision(from: string | null, to: string): NameRevision {
  const { base } = splitEnding(to, 'FILE');
  if (CONFLICT.test(base)) return 'CONFLICT';
  if (from === null) return 'TAKEN';
  const apart = NUMBER_OR_PASSAGE.exec(base)?.[0];
  if (apart !== undefined && !splitEnding(from, 'FILE').base.endsWith(apart)) return 'TAKEN';
  return lengthOf(to) < lengthOf(from) ? 'LENGTH' : 'CHARACTERS';
}

/** Characters of a name without those that a platform takes away for its form: white space around it and its dots, dots at its end. */
const lengthOf = (name: string): number =>
  Array.from(
    name
      .normalize('NFC')
      .replaceAll(/\s*\.\s*/g, '.')
      .replace(/[.\s]+$/, '')
      .trimStart(),
  ).length;
