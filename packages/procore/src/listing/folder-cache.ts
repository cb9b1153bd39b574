import type { Call, Item } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { Session } from '../api/session.js';
import { isNotServed } from '../errors.js';
import type { CompleteListing, Rows } from './complete-listing.js';
import { FolderTree, nameOf } from './folder-tree.js';
import type { Completeness } from './tally.js';

/** The folders last listed serve look-ups so long; the connector's own changes are followed at once. */
const FRESH_FOR_MS = 60_000;
/** A listing that follows a look-up so soon takes the folders that were read for it. */
const JUST_READ_MS = 10_000;
/** A flat index that refused is not asked again by look-ups for so long. */
const REFUSED_FOR_MS = 10 * 60_000;

const ONLY_ITSELF = { exclude_folders: true, exclude_files: true };

/** The folders of one project, read from the flat index and followed through the connector's own changes. */
export class FolderCache {
  readonly tree = new FolderTree();
  /** Whether all folders were seen when they were read last. */
  completeness: Completeness = { isProven: true, seen: 0, total: null };
  private readAt: number | null = null;
  private isReadForLookUp = false;
  private refusedAt: number | null = null;

  constructor(
    readonly session: Session,
    readonly listing: CompleteListing,
  ) {}

  /** Whether look-ups may rely on the folders known. */
  get isFresh(): boolean {
    return this.isNewerThan(FRESH_FOR_MS);
  }

  private isNewerThan(age: number): boolean {
    return this.readAt !== null && this.now - this.readAt < age;
  }

  private get now(): number {
    return this.session.waits.clock.monotonic();
  }

  /** An item of a document whose parent folder is known; null where it is recycled or its place unknown. */
  itemOf(document: Document): Item | null {
    if (document.id === this.tree.rootId) return this.session.view({ ...document, name: '' }, []);
    const place = this.tree.placeIn(document.parentId);
    if (document.isRecycled || place.state !== 'LIVE') return null;
    const isSystem = document.kind === 'FOLDER' && isReadOnlyBelow(this.tree, document);
    return this.session.view({ ...document, isReadOnly: document.isReadOnly || place.isReadOnly || isSystem }, [
      ...place.path,
      nameOf(document),
    ]);
  }

  async root(call: Call): Promise<Item> {
    const known = this.tree.rootId === null ? null : this.tree.get(this.tree.rootId);
    return this.session.view(known ?? (await this.readRoot(call)), []);
  }

  private async readRoot(call: Call): Promise<Document> {
    const { folder } = await this.session.contents(null, ONLY_ITSELF, call);
    this.tree.putRoot(folder);
    return folder;
  }

  /** Reads all folders for a listing, unless a look-up did just now. False: the flat index does not serve them. */
  async readForListing(call: Call): Promise<boolean> {
    const isServed = (this.isReadForLookUp && this.isNewerThan(JUST_READ_MS)) || (await this.readAgain(call));
    this.isReadForLookUp = false;
    return isServed;
  }

  /** Reads all folders for a look-up, unless they are fresh or the flat index has refused lately. */
  async readForLookUp(call: Call): Promise<void> {
    if (this.isFresh || this.isRefused) return;
    this.isReadForLookUp = await this.readAgain(call);
  }

  private get isRefused(): boolean {
    return this.refusedAt !== null && this.now - this.refusedAt < REFUSED_FOR_MS;
  }

  /** Reads all folders, again if the first answer cannot be true. False: the flat index does not serve them. */
  async readAgain(call: Call): Promise<boolean> {
    return (await this.readOnce(call)) || (this.refusedAt === null && (await this.readOnce(call)));
  }

  private async readOnce(call: Call): Promise<boolean> {
    this.refusedAt = null;
    const folders: Document[] = [];
    try {
      this.completeness = await forEachPage(this.listing.read({ 'filters[document_type]': 'folder' }, call), (rows) => {
        for (const row of rows) if (row?.kind === 'FOLDER') folders.push(row);
      });
    } catch (error) {
      if (!isNotServed(error)) throw error;
      this.refusedAt = this.now;
      return false;
    }
    await this.adopt(folders, call);
    if (!(await this.isBelievable(folders, call))) return false;
    this.readAt = this.now;
    return true;
  }

  /** A listing without any folder although the root has some says nothing about the project. */
  private async isBelievable(folders: readonly Document[], call: Call): Promise<boolean> {
    const { rootId } = this.tree;
    const root = folders.find((folder) => folder.id === rootId);
    if (!root) return folders.length > 0;
    const others = folders.filter((folder) => folder.id !== rootId);
    if (others.length > 0 || root.hasFolders !== true) return true;
    const { children } = await this.session.contents(rootId, { exclude_files: true }, call);
    return children.every((child) => child.isRecycled);
  }

  private async adopt(folders: readonly Document[], call: Call): Promise<void> {
    if (folders.length === 0) return;
    const root =
      folders.find((folder) => folder.id === this.tree.rootId) ??
      folders.find((folder) => folder.parentId === null && !folder.isRecycled);
    this.tree.clear();
    if (root) this.tree.putRoot(root);
    else if (this.tree.rootId === null) await this.readRoot(call);
    for (const folder of folders) if (folder.id !== this.tree.rootId) this.tree.put(folder);
  }
}

async function forEachPage(
  pages: AsyncGenerator<Rows, Completeness>,
  work: (rows: Rows) => void,
): Promise<Completeness> {
  for (;;) {
    const next = await pages.next();
    if (next.done) return next.value;
    work(next.value);
  }
}

function isReadOnlyBelow(tree: FolderTree, folder: Document): boolean {
  const inside = tree.placeIn(folder.id);
  return inside.state === 'LIVE' && inside.isReadOnly;
}
