import type { Call } from './call.js';

/** What a field holds. `CHOICE` and `CHOICES` take one or several of the values that the field has. */
export const FIELD_TYPES = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE', 'CHOICES'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Kinds of names that mappings use; the public `MappingKind`. */
export const DIRECTORY_KINDS = ['ACCOUNT', 'GROUP', 'METADATA', 'TAG'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

/**
 * The names that a platform knows: people, groups, fields of items and tags. Of fields all that its items may have, `description`,
 * `private` and `versionNotes` among them where it keeps them.
 */
export interface Directory {
  /** Throws `ACCESS_DENIED` where the account may not see names of that kind. */
  list(request: DirectoryRequest, call: Call): Promise<readonly DirectoryEntry[]>;
  /** The group of that name, made if there is none; equal names are one. Absent: groups cannot be made. */
  ensureGroup?(name: string, call: Call): Promise<DirectoryEntry>;
}

export interface DirectoryRequest {
  kind: DirectoryKind;
  /** Part of key, label or e-mail address in any case of letters; null for all. */
  search: string | null;
  /** Most entries to tell, at least 1. */
  limit: number;
}

export interface DirectoryEntry {
  /** Unique among its kind; of a field the key of `Item.fields`, of a tag its name. */
  key: string;
  label: string;
  email: string | null;
  /** Values that a field of the types `CHOICE` and `CHOICES` takes, 500 at most; empty for all else. */
  choices: readonly string[];
  /** Of a field; absent for all else. */
  type?: FieldType;
  /** A field that an item cannot do without. */
  isRequired?: true;
  /** A field that the platform fills itself and that cannot be set. */
  isReadOnly?: true;
}

/** The entries of a directory that a request asks for. */
export function searched(
  entries: readonly DirectoryEntry[],
  { search, limit }: Omit<DirectoryRequest, 'kind'>,
): readonly DirectoryEntry[] {
  const part = search?.trim().toLowerCase() ?? '';
  const has = (text: string | null) => text !== null && text.toLowerCase().includes(part);
  return entries.filter(({ key, label, email }) => has(key) || has(label) || has(email)).slice(0, limit);
}
