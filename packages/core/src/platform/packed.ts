import { identityOf, type Identity, type Item, type ItemKind, type Lock } from './item.js';

/** Items of one folder, column by column, so that thousands of them pass between threads and into a table as one value. */
export interface PackedItems {
  /** Path of the folder that holds them. */
  folder: readonly string[];
  count: number;
  /** Whether the folder has no other items; false where more of them may come. */
  isWhole: boolean;
  /** Number of files among them. */
  files: number;
  /** Sum of the sizes that are known. */
  bytes: number;
  /** JSON text, see `readFingerprints`. */
  fingerprints: string;
  /** JSON text: what `unpackItems` needs beside the fingerprints; it may be made once it is read, see `ListRequest.isMostlyKnown`. */
  readonly rest: string;
  /** Characters of the rest, or what it takes in bytes as long as it is not made. */
  restSize: number;
}

/** What says whether items are still what they were, one entry of each list per item. */
export interface Fingerprints {
  names: readonly string[];
  /** See `identityOf`. */
  ids: readonly string[];
  versions: readonly (string | null)[];
  isFolder: readonly boolean[];
  /** `metaVersion` of items that have a description, a field, a tag or a lock, else null; null where none has. */
  described: readonly (string | null)[] | null;
}

/** A value that all have, or one of each. */
export type Column<T> = { all: T } | { each: T[] };

/** What is left of an item beside folder and fingerprints; times are epoch milliseconds. */
interface Rest extends Pick<Item, 'parentId' | 'size' | 'metaVersion' | 'sha256' | 'description'> {
  /** Null where it is the path, its segments joined by a slash. */
  id: string | null;
  strength: Identity['strength'] | null;
  isPrivate: boolean | null;
  isReadOnly: boolean;
  modifiedAt: number | null;
  /** Null: absent. */
  modifiedNanoseconds: number | null;
  createdAt: number | null;
  lock: (Pick<Lock, 'holder' | 'isOwn'> & { until: number | null }) | null;
  handle: string | null;
}

export type RestColumns = { [Field in keyof Rest]: Column<Rest[Field]> } & {
  /** Absent where no item has any, as the three that follow. */
  formerVersions?: Column<number>;
  fields?: Column<Item['fields'] | null>;
  tags?: Column<Item['tags'] | null>;
  versionNumber?: Column<number>;
  formerSizes?: Column<Item['formerSizes'] | null>;
};

/** Packs items that all are children of the folder. */
export function packItems(folder: readonly string[], items: readonly Item[]): PackedItems {
  const bytes = items.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return packColumns(
    { folder, bytes, isWhole: false },
    fingerprintsOf(items),
    columnsOf(items, folder.length === 0 ? '' : `${folder.join('/')}/`),
  );
}

export const fingerprintsOf = (items: readonly Item[]): Fingerprints => ({
  names: items.map(({ path }) => path.at(-1) ?? ''),
  ids: items.map(identityOf),
  versions: items.map(({ version }) => version),
  isFolder: items.map(({ kind }) => kind === 'FOLDER'),
  described: items.some(isDescribed) ? items.map(describedVersion) : null,
});

type Told = Pick<PackedItems, 'folder' | 'bytes' | 'isWhole'>;

/** Packed items without the rest. */
export type PackedFingerprints = Omit<PackedItems, 'rest' | 'restSize'>;

/** Packs likewise what comes in columns. */
export function packColumns(told: Told, fingerprints: Fingerprints, columns: RestColumns): PackedItems {
  const rest = JSON.stringify(columns);
  return { ...packFingerprints(told, fingerprints), rest, restSize: rest.length };
}

/** Packs likewise all but the rest. */
export function packFingerprints(
  { folder, bytes, isWhole }: Told,
  { names, ids, versions, isFolder, described }: Fingerprints,
): PackedFingerprints {
  return {
    folder,
    count: names.length,
    isWhole,
    files: isFolder.reduce((sum, is) => sum + Number(!is), 0),
    bytes,
    fingerprints: writeFingerprints({ names, ids, versions, isFolder, described }),
  };
}

/** Order in which a folder that is listed as one whole has its items; in any other they are told, but no folder rests by it. */
export const compareNames = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const isDescribed = ({ description, lock, fields, tags }: Item) =>
  Boolean(description) || lock !== null || fields !== undefined || tags !== undefined;
const describedVersion = (item: Item) => (isDescribed(item) ? item.metaVersion : null);

function columnsOf(items: readonly Item[], start: string): RestColumns {
  return {
    id: column(items, ({ id, path }) => (id === start + (path.at(-1) ?? '') ? null : id)),
    strength: column(items, ({ identity }) => identity?.strength ?? null),
    parentId: column(items, ({ parentId }) => parentId),
    size: column(items, ({ size }) => size),
    metaVersion: column(items, ({ metaVersion }) => metaVersion),
    sha256: column(items, ({ sha256 }) => sha256),
    description: column(items, ({ description }) => description),
    isPrivate: column(items, ({ isPrivate }) => isPrivate),
    isReadOnly: column(items, ({ isReadOnly }) => isReadOnly),
    modifiedAt: column(items, ({ modifiedAt }) => modifiedAt?.getTime() ?? null),
    modifiedNanoseconds: column(items, ({ modifiedNanoseconds }) => modifiedNanoseconds ?? null),
    createdAt: column(items, ({ createdAt }) => createdAt?.getTime() ?? null),
    lock: column(items, ({ lock }) => lock && { ...lock, until: lock.until?.getTime() ?? null }),
    handle: column(items, ({ handle }) => handle),
    ...counts(items, 'formerVersions'),
    ...counts(items, 'versionNumber'),
    ...(items.some(({ formerSizes }) => formerSizes)
      ? { formerSizes: column(items, ({ formerSizes }) => formerSizes ?? null) }
      : {}),
    ...(items.some(({ fields }) => fields) ? { fields: column(items, ({ fields }) => fields ?? null) } : {}),
    ...(items.some(({ tags }) => tags) ? { tags: column(items, ({ tags }) => tags ?? null) } : {}),
  };
}

