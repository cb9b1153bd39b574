import { columnOf, packColumns } from '@sluice/core/platform';
import type { Item, PackedItems } from '@sluice/core/platform';
import { identityIn, versionIn } from '../adapter.js';
import { idOf } from '../paths.js';
import type { StatRecord } from './stat-record.js';

/** What is told of an item beyond what a look at it tells; the rest of an item is left alone. */
export type MoreOfItem = Partial<
  Pick<Item, 'fields' | 'tags' | 'description' | 'isPrivate' | 'metaVersion' | 'formerVersions' | 'formerSizes'>
>;

/** Items of one folder, column by column: what `itemOf` tells of each, without an item of its own. */
export class PackedFolder {
  /** Names of the folders among them. */
  readonly folders: string[] = [];
  private readonly names: string[] = [];
  private readonly ids: string[] = [];
  private readonly versions: (string | null)[] = [];
  private readonly isFolder: boolean[] = [];
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
  private bytes = 0;

  constructor(
    private readonly path: readonly string[],
    private readonly hasStableInodes: boolean,
  ) {}

  get count(): number {
    return this.names.length;
  }

  add(name: string, stats: StatRecord, more: MoreOfItem = {}): void {
    const isFolder = stats.isDirectory();
    const identity = this.hasStableInodes ? identityIn(stats) : null;
    const modified = stats.modifiedMs;
    this.names.push(name);
    this.ids.push(identity ?? this.start + name);
    this.versions.push(isFolder ? null : versionIn(stats, this.hasStableInodes));
    this.isFolder.push(isFolder);
    this.hasIdentity.push(identity !== null);
    this.sizes.push(isFolder ? null : stats.byteSize);
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
    if (isFolder) this.folders.push(name);
    else this.bytes += stats.byteSize;
  }

  private get start(): string {
    return this.path.length === 0 ? '' : `${idOf(this.path)}/`;
  }

  /** Null without any. `isWhole`: see `PackedItems`. */
  packed(isWhole: boolean): PackedItems | null {
    if (this.names.length === 0) return null;
    const { path: folder, bytes, names, ids, versions, isFolder } = this;
    const fingerprints = { names, ids, versions, isFolder, described: this.described() };
    return packColumns({ folder, bytes, isWhole }, fingerprints, {
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
    });
  }

  /** See `Fingerprints`. */
  private described(): (string | null)[] | null {
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
