import { wantedFields, type Details, type Item } from '@sluice/core/platform';
import type { Disk } from './disk.js';
import type { HeldFolder } from './held-folder.js';
import { SystemNames } from './names.js';
import type { StatRecord } from './stat-record.js';

/** Attribute in which desktops keep the tags of a file, separated by commas. */
export const TAGS = 'user.xdg.tags';
/** What the keys of fields begin with that are extended attributes. */
export const XATTR = 'xattr:';
/** Of one item; what is beyond is not told. */
const MAX_ATTRIBUTES = 64;
export const MAX_TAGS = 100;
export const MAX_VALUE_BYTES = 4_096;

const strictText = new TextDecoder('utf-8', { fatal: true });

/** What an item has beside what a listing always tells. */
export type Detailed = Pick<Item, 'fields' | 'tags'>;

/** Reads what a listing was asked for beyond what costs nothing; names of accounts and groups are read once for all items. */
export class DetailReader {
  private readonly names: SystemNames;

  constructor(
    private readonly disk: Disk,
    private readonly details: Details,
  ) {
    this.names = new SystemNames(disk);
  }

  /** Of an entry of a folder that is held, as it was looked at. */
  of(folder: HeldFolder, item: Item, stats: StatRecord): Detailed {
    const name = item.path.at(-1) ?? '';
    const tags = this.details.tags ? this.tagsOf(folder.at(name)) : [];
    return { ...this.fieldsOf(folder.at(name), item, stats), ...(tags.length > 0 ? { tags } : {}) };
  }

  private fieldsOf(at: string, item: Item, stats: StatRecord): Pick<Item, 'fields'> {
    const { fields } = this.details;
    if (fields.length === 0) return {};
    return wantedFields({ ...ownFields(item), ...this.rightsOf(stats), ...this.attributesOf(at) }, fields);
  }

  private rightsOf(stats: StatRecord): Record<string, string> {
    return {
      owner: this.names.nameOf('ACCOUNT', stats.ownerId),
      group: this.names.nameOf('GROUP', stats.groupId),
      mode: stats.permissions.toString(8).padStart(4, '0'),
    };
  }

  private attributesOf(at: string): Record<string, string> {
    const { fields } = this.details;
    const isWanted = (name: string) => fields === 'ALL' || fields.includes(XATTR + name);
    if (fields !== 'ALL' && !fields.some((key) => key.startsWith(XATTR))) return {};
    const names = (this.disk.attributesAt(at) ?? []).filter((name) => name.startsWith('user.') && isWanted(name));
    const found = names.slice(0, MAX_ATTRIBUTES).map((name) => [XATTR + name, this.textOf(at, name)] as const);
    return Object.fromEntries(found.filter((entry): entry is [string, string] => Boolean(entry[1])));
  }

  private tagsOf(at: string): string[] {
    return tagsIn(this.textOf(at, TAGS));
  }

  /** Null for a value that is no text, or too long for one. */
  private textOf(at: string, name: string): string | null {
    return attributeText(this.disk.attributeAt(at, name));
  }
}

/** The value of an attribute as text; null for none, and for what is none or too long for one. */
export function attributeText(value: Buffer | null): string | null {
  if (value === null || value.length > MAX_VALUE_BYTES) return null;
  try {
    const text = strictText.decode(value).replace(/\0$/, '');
    return UNREADABLE.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** Control characters that no text for people holds; lines and tabs are part of one. */
export const UNREADABLE = /[^\P{Cc}\t\n\r]/u;

/** Tags in the text of their attribute, each once and in order. */
export function tagsIn(text: string | null): string[] {
  const tags = (text ?? '').split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MAX_TAGS).sort();
}

/** What an item tells of itself, as fields. */
function ownFields({ path, kind, size, createdAt, modifiedAt }: Item): Record<string, string> {
  const name = path.at(-1) ?? '';
  const dot = kind === 'FILE' ? name.lastIndexOf('.') : -1;
  return {
    path: `/${path.join('/')}`,
    name,
    ...(dot > 0 && dot < name.length - 1 ? { extension: name.slice(dot + 1) } : {}),
    ...(size === null ? {} : { size: String(size) }),
    ...(createdAt ? { createdAt: createdAt.toISOString() } : {}),
    ...(modifiedAt ? { modifiedAt: modifiedAt.toISOString() } : {}),
  };
}

/** Null where nothing beyond what costs nothing is asked for. */
export const readerOf = (disk: Disk, details: Details | undefined): DetailReader | null =>
  details && (details.tags || details.fields.length > 0) ? new DetailReader(disk, details) : null;
