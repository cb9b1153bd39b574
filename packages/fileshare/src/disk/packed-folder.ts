import { columnOf, packColumns, packFingerprints } from '@sluice/core/platform';
import type { Item, PackedFingerprints, PackedItems, RestColumns } from '@sluice/core/platform';
import { identityIn, versionIn } from '../adapter.js';
import { idOf } from '../paths.js';
import { StatRecords, type StatRecord } from './stat-record.js';

/** What is told of an item beyond what a look at it tells; the rest of an item is left alone. */
export type MoreOfItem = Partial<
  Pick<Item, 'fields' | 'tags' | 'description' | 'isPrivate' | 'metaVersion' | 'formerVersions' | 'formerSizes'>
>;

/** Packed items as they pass to another thread: with the rest of them, or with what it is made of once it is asked for. */
export type SentItems = PackedItems | (PackedFingerprints & { records: Uint32Array });

/** Items of one folder, column by column: what `itemOf` tells of each, without an item of its own. */
export class PackedFolder {
  /** Names of the folders among them. */
  readonly folders: string[] = [];
  private readonly names: string[] = [];
  private readonly ids: string[] = [];
  private readonly versions: (string | null)[] = [];
  private readonly isFolder: boolean[] = [];
  private bytes = 0;
  private readonly records: StatRecords | null;
  private readonly rest: FolderRest | null;

  /** `keepsRecords`: whether the rest of items, of which nothing more than a look tells, is left for later. */
  constructor(
    private readonly path: readonly string[],
    private readonly hasStableInodes: boolean,
    keepsRecords = false,
  ) {
    this.records = keepsRecords ? new StatRecords() : null;
    this.rest = keepsRecords ? null : new FolderRest();
  }

  get count(): number {
    return this.names.length;
  }

  add(name: string, stats: StatRecord, more: MoreOfItem = {}): void {
    const isFolder = stats.isDirectory();
    const identity = this.hasStableInodes ? identityIn(stats) : null;
    this.names.push(name);
    this.ids.push(identity ?? this.start + name);
    this.versions.push(isFolder ? null : versionIn(stats, this.hasStableInodes));
    this.isFolder.push(isFolder);
    this.records?.add(stats);
    this.rest?.add(stats, identity !== null, more);
    if (isFolder) this.folders.push(name);
    else this.bytes += stats.byteSize;
  }

  private get start(): string {
    return this.path.length === 0 ? '' : `${idOf(this.path)}/`;
  }

  /** Null without any. `isWhole`: see `PackedItems`. */
  packed(isWhole: boolean): SentItems | null {
    if (this.names.length === 0) return null;
    const { path: folder, bytes, names, ids, versions, isFolder, rest } = this;
    const told = { folder, bytes, isWhole };
    const fingerprints = { names, ids, versions, isFolder, described: rest?.described() ?? null };
    if (rest) return packColumns(told, fingerprints, rest.columns(folder));
    return { ...packFingerprints(told, fingerprints), records: this.records!.all };
  }
}

/** The items, of which the rest is made once it is asked for where it was not sent. */
export function receivedItems(sent: SentItems, hasStableInodes: boolean): PackedItems {
  if ('rest' in sent) return sent;
  const { records, ...items } = sent;
  let rest: string | null = null;
  return {
    ...items,
    restSize: records.byteLength,
    get rest() {
      return (rest ??= restOf(records, hasStableInodes, items.folder));
    },
  };
}

function restOf(records: Uint32Array, hasStableInodes: boolean, folder: readonly string[]): string {
  const rest = new FolderRest();
  for (const stats of StatRecords.of(records)) rest.add(stats, hasStableInodes && identityIn(stats) !== null);
  return JSON.stringify(rest.columns(folder));
}

/** What is told of the items of a folder beside their fingerprints. */
class FolderRest {
  private readonly hasIdentity: boolean[] = [];
  private readonly sizes: (number | null)[] = [];
  private readonly changed: string[] = [];
  private readonly modified: (number | null)[] = [];
  private readonly nanoseconds: (number | null)[] = [];
  private readonly born: (number | null)[] = [];
  private readonly fields: (Item['fields'] | null)[] = [];
  private readonly tags: (Item['tags'] | null)[] = [];
  private readonly descriptions: (string | null)[] = [];
  private readonly isPrivate: (boolean | null)[] = [];
  private readonly formerVersions: number[] = [];
  private readonly formerSizes: (Item['formerSizes'] | null)[] = [];

  add(stats: StatRecord, hasIdentity: boolean, more: MoreOfItem = {}): void {
    const modified = stats.modifiedMs;
    this.hasIdentity.push(hasIdentity);
    this.sizes.push(stats.isDirectory() ? null : stats.byteSize);
    this.changed.push(more.metaVersion ?? stats.changedText);
    this.modified.push(modified);
    this.nanoseconds.push(modified === null ? null : stats.modifiedNanoseconds);
    this.born.push(stats.isBirthKnown ? stats.bornMs : null);
    this.fields.push(more.fields ?? null);
    this.tags.push(more.tags ?? null);
    this.descriptions.push(more.description ?? null);
    this.isPrivate.push(more.isPrivate ?? null);
    this.formerVersions.push(more.formerVersions ?? 0);
    this.formerSizes.push(more.formerSizes ?? null);
  }

  columns(folder: readonly string[]): RestColumns {
    return {
      ...SAME_FOR_ALL,
      strength: columnOf(this.hasIdentity.map((has) => (has ? ('LASTING' as const) : null))),
      parentId: { all: idOf(folder) },
      size: columnOf(this.sizes),
      metaVersion: columnOf<string | null>(this.changed),
      modifiedAt: columnOf(this.modified),
      modifiedNanoseconds: columnOf(this.nanoseconds),
      createdAt: columnOf(this.born),
      description: columnOf(this.descriptions),
      isPrivate: columnOf(this.isPrivate),
      ...(this.formerVersions.some((count) => count > 0) ? { formerVersions: columnOf(this.formerVersions) } : {}),
      ...(this.formerSizes.some((sizes) => sizes !== null) ? { formerSizes: columnOf(this.formerSizes) } : {}),
      ...(this.fields.some((fields) => fields !== null) ? { fields: columnOf(this.fields) } : {}),
      ...(this.tags.some((tags) => tags !== null) ? { tags: columnOf(this.tags) } : {}),
    };
  }

  /** See `Fingerprints`. */
  described(): (string | null)[] | null {
    const isDescribed = this.fields.map(
      (fields, index) => fields !== null || this.tags[index] !== null || Boolean(this.descriptions[index]),
    );
    return isDescribed.includes(true) ? this.changed.map((text, index) => (isDescribed[index] ? text : null)) : null;
  }
}

/** What a share does not know, and identifiers that are the paths. */
const SAME_FOR_ALL = {
  id: { all: null },
  sha256: { all: null },
  isReadOnly: { all: false },
  lock: { all: null },
  handle: { all: null },
};
