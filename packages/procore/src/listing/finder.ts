import type { Address, Call, Item } from '@sluice/core/platform';
import { childNamed, readFile, readFolder } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';
import type { Session } from '../api/session.js';
import { isKind, statusOf } from '../errors.js';
import type { FolderCache } from './folder-cache.js';

const ONLY_ITSELF = { exclude_folders: true, exclude_files: true };

/** Looks single items up, by path or by identifier. */
export class Finder {
  constructor(
    private readonly session: Session,
    private readonly folders: FolderCache,
  ) {}

  /** Null where there is no such item. */
  async find(address: Address, call: Call): Promise<Item | null> {
    if ('path' in address) return this.findPath(address.path, call);
    const { id } = address;
    if (!/^\d+$/.test(id)) return null;
    if (id === this.folders.tree.rootId) return this.folders.root(call);
    const folder = this.folders.isFresh ? this.folders.tree.get(id) : null;
    return folder ? this.folders.itemOf(folder) : this.findId(id, call);
  }

  private async findPath(path: readonly string[], call: Call): Promise<Item | null> {
    if (path.length === 0) return this.folders.root(call);
    const parent = await this.folderAt(path.slice(0, -1), call);
    if (!parent) return null;
    const name = path.at(-1) ?? '';
    const folder = this.folders.isFresh ? this.folders.tree.childNamed(parent, name) : null;
    if (folder) return this.folders.itemOf(folder);
    const child = await this.childOf(parent, name, call);
    return child && this.folders.itemOf(child);
  }

  /** The identifier of the folder at a path. */
  private async folderAt(path: readonly string[], call: Call): Promise<string | null> {
    const { tree } = this.folders;
    if (path.length > 0) await this.folders.readForLookUp(call);
    let id: string | null = tree.rootId ?? (await this.folders.root(call)).id;
    for (const name of path) {
      if (id === null) return null;
      const known: string | undefined = tree.childNamed(id, name)?.id;
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
    const contents = await this.session.contents(parentId, query, call).catch((error: unknown) => {
      if (isKind(error, 'NOT_FOUND')) return null;
      throw error;
    });
    const child = contents && childNamed(contents.children, name);
    if (child?.kind === 'FOLDER') this.folders.tree.put(child);
    return child;
  }

  private async findId(id: string, call: Call): Promise<Item | null> {
    const document =
      (await this.fileOf(id, call).catch(nothingIfRefused)) ?? (await this.folderOf(id, call).catch(nothingIfRefused));
    if (!document || document.isRecycled) return null;
    const { tree } = this.folders;
    if (tree.placeIn(document.parentId).state === 'UNKNOWN') await this.loadParents(document, call);
    if (document.kind === 'FOLDER' && document.parentId !== null) tree.put(document);
    return this.folders.itemOf(document);
  }

  /** The file as it is now; null where there is none. */
  async fileOf(id: string, call: Call): Promise<Document | null> {
    const file = readFile((await this.session.client.file(id, call).catch(nothingAt404))?.json);
    await this.session.meetHolders([file], call);
    return file;
  }

  /** The folder itself; null where there is none. */
  async folderOf(id: string, call: Call): Promise<Document | null> {
    const reply = await this.session.client.folder(id, ONLY_ITSELF, call).catch(nothingAt404);
    return readFolder(reply?.json)?.folder ?? null;
  }

  /** Fetches the folders above an item, from the flat index or one by one. */
  private async loadParents(document: Document, call: Call): Promise<void> {
    const { tree } = this.folders;
    if (tree.rootId === null) await this.folders.root(call);
    await this.folders.readForLookUp(call);
    const seen = new Set<string>();
    let id = document.parentId;
    while (id !== null && !tree.get(id) && !seen.has(id)) {
      seen.add(id);
      const folder = await this.folderOf(id, call);
      if (!folder) return;
      tree.put(folder);
      id = folder.parentId;
    }
  }
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
