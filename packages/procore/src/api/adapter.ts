/*
 * Adapts Procore's JSON to the contract: rows of the flat indexes, folders and files as they are shown, created or changed,
 * in v1 and v2, become a `Document`, and a `Document` with its path becomes an `Item`.
 */
import { createHash } from 'node:crypto';
import type { Item, Lock } from '@sluice/core/platform';
import { fieldTexts } from '../details/field-values.js';
import { countOf, dateOf, flagOf, idOf, objectOf, recordOf, rowsOf, textOf } from './json.js';
import type { Json } from './json.js';

/** One content of a file. */
export interface Version {
  id: string | null;
  number: number | null;
  size: number | null;
  url: string | null;
  createdAt: Date | null;
  notes: string | null;
}

/** A folder or file as Procore tells of it, in whatever shape. */
export interface Document {
  id: string;
  kind: 'FILE' | 'FOLDER';
  name: string | null;
  parentId: string | null;
  /** In the recycle bin, or the bin itself. */
  isRecycled: boolean;
  isReadOnly: boolean;
  /** By itself or by a folder above it. */
  isPrivate: boolean | null;
  isPrivateItself: boolean;
  description: string | null;
  /** As Procore tells them, by `custom_field_` and the number of the definition. */
  customFields: Json;
  /** Who made it: a login, else a name. */
  author: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  checkedOutUntil: Date | null;
  checkedOutBy: { id: string | null; name: string | null } | null;
  /** The newest; null for folders and where the reply does not tell yet. */
  version: Version | null;
  /** Of the file, as told beside its versions. */
  size: number | null;
  /** What a folder says about its children; null where it does not. */
  hasFiles: boolean | null;
  hasFolders: boolean | null;
}

export interface FolderContents {
  folder: Document;
  children: Document[];
}

/** A row of the flat listing; null: it has no identifier. */
export function readRow(value: unknown): Document | null {
  const row = recordOf(value);
  if (!row) return null;
  const isFolder = textOf(row['document_type'])?.toLowerCase() === 'folder';
  return readDocument(row, isFolder ? 'FOLDER' : 'FILE');
}

/** A file as shown, created or changed. */
export function readFile(value: unknown): Document | null {
  const file = objectOf(value);
  return file && readDocument(file, 'FILE');
}

/** A folder with its direct children. */
export function readFolder(value: unknown): FolderContents | null {
  const json = objectOf(value);
  const folder = json && readDocument(json, 'FOLDER');
  if (!folder) return null;
  const read = (list: unknown, kind: Document['kind']) =>
    (rowsOf(list) ?? []).map((row) => readDocument(recordOf(row) ?? {}, kind));
  const children = [...read(json['folders'], 'FOLDER'), ...read(json['files'], 'FILE')];
  return {
    folder,
    children: children
      .filter((child) => child !== null)
      .map((child) => ({ ...child, parentId: child.parentId ?? folder.id })),
  };
}

function readDocument(json: Json, kind: Document['kind']): Document | null {
  const id = idOf(json['id']);
  if (id === null) return null;
  const file = recordOf(json['file']) ?? json;
  const children = recordOf(json['children']) ?? json;
  const version = kind === 'FILE' ? newestVersion(file) : null;
  return {
    id,
    kind,
    name: textOf(json['name']),
    parentId: idOf(json['parent_id']),
    isRecycled: flagOf(json['is_deleted']) === true || flagOf(json['is_recycle_bin']) === true,
    isReadOnly: flagOf(json['read_only']) === true,
    isPrivate: isPrivate(json),
    isPrivateItself: flagOf(json['private']) === true,
    description: textOf(file['description']) ?? textOf(json['description']),
    customFields: recordOf(json['custom_fields']) ?? NONE,
    author: nameOf(json['created_by']) ?? nameOf(firstVersion(file)?.['created_by']),
    createdAt: dateOf(json['created_at']),
    updatedAt: dateOf(json['updated_at']),
    checkedOutUntil: dateOf(file['checked_out_until']),
    checkedOutBy: readPerson(file['checked_out_by']),
    version,
    size: version?.size ?? countOf(file['size']),
    hasFiles: flagOf(children['has_children_files']),
    hasFolders: flagOf(children['has_children_folders']),
  };
}

const NONE: Json = {};
/** Characters, 96 bits. */
const META_VERSION_LENGTH = 16;

function nameOf(value: unknown): string | null {
  const person = recordOf(value);
  return person && (textOf(person['login']) ?? textOf(person['name']));
}

/** A file alone does not tell who made it; its first version does. */
const firstVersion = (file: Json): Json | undefined =>
  [...(rowsOf(file['file_versions']) ?? []), file['current_version']]
    .map(recordOf)
    .find((version) => countOf(version?.['number']) === 1) ?? undefined;

