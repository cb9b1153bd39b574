import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { versionOf } from '../adapter.js';
import { MANIFEST } from '../paths.js';
import { openManifest, readOpenManifest } from './folder-manifest.js';
import { placeOf } from './held-folder.js';
import type { Entry, HeldFolder } from './held-folder.js';
import { Damage, type Manifest } from './manifest.js';
import { renamed } from './naming.js';

/**
 * The manifest of a folder as it was read, for whoever changes it. Until it is released no other process of this machine changes it:
 * they take turns by a lock of the folder, which the system releases when a process ends, and which keeps nobody from reading. What a
 * process of another machine does meanwhile is noticed by `give` and `remove`.
 */
export class HeldManifest {
  private constructor(
    private readonly folder: HeldFolder,
    /** Folder that is locked until it is closed. */
    private readonly lock: number,
    /** Null where the folder had none. */
    private readonly stats: BigIntStats | null,
    private readonly hasStableInodes: boolean,
    readonly manifest: Manifest,
  ) {}

  /** Null for one that is damaged, which is left for people. */
  static take(folder: HeldFolder, hasStableInodes: boolean): HeldManifest | null {
    const { disk } = folder;
    // Opened for this alone: a lock belongs to one opening.
    const lock = disk.open(folder.state.base, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      disk.lock(lock);
      return new HeldManifest(folder, lock, ...read(folder, hasStableInodes));
    } catch (cause) {
      disk.close(lock);
      if (cause instanceof Damage) return null;
      throw cause;
    }
  }

  /** When it was written, in milliseconds since 1970; null where there was none. */
  get writtenAt(): number | null {
    return this.stats && Number(this.stats.mtimeMs);
  }

  /** Puts a file of the folder in its place; false, and nothing is done, where it is no longer the one that was read. */
  give(file: Entry): boolean {
    const place = { folder: this.folder, name: MANIFEST };
    if (this.stats === null) return renamed(file, place);
    if (!this.isCurrent()) return false;
    this.folder.disk.rename(placeOf(file), placeOf(place));
    return true;
  }

  /** Likewise takes it away. */
  remove(): boolean {
    const isCurrent = this.isCurrent();
    if (isCurrent) this.folder.disk.unlink(this.folder.at(MANIFEST));
    return isCurrent;
  }

  release(): void {
    this.folder.disk.close(this.lock);
  }

  private isCurrent(): boolean {
    const now = this.folder.stats(MANIFEST);
    if (now === null || this.stats === null) return now === this.stats;
    return versionOf(now, this.hasStableInodes) === versionOf(this.stats, this.hasStableInodes);
  }
}

function read(folder: HeldFolder, hasStableInodes: boolean): [BigIntStats | null, boolean, Manifest] {
  const { disk } = folder;
  const file = openManifest(folder);
  if (file === null) return [null, hasStableInodes, new Map()];
  try {
    return [disk.fstat(file), hasStableInodes, readOpenManifest(folder, file)];
  } finally {
    disk.close(file);
  }
}
