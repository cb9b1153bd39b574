import type { Identity, Item, Lock } from '@sluice/core/platform';
import { withoutEnd } from '../../../db/short-list.js';
import { packAddress, unpackAddress } from '../step-keys.js';

/** Stands for what follows from the address of the item. */
const AS_ADDRESS = 1;

/** An item of a step without what the step's row says, one value after the other; times are epoch milliseconds. */
export type PackedItem = [
  address: string,
  /** A text: the segments, joined by slashes, as an address; else the segments themselves. */
  path?: typeof AS_ADDRESS | string | readonly string[] | null,
  parentId?: typeof AS_ADDRESS | string | null,
  /** The first letter tells the strength. */
  identity?: string | null,
  size?: number | null,
  modifiedAt?: number | null,
  modifiedNanoseconds?: number | null,
  createdAt?: number | null,
  version?: string | null,
  metaVersion?: string | null,
  /** Null where it is that of the step. */
  kind?: Item['kind'] | null,
  sha256?: string | null,
  description?: string | null,
  isPrivate?: boolean | null,
  isReadOnly?: true | null,
  lock?: PackedLock | null,
  handle?: string | null,
  formerVersions?: number | null,
  isFormer?: true | null,
  fields?: Item['fields'] | null,
  tags?: Item['tags'] | null,
  versionNumber?: number | null,
];

interface PackedLock extends Pick<Lock, 'holder' | 'isOwn'> {
  until: number | null;
}

/** Number of values that most items have; the others follow them. */
const OF_ALL = 11;

/** What the row of the step says of its items. */
interface OfStep {
  itemKey: string;
  kind: Item['kind'];
}

export function packItem(item: Item, { itemKey, kind }: OfStep): PackedItem {
  const packed: PackedItem = [
    packAddress(itemKey, item.id),
    packPath(item, itemKey),
    item.parentId === folderOf(item.id) ? AS_ADDRESS : item.parentId,
    item.identity && item.identity.strength.charAt(0) + item.identity.value,
    item.size,
    item.modifiedAt?.getTime(),
    item.modifiedNanoseconds,
    item.createdAt?.getTime(),
    item.version,
    item.metaVersion,
    item.kind === kind ? null : item.kind,
    item.sha256,
    item.description,
    item.isPrivate,
    item.isReadOnly || null,
    item.lock && { ...item.lock, until: item.lock.until?.getTime() ?? null },
    item.handle,
    item.formerVersions,
    item.isFormer,
    item.fields,
    item.tags,
    item.versionNumber,
  ];
  return withoutEnd(packed);
}

function packPath({ id, path }: Item, itemKey: string): PackedItem[1] {
  const text = path.join('/');
  if (text === '' || slashesIn(text) !== path.length - 1) return path;
  return text === id ? AS_ADDRESS : packAddress(itemKey, text);
}

function slashesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) count++;
  return count;
}

/** Address of the folder where addresses are paths; null where they are not, or the folder is the root. */
const folderOf = (id: string): string | null => (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : null);

export function unpackItem(packed: PackedItem, { itemKey, kind }: OfStep): Item {
  const [
    address,
    path,
    parentId,
    identity,
    size,
    modifiedAt,
    modifiedNanoseconds,
    createdAt,
    version,
    metaVersion,
    ownKind,
  ] = packed;
  const id = unpackAddress(itemKey, address);
  // Field by field, as listings make items: there are as many as steps.
  const item: Item = {
    id,
    identity: toIdentity(identity),
    kind: ownKind ?? kind,
    path: typeof path === 'object' && path !== null ? path : unpackPath(path, id, itemKey),
    parentId: parentId === AS_ADDRESS ? folderOf(id) : (parentId ?? null),
    size: size ?? null,
    createdAt: toDate(createdAt),
    version: version ?? null,
    metaVersion: metaVersion ?? null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
    modifiedAt: toDate(modifiedAt),
  };
  if (typeof modifiedNanoseconds === 'number') item.modifiedNanoseconds = modifiedNanoseconds;
  return packed.length > OF_ALL ? Object.assign(item, toTold(packed.slice(OF_ALL) as PackedTold)) : item;
}

/** What few items have. */
function toTold([sha256, description, isPrivate, isReadOnly, lock, handle, ...others]: PackedTold) {
  const [formerVersions, isFormer, fields, tags, versionNumber] = others;
  return {
    sha256: sha256 ?? null,
    description: description ?? null,
    isPrivate: isPrivate ?? null,
    isReadOnly: isReadOnly ?? false,
    lock: toLock(lock),
    handle: handle ?? null,
    ...(typeof formerVersions === 'number' ? { formerVersions } : {}),
    ...(isFormer ? { isFormer } : {}),
    ...(fields ? { fields } : {}),
    ...(tags ? { tags } : {}),
    ...(typeof versionNumber === 'number' ? { versionNumber } : {}),
  };
}

type PackedTold = [
  PackedItem[11]?,
  PackedItem[12]?,
  PackedItem[13]?,
  PackedItem[14]?,
  PackedItem[15]?,
  PackedItem[16]?,
  PackedItem[17]?,
  PackedItem[18]?,
  PackedItem[19]?,
  PackedItem[20]?,
  PackedItem[21]?,
];

const unpackPath = (path: string | number | null | undefined, id: string, itemKey: string): string[] =>
  (typeof path === 'string' ? unpackAddress(itemKey, path) : id).split('/');

const toDate = (time: number | null | undefined): Date | null => (typeof time === 'number' ? new Date(time) : null);

const toLock = (lock: PackedLock | null | undefined): Lock | null =>
  lock ? { ...lock, until: toDate(lock.until) } : null;

const toIdentity = (text: string | null | undefined): Identity | null =>
  text ? { value: text.slice(1), strength: text.startsWith('L') ? 'LASTING' : 'PERMANENT' } : null;
