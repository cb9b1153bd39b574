import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Item } from '@sluice/core/platform';
import { childNamed, readFile, readFolder, toItem, versionKey } from '../api/adapter.js';
import type { Document, FolderContents } from '../api/adapter.js';
import type { ProcoreClient } from '../api/client.js';
import type { DocumentPages } from './document-pages.js';
import { isKind, statusOf } from '../errors.js';
import { FolderTree, nameOf } from './folder-tree.js';
import type { TokenHosts } from '../sign-in/hosts.js';
import { RecentMap } from './recent-map.js';
import type { Waits } from '../api/waits.js';

/** The folders last listed serve look-ups so long; the connector's own changes are followed at once. */
const FRESH = 60_000;
/** A listing that follows a look-up so soon takes the folders that were read for it. */
const JUST_NOW = 10_000;

const REMEMBERED = 10_000;
/** In place of the version of a file that was removed. */
export const GONE = '';

const ONLY_ITSELF = { exclude_folders: true, exclude_files: true };

/** One project's documents as all parts of the connector see them. */
export class Project {
  readonly tree = new FolderTree();
  /** The account's own user, once a reply told. */
  userId: string | null = null;
  login: string | null = null;
  /** Folders seen alive when something was refused in them, and when that was. */
  readonly seenAlive = new RecentMap<string, number>(REMEMBERED);
  /** Newest versions of the files that this connector changed last; null where it is not known, `GONE` once removed. */
  readonly written = new RecentMap<string, string | null>(REMEMBERED);
  private listedAt: number | null = null;
  private isListedForFinding = false;
  /** Whether the flat listing answers at all. */
  private isFlatListed = true;

  constructor(
    readonly client: ProcoreClient,
    readonly pages: DocumentPages,
    readonly hosts: TokenHosts,
    readonly waits: Waits,
  ) {}

  private isNewerThan(age: number): boolean {
    return this.listedAt !== null && this.waits.clock.now() - this.listedAt < age;
  }

  /** Whether look-ups may rely on the folders known. */
  get isFresh(): boolean {
    return this.isNewerThan(FRESH);
  }

  /** An item of a document whose parent folder is known; null where it is recycled or its place unknown. */
  itemOf(document: Document): Item | null {
    if (document.id === this.tree.rootId) return this.view({ ...document, name: '' }, []);
    const place = this.tree.placeIn(document.parentId);
    if (document.isRecycled || place.state !== 'LIVE') return null;
    const isMail = document.kind === 'FOLDER' && readOnlyBelow(this.tree, document);
    return this.view({ ...document, isReadOnly: document.isReadOnly || place.isReadOnly || isMail }, [
      ...place.path,
      nameOf(document),
    ]);
  }

  /** An item at a path that the caller knows. */
  view(document: Document, path: readonly string[]): Item {
    const { version } = document;
    if (version?.url) this.hosts.trustLink(version.url);
    if (version && this.written.has(document.id)) this.written.set(document.id, versionKey(version));
    return toItem(document, path, { now: this.waits.clock.now(), userId: this.userId });
  }

  async root(call: Call): Promise<Item> {
    const known = this.tree.rootId === null ? null : this.tree.get(this.tree.rootId);
    return this.view(known ?? (await this.loadRoot(call)), []);
  }

  private async loadRoot(call: Call): Promise<Document> {
    const { folder } = await this.contents(null, ONLY_ITSELF, call);
    this.tree.putRoot(folder);
    return folder;
  }

  /** A folder with its direct children. */
  async contents(id: string | null, query: Record<string, boolean>, call: Call): Promise<FolderContents> {
    const contents = readFolder((await this.client.folder(id, query, call)).json);
    if (contents) return contents;
    throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a folder.');
  }

  /** Reads all folders for a listing, unless a look-up did just now. False: the flat listing does not serve them. */
  async listFolders(call: Call): Promise<boolean> {
    const isServed = (this.isListedForFinding && this.isNewerThan(JUST_NOW)) || (await this.reloadFolders(call));
    this.isListedForFinding = false;
    return isServed;
  }

  private async loadFolders(call: Call): Promise<void> {
    if (!this.isFresh && this.isFlatListed) this.isListedForFinding = await this.reloadFolders(call);
  }

  /** Reads all folders, again if the first answer cannot be true. False: the flat listing does not serve them. */
  async reloadFolders(call: Call): Promise<boolean> {
    return (await this.readFolders(call)) || (this.isFlatListed && (await this.readFolders(call)));
  }

  private async readFolders(call: Call): Promise<boolean> {
    const folders: Document[] = [];
    try {
      for await (const rows of this.pages.read({ 'filters[document_type]': 'folder' }, call)) {
        for (const row of rows) if (row?.kind === 'FOLDER') folders.push(row);
      }
    } catch (error) {
      this.isFlatListed = !isFlatListingAbsent(error);
      if (!this.isFlatListed) return false;
      throw error;
    }
    await this.adopt(folders, call);
    if (!(await this.isBelievable(folders, call))) return false;
    this.listedAt = this.waits.clock.now();
    return true;
  }

