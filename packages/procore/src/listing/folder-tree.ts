import { childNamed } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';

/** Where an item would be whose parent is a certain folder. */
export type Place =
  /** `ids` are the folder's own and those of all above it. */
  | { state: 'LIVE'; path: readonly string[]; ids: readonly string[]; isReadOnly: boolean }
  | { state: 'RECYCLED' }
  /** The folder, or one above it, has not been seen. */
  | { state: 'UNKNOWN' };

/** The filter by folder reaches 100 levels down; one less, in case it counts the folder itself. */
export const FILTER_DEPTH = 99;

const UNKNOWN: Place = { state: 'UNKNOWN' };

/** Procore keeps project mail in it; like Schedules it is read and never written. */
const MAIL_FOLDER = 'emailed documents';

/** The folders of one project as last seen; paths come from parents alone. */
export class FolderTree {
  private readonly nodes = new Map<string, Document>();
  private readonly children = new Map<string, Set<string>>();
  private places = new Map<string, Place>();
  private root: string | null = null;

  get rootId(): string | null {
    return this.root;
  }

  get(id: string): Document | null {
    return this.nodes.get(id) ?? null;
  }

  put(folder: Document): void {
    this.unlink(folder.id);
    this.nodes.set(folder.id, folder);
    if (folder.parentId !== null) this.siblings(folder.parentId).add(folder.id);
    this.places = new Map();
  }

  putRoot(folder: Document): void {
    this.root = folder.id;
    this.put({ ...folder, parentId: null });
  }

  /** Forgets a folder and all below it. */
  drop(id: string): void {
    for (const child of this.children.get(id) ?? []) this.drop(child);
    this.unlink(id);
    this.nodes.delete(id);
    this.places = new Map();
  }

  clear(): void {
    const root = this.root === null ? null : this.get(this.root);
    this.nodes.clear();
    this.children.clear();
    this.places = new Map();
    if (root) this.putRoot(root);
  }

  /** All live folders below one, parents before children. */
  *below(id: string): Generator<Document> {
    const queue = [id];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const child of this.children.get(at) ?? []) {
        const folder = this.nodes.get(child);
        if (!folder || folder.isRecycled) continue;
        yield folder;
        queue.push(child);
      }
    }
  }

  childNamed(parentId: string, name: string): Document | null {
    return childNamed(
      [...(this.children.get(parentId) ?? [])].map((id) => this.nodes.get(id)).filter((node) => node !== undefined),
      name,
    );
  }

  /** The place of what lies directly in that folder. */
  placeIn(folderId: string | null): Place {
    if (folderId === null) return UNKNOWN;
    const known = this.places.get(folderId);
    if (known) return known;
    // Parents that form a ring find this answer instead of themselves.
    this.places.set(folderId, UNKNOWN);
    const place = this.findPlace(folderId);
    this.places.set(folderId, place);
    return place;
  }

  private findPlace(id: string): Place {
    const folder = this.nodes.get(id);
    if (!folder) return UNKNOWN;
    if (folder.isRecycled) return { state: 'RECYCLED' };
    if (id === this.root) return { state: 'LIVE', path: [], ids: [id], isReadOnly: folder.isReadOnly };
    const above = this.placeIn(folder.parentId);
    if (above.state !== 'LIVE') return above;
    // Where a folder stands is not known without its name.
    if (folder.name === null) return UNKNOWN;
    const isMail = folder.parentId === this.root && folder.name?.toLowerCase() === MAIL_FOLDER;
    const path = [...above.path, nameOf(folder)];
    return {
      state: 'LIVE',
      path,
      ids: [...above.ids, id],
      isReadOnly: above.isReadOnly || folder.isReadOnly || isMail,
    };
  }

  private siblings(parentId: string): Set<string> {
    const known = this.children.get(parentId) ?? new Set();
    this.children.set(parentId, known);
    return known;
  }

  private unlink(id: string): void {
    const parentId = this.nodes.get(id)?.parentId;
    if (parentId) this.children.get(parentId)?.delete(id);
  }
}

/** A name to show for what came without one. */
export function nameOf(document: Document): string {
  return document.name ?? `(no name, id ${document.id})`;
}
