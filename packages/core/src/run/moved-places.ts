import { parentKey, rebased, selfAndAbove } from '../plan/index.js';
import type { ItemKind } from '../platform/index.js';

/** Where the items of one side are once the moves that were planned so far are carried out, by their keys before. */
export class MovedPlaces {
  private readonly folders = new Map<string, string>();
  private readonly files = new Map<string, string>();

  /** The item at this key goes there; what is below a folder comes along. */
  note(from: string, to: string, kind: ItemKind): void {
    this[kind === 'FOLDER' ? 'folders' : 'files'].set(from, to);
  }

  now(key: string, kind: ItemKind): string {
    return this.movedTo(key, kind) ?? key;
  }

  /** Null for what stays; what leaves a folder that is moved, for a new one in its place, gets to the key that it had. */
  movedTo(key: string, kind: ItemKind): string | null {
    const own = kind === 'FILE' ? this.files.get(key) : undefined;
    return own ?? this.alongFolders(key, kind === 'FILE' ? parentKey(key) : key);
  }

  private alongFolders(key: string, nearest: string | null): string | null {
    if (this.folders.size === 0 || nearest === null) return null;
    const moved = selfAndAbove(nearest).find((folder) => this.folders.has(folder));
    return moved === undefined ? null : rebased(key, moved, this.folders.get(moved)!);
  }
}
