import { wantedFields, type Details, type Item } from '@sluice/core/platform';
import type { Disk } from './disk.js';
import type { HeldFolder } from './held-folder.js';
import { systemNames, type NameKind } from './names.js';
import type { StatRecord } from './stat-record.js';

/** Attribute in which desktops keep the tags of a file, separated by commas. */
const TAGS = 'user.xdg.tags';
const XATTR = 'xattr:';
/** Of one item; what is beyond is not told. */
const MAX_ATTRIBUTES = 64;
const MAX_TAGS = 100;
const MAX_VALUE_BYTES = 4_096;

const strictText = new TextDecoder('utf-8', { fatal: true });

/** What an item has beside what a listing always tells. */
export type Detailed = Pick<Item, 'fields' | 'tags'>;

/** Reads what a listing was asked for beyond what costs nothing; names of accounts and groups are read once for all items. */
export class DetailReader {
  private readonly names: Partial<Record<NameKind, ReadonlyMap<number, string>>> = {};

  constructor(
    private readonly disk: Disk,
    private readonly details: Details,
  ) {}

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
      owner: this.nameOf('ACCOUNT', stats.ownerId),
      group: this.nameOf('GROUP', stats.groupId),
      mode: stats.permissions.toString(8).padStart(4, '0'),
    };
  }

  /** The number itself where the server has no name for it. */
  private nameOf(kind: NameKind, id: number): string {
    const known = (this.names[kind] ??= new Map(systemNames(this.disk, kind).map((one) => [one.id, one.name])));
    return known.get(id) ?? String(id);
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
    const tags = (this.textOf(at, TAGS) ?? '').split(',').map((tag) => tag.trim());
    return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MAX_TAGS).sort();
  }

  /** Null for a value that is no text, or too long for one. */
  private textOf(at: string, name: string): string | null {
    const value = this.disk.attributeAt(at, name);
    if (value === null || value.length > MAX_VALUE_BYTES) return null;
    try {
      const text = strictText.decode(value).replace(/\0$/, '');
      return /\p{Cc}/u.test(text) ? null : text;
    } catch {
      return null;
    }
  }
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
