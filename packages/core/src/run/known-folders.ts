import { childKey, isVersionFile, nameOf, pathKey } from '../plan/index.js';
import { groupBy, identityOf, packItems, PlatformError, unpackItems, type Item } from '../platform/index.js';
import type { StagedFolder } from './ports/index.js';

/** What a listing of changes told. */
export interface Changes {
  /** Folders as they stand now, by identity; `isNew` those that were made since. */
  folders: ReadonlyMap<string, { item: Item; isNew: boolean }>;
  /** Files that changed or came, by identity. */
  files: ReadonlyMap<string, Item>;
  /** Identities of what is in the recycle bin or stands elsewhere. */
  gone: ReadonlySet<string>;
}

/** Items of one folder that pass on as one value. */
const GROUP_ITEMS = 500;

/**
 * Brings a known listing up to date with what changed. A file that did not change stands where its folder stands now, which is
 * known by the folder's identity; so what a moved folder holds moves with it although nothing of it changed.
 */
export class KnownFolders {
  private readonly identities = new Map<string, string>();

  constructor(
    private readonly root: { identity: string; path: readonly string[] },
    private readonly changes: Changes,
  ) {
    this.identities.set('', root.identity);
  }

  /** The files that did not change, in the folders that hold them now; `known` comes top-down. */
  async *unchanged(known: AsyncIterable<StagedFolder>): AsyncIterable<StagedFolder> {
    for await (const { key, items } of known) {
      const children = unpackItems(items);
      for (const child of children) if (child.kind === 'FOLDER') this.note(key, child);
      const path = this.pathNow(key);
      const files = path === null ? [] : children.filter((child) => child.kind === 'FILE' && this.isAsKnown(child));
      if (path !== null && files.length > 0)
        yield this.inFolder(
          path,
          files.map((file) => placedIn(path, file)),
        );
    }
  }

  /** What was shown now: all folders, and the files that changed. */
  *shown(): Iterable<StagedFolder> {
    const items = [...[...this.changes.folders.values()].map(({ item }) => item), ...this.changes.files.values()];
    for (const [, children] of groupBy(items, ({ path }) => pathKey(path.slice(0, -1))))
      for (let start = 0; start < children.length; start += GROUP_ITEMS) {
        const group = children.slice(start, start + GROUP_ITEMS);
        yield this.inFolder(group[0]!.path.slice(0, -1), group);
      }
  }

  /** Throws for a folder of which the known listing knows nothing and that may hold what did not change. To be asked after `unchanged`. */
  requireExplained(): void {
    const known = new Set(this.identities.values());
    for (const [identity, { item, isNew }] of this.changes.folders)
      if (!isNew && !known.has(identity))
        throw unexplained(`The folder "/${item.path.join('/')}" came from elsewhere, and what it holds is not told.`);
  }

  private note(parent: string, folder: Item): void {
    const key = childKey(parent, nameOf(folder));
    const other = this.identities.get(key);
    if (other !== undefined && other !== identityOf(folder))
      throw unexplained(`Two folders have the place "/${folder.path.join('/')}".`);
    this.identities.set(key, identityOf(folder));
    const now = this.changes.folders.get(identityOf(folder))?.item;
    // What is below inherits both without a change of its own.
    if (now && (now.isPrivate !== folder.isPrivate || now.isReadOnly !== folder.isReadOnly))
      throw unexplained(`Who may see or change the folder "/${now.path.join('/')}" is different now.`);
  }

  private pathNow(key: string): readonly string[] | null {
    if (key === '') return this.root.path;
    return this.changes.folders.get(this.identities.get(key) ?? '')?.item.path ?? null;
  }

  private isAsKnown(file: Item): boolean {
    const identity = identityOf(file);
    return !isVersionFile(file) && !this.changes.files.has(identity) && !this.changes.gone.has(identity);
  }

  private inFolder(path: readonly string[], items: readonly Item[]): StagedFolder {
    return { key: pathKey(path.slice(this.root.path.length)), items: packItems(path, items) };
  }
}

const placedIn = (folder: readonly string[], file: Item): Item => ({ ...file, path: [...folder, nameOf(file)] });

export const unexplained = (message: string) => new PlatformError('PLATFORM_ERROR', message);
