import type { PlatformError } from './error.js';
import type { ModificationTime } from './time.js';

export const ITEM_KINDS = ['FILE', 'FOLDER'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** A file or folder as its platform lists it. Times are instants, sizes bytes; null means "not known or not kept". */
export interface Item extends ModificationTime {
  /** The platform's address of the item (a share uses the path). */
  id: string;
  /** What stays while the item lives, wherever it is put; null where the platform has nothing like it. */
  identity: Identity | null;
  kind: ItemKind;
  /** Segments from the connection's root; the root itself is `[]`. The last segment is the name. */
  path: readonly string[];
  parentId: string | null;
  size: number | null;
  createdAt: Date | null;
  /** Fingerprint of the content: equal means unchanged. Null for folders. */
  version: string | null;
  /** Changes when description, privacy, fields, tags, times or place change without the content; null when not told. */
  metaVersion: string | null;
  /** SHA-256 in hex, only where the platform keeps one itself. */
  sha256: string | null;
  description: string | null;
  isPrivate: boolean | null;
  /** The platform refuses to change it. */
  isReadOnly: boolean;
  /** Present while somebody holds it. */
  lock: Lock | null;
  /**
   * What the platform keeps of the item beside what has a property of its own, by key of `Directory`. Values are texts:
   * `true` or `false`, dates in ISO 8601, several values separated by `;`. A field without value has no entry. Absent: not asked for,
   * or none.
   */
  fields?: Readonly<Record<string, string>>;
  /** In order of their names. Absent: not asked for, or none. */
  tags?: readonly string[];
  /** Contents that the file had before this one; absent for none, and where the platform keeps none. */
  formerVersions?: number;
  /** Their sizes in bytes, oldest first; absent where the listing does not tell them. */
  formerSizes?: readonly number[];
  /**
   * The place of a former content among all that the file ever had, from 1. The item stands for that content as a file of its own,
   * and has the address of the file; see `versionFilesOf`.
   */
  versionNumber?: number;
  /** It is the item as it was with a content that it does not have any more, see `Source.versions`. */
  isFormer?: true;
  /** Opaque to the engine and never shown: what the connector needs to reach the content, such as a link. May be stale. */
  handle: string | null;
}

/** What whoever asks for items wants to know of them beyond what is always told, and may cost calls or time. */
export interface Details {
  /** Keys of `Item.fields`. */
  fields: readonly string[] | 'ALL';
  tags: boolean;
}

/** The fields that the details ask for, to be laid into an item; nothing where there are none. */
export function wantedFields(
  all: Readonly<Record<string, string>>,
  wanted: Details['fields'] = [],
): Pick<Item, 'fields'> {
  const fields = Object.fromEntries(Object.entries(all).filter(([key]) => wanted === 'ALL' || wanted.includes(key)));
  return Object.keys(fields).length > 0 ? { fields } : {};
}

/**
 * Equal values are one item. `PERMANENT`: never given to another item, as the identifiers of Procore. `LASTING`: made of what
 * a file system keeps while the item lives, such as inode and time of birth; a restored copy has another one.
 */
export interface Identity {
  value: string;
  strength: 'PERMANENT' | 'LASTING';
}

/** The name by which an item is remembered: its identity, else its address. */
export const identityOf = ({ identity, id }: Pick<Item, 'identity' | 'id'>): string => identity?.value ?? id;

export interface Lock {
  holder: string | null;
  until: Date | null;
  /** The account of the connection holds it, and may change the item. */
  isOwn?: true;
}

/** The lock that holds at that time; null for none, or one that is over. */
export const lockAt = ({ lock }: Pick<Item, 'lock'>, now: Date): Lock | null =>
  lock === null || (lock.until !== null && lock.until <= now) ? null : lock;

/**
 * What a listing yields: an item, a place that it could not list and why, an item that was seen in the recycle bin, and at
 * its end the proof of what it saw.
 */
export type ListEntry =
  | { type: 'item'; item: Item }
  | { type: 'problem'; problem: ListProblem }
  | { type: 'deleted'; identity: string }
  | { type: 'end'; proof: ListingProof };

/** What a whole listing says of itself when it ends. */
export interface ListingProof {
  /** Identity of the folder that stood there at the end, see `identityOf`. */
  root: string;
  /** Items shown. */
  seen: number;
  /** Items that the platform counts there; null where it does not count. */
  total: number | null;
  /** From where `Source.changes` goes on, opaque to the engine; absent where it cannot go on from this listing. */
  token?: string;
}

/**
 * What a listing of changes yields: an item that changed, or a folder as it stands; an item that was seen in the recycle
 * bin; one that stands outside of the folder; and at its end the proof.
 */
export type ChangeEntry =
  | {
      type: 'item';
      item: Item;
      /** Of a folder: whether it was made since, so that everything in it changed since or came from another place. */
      isNew: boolean;
    }
  | { type: 'deleted'; identity: string }
  | { type: 'elsewhere'; identity: string }
  | { type: 'end'; proof: ListingProof };

export interface ListProblem {
  path: readonly string[];
  /**
   * `FOLDER`: the subtree is unknown and has to be left alone. `PART`: what was shown of the subtree is so, and something of it
   * may not have been shown. `SPECIAL`: a link, socket or device that stays.
   */
  kind: ItemKind | 'PART' | 'SPECIAL';
  error: PlatformError;
}

/** Half-open range of bytes; without `end` to the end. */
export interface ByteRange {
  start: number;
  end?: number;
}

/** Bytes of one file version. */
export interface Content {
  size: number;
  /**
   * Streams the bytes; may be called again, also at the same time for ranges.
   * Throws `CHANGED_DURING_READ` when they are no longer those of the first call, `CONTENT_INCOMPLETE` when they end early.
   */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
}
