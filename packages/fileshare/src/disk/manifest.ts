import { createHash } from 'node:crypto';
import type { Description, Item } from '@sluice/core/platform';
import { isOurs } from '../paths.js';

/** What the manifest of a folder keeps of an item in it that the file system has no place for. */
export interface Kept {
  description?: string;
  private?: boolean;
  tags?: readonly string[];
  /** By the name that stands behind `manifest:` in the key of the field. */
  fields?: Readonly<Record<string, string>>;
  /** Note of the version. */
  note?: string;
  /** The file holds that former content of the one that has its name without ` (v3)`, counted from 1. */
  version?: number;
}

/** A change of what is kept; what it does not mention stays, but for a new item, of which nothing is kept before. */
export interface KeptChange extends Omit<Description, 'lockedUntil'> {
  note?: string | undefined;
  version?: number | undefined;
}

export type Manifest = ReadonlyMap<string, Kept>;

/** Says, after “it”, why a manifest cannot be used. */
export class Damage extends Error {}

/** What the keys of fields begin with that a manifest keeps. */
export const FIELD = 'manifest:';

const MAX_TEXT = 20_000;
const MAX_VALUES = 500;
/** Items of one folder of which a manifest keeps something, and bytes that it has at most. */
export const MAX_ITEMS = 50_000;
export const MAX_BYTES = 32 * 1024 * 1024;
const FORMAT = 1;

/** Throws a `Damage` for a text that is no manifest that can be used. */
export function readManifestText(text: string): Manifest {
  const { sluice, items } = recordOf(parsed(text), 'is no object');
  if (sluice !== FORMAT) throw new Damage(`is not of the format ${FORMAT}`);
  const entries = Object.entries(recordOf(items, 'has no items'));
  if (entries.length > MAX_ITEMS) throw new Damage(`has more than ${MAX_ITEMS} items`);
  return new Map(entries.map(([name, kept]) => [nameIn(name), keptIn(name, kept)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Damage('is no JSON');
  }
}

const recordOf = (value: unknown, wrong: string): Record<string, unknown> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Damage(wrong);
};

function nameIn(name: string): string {
  if (/^\.{0,2}$|[/\0]/.test(name) || isOurs(name))
    throw new Damage(`names “${name.slice(0, 100)}”, which is no item of its folder`);
  return name;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;
const areTexts = (values: readonly unknown[]) => values.length <= MAX_VALUES && values.every(isText);
const areFields = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && areTexts(Object.entries(value).flat());

const CHECKS: { readonly [Name in keyof Kept]-?: (value: unknown) => boolean } = {
  description: isText,
  private: (value) => typeof value === 'boolean',
  tags: (value) => Array.isArray(value) && areTexts(value),
  fields: areFields,
  note: isText,
  version: isCount,
};

function keptIn(name: string, value: unknown): Kept {
  const kept = recordOf(value, `tells nothing of “${name.slice(0, 100)}”`);
  for (const [key, one] of Object.entries(kept)) {
    const isRight = Object.hasOwn(CHECKS, key) && CHECKS[key as keyof Kept](one);
    if (!isRight) throw new Damage(`has no proper ${key.slice(0, 100)} for “${name.slice(0, 100)}”`);
  }
  return kept;
}

/** Null where it would be larger than what is read again. */
export function writeManifestText(manifest: Manifest): string | null {
  if (manifest.size > MAX_ITEMS) return null;
  const names = [...manifest.keys()].sort();
  const lines = names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(manifest.get(name))}`);
  const text = `{ "sluice": ${FORMAT}, "items": {\n${lines.join(',\n')}\n} }\n`;
  return Buffer.byteLength(text) > MAX_BYTES ? null : text;
}

/** What is kept of an item after the change; null for nothing. */
export function keptAfter(before: Kept, change: KeptChange): Kept | null {
  const {
    description = before.description,
    isPrivate = before.private,
    note = before.note,
    version = before.version,
  } = change;
  const tags = [...new Set([...(before.tags ?? []), ...(change.tags ?? [])])].sort();
  const fields = Object.entries({ ...before.fields, ...fieldsIn(change.fields) }).filter(([, text]) => text !== '');
  const kept: Kept = {
    ...(description ? { description } : {}),
    ...(isPrivate === undefined ? {} : { private: isPrivate }),
    ...(tags.length > 0 ? { tags } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...(note ? { note } : {}),
    ...(version === undefined ? {} : { version }),
  };
  return Object.keys(kept).length > 0 ? kept : null;
}

/** Whether a manifest with it could be read again. */
export function isKeepable(kept: Kept): boolean {
  try {
    keptIn('', kept);
    return true;
  } catch {
    return false;
  }
}

function fieldsIn(fields: Description['fields'] = {}): Record<string, string> {
  const kept = Object.entries(fields).filter(([key]) => key.startsWith(FIELD));
  return Object.fromEntries(kept.map(([key, text]) => [key.slice(FIELD.length), text]));
}

/** A written item with what is kept of it. */
export function withKept(item: Item, kept: Kept | null): Item {
  if (kept === null) return item;
  const { description = null, private: isPrivate = null } = kept;
  return { ...item, description, isPrivate, metaVersion: metaVersionOf(item.metaVersion ?? '', kept) };
}

/** Changes with what is kept, as well as with the item itself. */
export const metaVersionOf = (changed: string, kept: Kept): string =>
  `${changed}-${createHash('sha256').update(JSON.stringify(kept)).digest('base64url').slice(0, 11)}`;

/** Fields as an item has them. */
export const keptFields = ({ fields = {}, note }: Kept): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, text]) => [FIELD + name, text])),
  ...(note === undefined ? {} : { versionNotes: note }),
});

const FORMER = /^(.*) \(v(\d+)\)(\.[^.]*)?$/s;

/** Name of the file whose former content that one is; null where it is none. */
export function newestOf(name: string, { version }: Kept): string | null {
  const [, base, number, extension = ''] = FORMER.exec(name) ?? [];
  return version !== undefined && Number(number) === version ? `${base}${extension}` : null;
}

/** Names of files with former contents of others, by the name of the newest, oldest content first. */
export function formersIn(manifest: Manifest): Map<string, string[]> {
  const formers = new Map<string, { name: string; version: number }[]>();
  for (const [name, kept] of manifest) {
    const newest = newestOf(name, kept);
    if (newest !== null) formers.set(newest, [...(formers.get(newest) ?? []), { name, version: kept.version! }]);
  }
  const inOrder = (all: { name: string; version: number }[]) =>
    all.toSorted((one, other) => one.version - other.version).map(({ name }) => name);
  return new Map([...formers].map(([newest, all]) => [newest, inOrder(all)]));
}
