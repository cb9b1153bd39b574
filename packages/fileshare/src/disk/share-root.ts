import type { BigIntStats } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import type { Details, Item } from '@sluice/core/platform';
import { itemOf } from '../adapter.js';
import { StatRecord, type FileStats } from './stat-record.js';
import { codeOf } from '../errors.js';
import { assertLegal, shown, TRASH } from '../paths.js';
import type { Kept } from './manifest.js';
import type { ShareTraits } from './traits.js';
import type { Disk } from './disk.js';
import { readerOf } from './details.js';
import { FolderManifest } from './folder-manifest.js';
import { SystemNames } from './names.js';
import { DIRECTORY, HeldFolder, holdChild, linkTarget } from './held-folder.js';

/** Where a share is, as it was first seen. */
export interface ShareFacts {
  /** Without links. */
  root: string;
  inode: bigint;
  traits: ShareTraits;
  /** Whether manifests are read and written there. */
  hasManifest: boolean;
}

/** Looks where a configured folder really is. Throws `NOT_FOUND` for what is no folder. */
export function locate(disk: Disk, folder: string): Pick<ShareFacts, 'root' | 'inode'> {
  const root = disk.realpath(folder);
  return { root, inode: statsOf(disk, root).ino };
}

function statsOf(disk: Disk, root: string): BigIntStats {
  const stats = disk.stat(root);
  if (stats.isDirectory()) return stats;
  throw new PlatformError('NOT_FOUND', 'The location is not a folder.', { remedy: 'Choose a folder.' });
}

/** The only way to the share's files: every path is checked, and stays below the root. */
export class ShareRoot {
  private systemNames: SystemNames | null = null;

  constructor(
    readonly disk: Disk,
    readonly facts: ShareFacts,
  ) {}

  /** Accounts and groups of the server, as they are when one of them is first asked for. */
  get names(): SystemNames {
    return (this.systemNames ??= new SystemNames(this.disk));
  }

  itemOf(path: readonly string[], stats: FileStats): Item | null {
    return itemOf(path, stats, this.facts.traits.hasStableInodes);
  }

  /** The item at a place that holds one. Throws `SPECIAL_FILE` for a link, pipe, socket or device. */
  presentItem(path: readonly string[], stats: FileStats): Item {
    const item = this.itemOf(path, stats);
    if (item) return item;
    throw new PlatformError('SPECIAL_FILE', `“${shown(path)}” is a link, pipe, socket or device.`);
  }

  /** Holds a folder open; links on the way to it are not followed. */
  hold(path: readonly string[]): HeldFolder {
    assertLegal(path);
    return this.holdBelow(path);
  }

  /**
   * Like `hold`, for the connector's own folders. Creates what is missing, one after the other by the folder above, so
   * that a path may be longer there than the system takes at once. `isDurable`: the way through the trash outlasts a loss
   * of power.
   */
  holdOwn(path: readonly string[], isDurable = false): HeldFolder {
    const first = isDurable ? path.indexOf(TRASH) : Infinity;
    let folder = this.holdBelow([]);
    for (const [depth, name] of path.entries()) {
      const above = folder;
      try {
        makeFolder(above, name);
        if (depth >= first) this.settleName(above, name);
        folder = holdChild(above, name);
      } finally {
        above.close();
      }
    }
    return folder;
  }

  /** Another thread may have made the folder a moment ago, so that it is no sign of anything that it was there. */
  protected settleName(above: HeldFolder, _name: string): void {
    above.sync();
  }

  private holdBelow(path: readonly string[]): HeldFolder {
    this.assertSameRoot();
    const expected = [this.facts.root.replace(/\/$/, ''), ...path].join('/') || '/';
    const descriptor = this.disk.open(expected, DIRECTORY);
    try {
      const byDescriptor = `/proc/self/fd/${descriptor}`;
      const reached = linkTarget(this.disk, byDescriptor);
      this.assertSame(reached ?? this.disk.realpath(expected), expected, path);
      return new HeldFolder(this.disk, { path, base: reached === null ? expected : byDescriptor, descriptor });
    } catch (cause) {
      this.disk.close(descriptor);
      throw cause;
    }
  }