/** What few items have; zero stands for none. */
function counts(items: readonly Item[], name: 'formerVersions' | 'versionNumber') {
  return items.some((item) => item[name]) ? { [name]: column(items, (item) => item[name] ?? 0) } : {};
}

function column<T>(items: readonly Item[], valueOf: (item: Item) => T): Column<T> {
  return columnOf(items.map(valueOf));
}

export function columnOf<T>(each: T[]): Column<T> {
  const [first] = each;
  return first !== undefined && each.every((value) => value === first) ? { all: first } : { each };
}

type Written = [
  Fingerprints['names'],
  Fingerprints['ids'],
  Fingerprints['versions'],
  number[],
  Fingerprints['described'],
];

export function writeFingerprints({ names, ids, versions, isFolder, described }: Fingerprints): string {
  return JSON.stringify([names, ids, versions, isFolder.map(Number), described] satisfies Written);
}

export function readFingerprints(text: string): Fingerprints {
  const [names, ids, versions, folders, described] = JSON.parse(text) as Written;
  return { names, ids, versions, isFolder: folders.map(Boolean), described };
}

/** Packed items of which each is unpacked when it is asked for; see `Fingerprints` for the lists. */
export interface OpenedItems extends Pick<Fingerprints, 'names' | 'ids' | 'isFolder'> {
  /** Whether any of them is locked. */
  hasLocks: boolean;
  /** The item as it was packed. */
  at(index: number): Item;
}

export function openItems({
  folder,
  fingerprints,
  rest,
}: Pick<PackedItems, 'folder' | 'fingerprints' | 'rest'>): OpenedItems {
  const { names, ids, versions, isFolder } = readFingerprints(fingerprints);
  const columns = JSON.parse(rest) as RestColumns;
  const at = (index: number): Item => {
    const kind: ItemKind = isFolder[index] ? 'FOLDER' : 'FILE';
    const path = [...folder, names[index]!];
    return itemAt(index, { path, identity: ids[index]!, version: versions[index]!, kind }, columns);
  };
  return { names, ids, isFolder, hasLocks: 'each' in columns.lock || columns.lock.all !== null, at };
}

/** The items as they were packed. */
export function unpackItems(packed: Pick<PackedItems, 'folder' | 'fingerprints' | 'rest'>): Item[] {
  const items = openItems(packed);
  return items.names.map((_, index) => items.at(index));
}

interface Fingerprint extends Pick<Item, 'path' | 'version' | 'kind'> {
  identity: string;
}

function itemAt(index: number, { path, identity, version, kind }: Fingerprint, columns: RestColumns): Item {
  const at = <T>(values: Column<T>): T => ('all' in values ? values.all : values.each[index]!);
  const strength = at(columns.strength);
  const nanoseconds = at(columns.modifiedNanoseconds);
  const item: Item = {
    id: at(columns.id) ?? path.join('/'),
    identity: strength && { value: identity, strength },
    kind,
    path,
    parentId: at(columns.parentId),
    size: at(columns.size),
    createdAt: dateOf(at(columns.createdAt)),
    version,
    metaVersion: at(columns.metaVersion),
    sha256: at(columns.sha256),
    description: at(columns.description),
    isPrivate: at(columns.isPrivate),
    isReadOnly: at(columns.isReadOnly),
    lock: lockOf(at(columns.lock)),
    handle: at(columns.handle),
    modifiedAt: dateOf(at(columns.modifiedAt)),
  };
  if (nanoseconds !== null) item.modifiedNanoseconds = nanoseconds;
  return columns.formerVersions || columns.fields || columns.tags || columns.versionNumber
    ? Object.assign(item, toldAt(columns, at))
    : item;
}

/** What few listings tell. */
function toldAt(columns: RestColumns, at: <T>(values: Column<T>) => T) {
  const formerVersions = columns.formerVersions && at(columns.formerVersions);
  const fields = columns.fields && at(columns.fields);
  const tags = columns.tags && at(columns.tags);
  const versionNumber = columns.versionNumber && at(columns.versionNumber);
  const formerSizes = columns.formerSizes && at(columns.formerSizes);
  return {
    ...(formerVersions ? { formerVersions } : {}),
    ...(fields ? { fields } : {}),
    ...(tags ? { tags } : {}),
    ...(versionNumber ? { versionNumber } : {}),
    ...(formerSizes ? { formerSizes } : {}),
  };
}

const dateOf = (milliseconds: number | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

const lockOf = (lock: Rest['lock']): Lock | null => lock && { ...lock, until: dateOf(lock.until) };