/** An item is private by itself or by a folder above it, which is told as that folder or as a flag. */
function isPrivate(json: Json): boolean | null {
  const parent = json['private_parent'];
  if (recordOf(parent) || flagOf(parent) === true || flagOf(json['has_private_ancestor']) === true) return true;
  return flagOf(json['private']);
}

/** The order of `file_versions` is not promised: the highest number is the newest, else the latest. */
function newestVersion(file: Json): Version | null {
  const current = readVersion(file['current_version']);
  if (current) return current;
  const versions = readVersions(file);
  return versions.reduce<Version | null>((newest, one) => (newest && !isNewer(one, newest) ? newest : one), null);
}

export function isNewer(one: Version, other: Version): boolean {
  if (one.number !== null && other.number !== null) return one.number > other.number;
  return (one.createdAt?.getTime() ?? 0) > (other.createdAt?.getTime() ?? 0);
}

/** All versions of a file that a reply tells of. */
export function readVersions(value: unknown): Version[] {
  return (rowsOf(objectOf(value)?.['file_versions']) ?? []).map(readVersion).filter((version) => version !== null);
}

/** One version; null where there is none or it tells nothing. */
export function readVersion(value: unknown): Version | null {
  const json = recordOf(value);
  if (!json || (idOf(json['id']) === null && countOf(json['number']) === null)) return null;
  return {
    id: idOf(json['id']),
    number: countOf(json['number']),
    size: countOf(json['size']),
    url: textOf(json['url']) ?? textOf(recordOf(json['prostore_file'])?.['url']),
    createdAt: dateOf(json['created_at']),
    notes: textOf(json['notes']),
  };
}

function readPerson(value: unknown): Document['checkedOutBy'] {
  const person = recordOf(value);
  return person && { id: idOf(person['id']), name: textOf(person['name']) ?? textOf(person['login']) };
}

export interface Viewing {
  now: number;
  /** The account's own user, whose locks keep nobody out; null while unknown. */
  userId: string | null;
}

/** A document as the engine sees it; `path` counts from the project's root folder. */
export function toItem(document: Document, path: readonly string[], viewing: Viewing): Item {
  const { version } = document;
  const customFields = fieldTexts(document.customFields);
  return {
    id: document.id,
    identity: { value: document.id, strength: 'PERMANENT' },
    kind: document.kind,
    path,
    parentId: document.parentId,
    size: document.kind === 'FILE' ? document.size : null,
    modifiedAt: version?.createdAt ?? document.updatedAt,
    createdAt: document.createdAt,
    version: version && versionKey(version),
    metaVersion: metaVersionOf(document, customFields),
    sha256: null,
    description: document.description,
    isPrivate: document.isPrivate,
    isReadOnly: document.isReadOnly,
    lock: lockOf(document, viewing),
    handle: version?.url ?? null,
    ...fieldsOf(document, customFields),
    ...(version?.number != null && version.number > 1 ? { formerVersions: version.number - 1 } : {}),
  };
}

/** What has no property of its own in an item; absent where there is nothing. */
function fieldsOf({ version, author }: Document, customFields: Record<string, string>): Pick<Item, 'fields'> {
  const versionNotes = version?.notes;
  const fields = { ...customFields, ...(versionNotes ? { versionNotes } : {}), ...(author ? { author } : {}) };
  return Object.keys(fields).length > 0 ? { fields } : {};
}

/**
 * Made of what the item has, since it is not documented which changes set the time of a change, and whether tags do. Privacy that
 * comes from a folder is not told by every reply, and is the folder's own.
 */
function metaVersionOf(document: Document, customFields: Readonly<Record<string, string>>): string {
  const { name, parentId, description, isPrivateItself, checkedOutUntil } = document;
  const fields = Object.entries(customFields).sort(([one], [other]) => (one < other ? -1 : 1));
  const values = [name, parentId, description || null, isPrivateItself, checkedOutUntil, fields];
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, META_VERSION_LENGTH);
}

/** The fingerprint of a content: its version's identifier, else its number. */
export function versionKey(version: Version): string | null {
  return version.id ?? (version.number === null ? null : String(version.number));
}

function lockOf(document: Document, { now, userId }: Viewing): Lock | null {
  const { checkedOutUntil, checkedOutBy } = document;
  if (!checkedOutUntil || checkedOutUntil.getTime() <= now) return null;
  const isOwn = userId !== null && checkedOutBy?.id === userId;
  return { holder: checkedOutBy?.name ?? null, until: checkedOutUntil, ...(isOwn ? { isOwn } : {}) };
}

/** Names compare without regard to case, Unicode form and blanks at their ends. */
export function nameKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

/** The child of that name: exactly so if there is one, else as Procore compares names. */
export function childNamed(children: readonly Document[], name: string): Document | null {
  const alike = children.filter(
    (child) => !child.isRecycled && child.name !== null && nameKey(child.name) === nameKey(name),
  );
  return alike.find((child) => child.name === name) ?? alike[0] ?? null;
}