  private assertSame(reached: string, expected: string, path: readonly string[]): void {
    const fold = (text: string) => (this.facts.traits.foldsCase ? text.normalize('NFC').toLowerCase() : text);
    if (fold(reached) === fold(expected)) return;
    throw new PlatformError(
      'NOT_FOUND',
      `“${shown(path)}” is not a folder of this share, or is behind a symbolic link.`,
    );
  }

  /** The root has to stay the same folder: a share that is no longer mounted must not look like an empty one. */
  private assertSameRoot(): void {
    const { root, inode, traits } = this.facts;
    if (statsOf(this.disk, root).ino === inode || !traits.hasStableInodes) return;
    throw new PlatformError('UNREACHABLE', 'Another folder is now where the share was.', {
      remedy: 'Check that the share is mounted, then test the connection.',
    });
  }

  /** Whether leftovers in a folder may be there still. */
  isToBeCleared(_folder: readonly string[]): boolean {
    return true;
  }

  /** Does the work in a folder that is held open for it. */
  within<T>(path: readonly string[], work: (folder: HeldFolder) => T): T {
    const folder = this.hold(path);
    try {
      return work(folder);
    } finally {
      folder.close();
    }
  }

  /** Null where the share keeps none. */
  manifestIn(folder: HeldFolder, details?: Details): FolderManifest | null {
    return this.facts.hasManifest ? FolderManifest.open(folder, details) : null;
  }

  /** What the manifest of its folder keeps of an item; null for nothing. */
  keptOf(path: readonly string[]): Kept | null {
    return this.within(path.slice(0, -1), (folder) => this.manifestIn(folder)?.of(path.at(-1) ?? '') ?? null);
  }

  /** Null for what does not exist or is neither file nor folder. */
  find(path: readonly string[], details?: Details): Item | null {
    const name = path.at(-1);
    if (name === undefined) return this.itemOf([], statsOf(this.disk, this.facts.root));
    assertLegal(path);
    return this.within(path.slice(0, -1), (folder) => {
      const stats = folder.stats(name);
      const item = stats && this.itemOf(path, stats);
      if (!item) return null;
      const told = readerOf(this.disk, details)?.of(folder, item, new StatRecord().fill(stats));
      return this.manifestIn(folder, details)?.add({ ...item, ...told }) ?? { ...item, ...told };
    });
  }
}

/** Makes a folder unless something has its name already; tells whether it did. Without a mode it has that which the system gives it. */
export function makeFolder(folder: HeldFolder, name: string, mode?: number): boolean {
  try {
    folder.disk.mkdir(folder.at(name), mode);
    return true;
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cause;
    return false;
  }
}

/** Folders that stay held between the files of a batch: as many as have files under way, with the way there. */
const HELD_FOLDERS = 128;

/** A share whose folders stay held until they are released, for work on many files in few folders. */
export class HoldingRoot extends ShareRoot {
  private readonly held = new Map<string, HeldFolder>();
  private readonly cleared = new Set<string>();
  private readonly settled = new Set<string>();

  constructor(share: ShareRoot) {
    super(share.disk, share.facts);
  }

  /** Once: nobody else leaves anything while the work goes on. */
  override isToBeCleared(folder: readonly string[]): boolean {
    const isNew = !this.cleared.has(folder.join('/'));
    this.cleared.add(folder.join('/'));
    return isNew;
  }

  /** Once for a name: what is in the trash stays there while the work goes on. */
  protected override settleName(above: HeldFolder, name: string): void {
    const key = [...above.path, name].join('/');
    if (!this.settled.has(key)) super.settleName(above, name);
    this.settled.add(key);
  }

  override hold(path: readonly string[]): HeldFolder {
    const key = path.join('/');
    const known = this.held.get(key);
    if (known) return known.kept();
    const folder = super.hold(path);
    this.held.set(key, folder);
    return folder.kept();
  }

  /** Whether it is time to release, as soon as no file is under way. */
  get isFull(): boolean {
    return this.held.size >= HELD_FOLDERS;
  }

  release(): void {
    for (const folder of this.held.values()) folder.close();
    this.held.clear();
  }
}
