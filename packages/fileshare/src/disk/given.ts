import { PlatformError } from '@sluice/core/platform';
import type { Description } from '@sluice/core/platform';
import { narrowed, isAllowed, setMode, type Unkept } from './attributes.js';
import { attributeText, MAX_TAGS, MAX_VALUE_BYTES, TAGS, tagsIn, UNREADABLE, XATTR } from './details.js';
import { setTime, type Disk } from './disk.js';
import type { NameKind, SystemNames } from './names.js';

/** What a request gives a file or folder beside its content. */
export type Given = Pick<Description, 'fields' | 'tags'>;

/** The same as the system takes it; null for what stays as it is. */
export interface Belongings {
  owner: number | null;
  group: number | null;
  /** The nine bits of read, write and execute. */
  mode: number | null;
  /** Time of the last change, in nanoseconds since 1970. */
  modified: bigint | null;
  /** By name; null for one that goes. */
  attributes: readonly (readonly [name: string, value: Buffer | null])[];
  /** Put beside those that are there. */
  tags: readonly string[];
}

/** Null where nothing is given. */
export function givenIn({ fields = {}, tags = [] }: Given): Given | null {
  return Object.keys(fields).length + tags.length === 0 ? null : { fields, tags };
}

/** Throws `REJECTED` for a field that a share does not have or does not set, and for a value that one cannot hold. */
export function belongingsOf({ fields = {}, tags = [] }: Given, names: SystemNames): Belongings {
  const attributes: [string, Buffer | null][] = [];
  const own: Omit<Belongings, 'attributes' | 'tags'> = { owner: null, group: null, mode: null, modified: null };
  for (const [key, text] of Object.entries(fields)) {
    if (key === 'owner') own.owner = numberOf('ACCOUNT', text, names);
    else if (key === 'group') own.group = numberOf('GROUP', text, names);
    else if (key === 'mode') own.mode = modeOf(text);
    else if (key === 'modifiedAt') own.modified = timeOf(text);
    else attributes.push([attributeOf(key), valueOf(key, text)]);
  }
  return { ...own, attributes, tags };
}

const WORDS = { ACCOUNT: 'account', GROUP: 'group' } as const;

function numberOf(kind: NameKind, name: string, names: SystemNames): number {
  const id = names.idOf(kind, name);
  if (id !== null) return id;
  throw rejected(
    `The server knows no ${WORDS[kind]} “${name.slice(0, 100)}”.`,
    'Map it to a name that the server knows, or to a number.',
  );
}

/** What a program may do beyond its user is no part of a mapping, and does not pass to another content. */
function modeOf(text: string): number {
  if (/^[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8) & 0o777;
  throw rejected(`“${text.slice(0, 100)}” is no mode.`, 'Give a mode as three or four octal digits, such as 0640.');
}

function timeOf(text: string): bigint {
  const time = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text) && !Number.isNaN(time)) return BigInt(time) * 1_000_000n;
  throw rejected(`“${text.slice(0, 100)}” is no time.`, 'Give a time such as 2026-11-21T14:05:09Z.');
}

/** Longest name of an attribute on Linux. */
const MAX_NAME_BYTES = 255;

function attributeOf(key: string): string {
  const name = key.startsWith(XATTR) ? key.slice(XATTR.length) : '';
  const isName =
    /^user\../.test(name) && !/\p{Cc}|\p{Surrogate}/u.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;
  if (isName) return name;
  throw rejected(
    `A share sets no field “${key.slice(0, 100)}”.`,
    'It sets owner, group, mode, modifiedAt, and extended attributes such as “xattr:user.stage”.',
  );
}

function valueOf(key: string, text: string): Buffer | null {
  const value = Buffer.from(text);
  if (value.length > MAX_VALUE_BYTES || UNREADABLE.test(text))
    throw rejected(
      `The value for “${key}” is longer than ${MAX_VALUE_BYTES} bytes, or holds control characters.`,
      'Map another value.',
    );
  return value.length === 0 ? null : value;
}

function rejected(message: string, remedy: string): PlatformError {
  return new PlatformError('REJECTED', message, { remedy });
}

/**
 * Gives an open file or folder what belongs to it, and tells what the account may not or the file system cannot. Rights are never wider
 * in between than before or after: `isOfOthers` says that the group is not the one that its mode was meant for.
 */
export function give(disk: Disk, file: number, belongings: Belongings, isOfOthers = false): Unkept[] {
  const { attributes, tags } = belongings;
  const failed = attributes.filter(([name, value]) => !setOrRemove(disk, file, name, value));
  const unkept: Unkept[] = [
    ...giveRights(disk, file, belongings, isOfOthers),
    ...(failed.length > 0 ? (['mapped:attributes'] as const) : []),
    ...(addTags(disk, file, tags) ? [] : (['mapped:tags'] as const)),
  ];
  if (belongings.modified !== null) setTime(disk, file, disk.fstat(file).atimeNs, belongings.modified);
  return unkept;
}

function setOrRemove(disk: Disk, file: number, name: string, value: Buffer | null): boolean {
  if (value !== null) return disk.setAttribute(file, name, value);
  disk.removeAttribute(file, name);
  return true;
}

function giveRights(disk: Disk, file: number, { owner, group, mode }: Belongings, isOfOthers: boolean): Unkept[] {
  if (owner === null && group === null && mode === null) return [];
  const now = disk.fstat(file);
  const unkept: Unkept[] = [];
  if (mode !== null) setMode(disk, file, Number(now.mode) & mode);
  const [uid, gid] = [Number(now.uid), Number(now.gid)];
  const hasGroup = group === null || group === gid || isAllowed(() => disk.chown(file, uid, group));
  const hasOwner =
    owner === null || owner === uid || isAllowed(() => disk.chown(file, owner, hasGroup ? (group ?? gid) : gid));
  if (!hasOwner) unkept.push('mapped:owner');
  if (!hasGroup) unkept.push('mapped:group');
  const isNarrowed = !hasGroup || (isOfOthers && group === null);
  if (mode !== null && !setMode(disk, file, isNarrowed ? narrowed(mode) : mode)) unkept.push('mapped:mode');
  return unkept;
}

/** False where some of them have no place: a comma ends a tag, and an attribute is bounded. */
function addTags(disk: Disk, file: number, tags: readonly string[]): boolean {
  if (tags.length === 0) return true;
  const there = tagsIn(attributeText(disk.attributeOf(file, TAGS)));
  const all = [...there, ...tags.filter((tag) => !there.includes(tag) && !/,|\p{Cc}/u.test(tag))].slice(0, MAX_TAGS);
  while (Buffer.byteLength(all.join(',')) > MAX_VALUE_BYTES) all.pop();
  const isSet = all.length === there.length || disk.setAttribute(file, TAGS, Buffer.from(all.join(',')));
  return isSet && tags.every((tag) => all.includes(tag));
}