  /** A listing without any folder although the root has some says nothing about the project. */
  private async isBelievable(folders: readonly Document[], call: Call): Promise<boolean> {
    const { rootId } = this.tree;
    const root = folders.find((folder) => folder.id === rootId);
    if (!root) return folders.length > 0;
    const others = folders.filter((folder) => folder.id !== rootId);
    if (others.length > 0 || root.hasFolders !== true) return true;
    const { children } = await this.contents(rootId, { exclude_files: true }, call);
    return children.every((child) => child.isRecycled);
  }

  private async adopt(folders: readonly Document[], call: Call): Promise<void> {
    if (folders.length === 0) return;
    const root =
      folders.find((folder) => folder.id === this.tree.rootId) ??
      folders.find((folder) => folder.parentId === null && !folder.isRecycled);
    this.tree.clear();
    if (root) this.tree.putRoot(root);
    else if (this.tree.rootId === null) await this.loadRoot(call);
    for (const folder of folders) if (folder.id !== this.tree.rootId) this.tree.put(folder);
  }

  async find(address: Address, call: Call): Promise<Item | null> {
    if ('path' in address) return this.findPath(address.path, call);
    if (!/^\d+$/.test(address.id)) return null;
    if (address.id === this.tree.rootId) return this.root(call);
    const folder = this.isFresh ? this.tree.get(address.id) : null;
    return folder ? this.itemOf(folder) : this.findId(address.id, call);
  }

  private async findPath(path: readonly string[], call: Call): Promise<Item | null> {
    if (path.length === 0) return this.root(call);
    const parent = await this.folderAt(path.slice(0, -1), call);
    if (!parent) return null;
    const name = path.at(-1) ?? '';
    const folder = this.isFresh ? this.tree.childNamed(parent, name) : null;
    if (folder) return this.itemOf(folder);
    const child = await this.childOf(parent, name, call);
    return child && this.itemOf(child);
  }

  /** The identifier of the folder at a path. */
  private async folderAt(path: readonly string[], call: Call): Promise<string | null> {
    if (path.length > 0) await this.loadFolders(call);
    let id: string | null = this.tree.rootId ?? (await this.root(call)).id;
    for (const name of path) {
      if (id === null) return null;
      const known: string | undefined = this.tree.childNamed(id, name)?.id;
      id = known ?? (await this.childOf(id, name, call, 'FOLDER'))?.id ?? null;
    }
    return id;
  }

  /** Looks into a folder for a name; null where there is none, or no such folder. */
  async childOf(parentId: string, name: string, call: Call, kind?: Document['kind']): Promise<Document | null> {
    const query = {
      show_latest_file_version_only: true,
      ...(kind && { [kind === 'FILE' ? 'exclude_folders' : 'exclude_files']: true }),
    };
    const contents = await this.contents(parentId, query, call).catch((error: unknown) => {
      if (isKind(error, 'NOT_FOUND')) return null;
      throw error;
    });
    const child = contents && childNamed(contents.children, name);
    if (child?.kind === 'FOLDER') this.tree.put(child);
    return child;
  }

  private async findId(id: string, call: Call): Promise<Item | null> {
    const document =
      (await this.fileOf(id, call).catch(nothingIfRefused)) ?? (await this.folderOf(id, call).catch(nothingIfRefused));
    if (!document || document.isRecycled) return null;
    if (this.tree.placeIn(document.parentId).state === 'UNKNOWN') await this.loadParents(document, call);
    if (document.kind === 'FOLDER' && document.parentId !== null) this.tree.put(document);
    return this.itemOf(document);
  }

  /** The file as it is now; null where there is none. */
  async fileOf(id: string, call: Call): Promise<Document | null> {
    return readFile((await this.client.file(id, call).catch(nothingAt404))?.json);
  }

  /** The folder itself; null where there is none. */
  async folderOf(id: string, call: Call): Promise<Document | null> {
    const reply = await this.client.folder(id, ONLY_ITSELF, call).catch(nothingAt404);
    return readFolder(reply?.json)?.folder ?? null;
  }

  /** Fetches the folders above an item, from the flat listing or one by one. */
  async loadParents(document: Document, call: Call): Promise<void> {
    if (this.tree.rootId === null) await this.root(call);
    await this.loadFolders(call);
    const seen = new Set<string>();
    let id = document.parentId;
    while (id !== null && !this.tree.get(id) && !seen.has(id)) {
      seen.add(id);
      const folder = await this.folderOf(id, call);
      if (!folder) return;
      this.tree.put(folder);
      id = folder.parentId;
    }
  }
}

function readOnlyBelow(tree: FolderTree, folder: Document): boolean {
  const inside = tree.placeIn(folder.id);
  return inside.state === 'LIVE' && inside.isReadOnly;
}

function nothingAt404(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}

/** A call for a file may refuse what is a folder, and the other way round, in ways that are not documented. */
function nothingIfRefused(error: unknown): null {
  if (statusOf(error) === 400) return null;
  throw error;
}

/** Whether the flat listing itself is refused, so that folders have to be listed one by one. */
export function isFlatListingAbsent(error: unknown): boolean {
  return [400, 403, 404, 405, 406, 410, 501].includes(statusOf(error) ?? 0);
}
