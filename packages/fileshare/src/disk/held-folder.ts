import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { codeOf } from '../errors.js';
import { assertSegment } from '../paths.js';
import { setTime } from './disk.js';
import type { Disk } from './disk.js';
import { StatRecord } from './stat-record.js';

export const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const BATCH_ENTRIES = 256;

/** Entry of a folder, its name as the bytes that the file system keeps. */
export interface RawEntry {
  name: Buffer;
  isDirectory: boolean;
}

/** What a held folder is made of; every thread of the process can use it. */
export interface FolderState {
  path: readonly string[];
  /** Path under which the system reaches the folder that is held, whatever stands at its place by now. */
  base: string;
  descriptor: number;
  /** Somebody else closes it. */
  isKept?: boolean;
}

/**
 * A folder held open. What is done in it goes through its descriptor where the system has a path for one, so that a link
 * put in the folder's place in the meantime leads nowhere.
 */
export class HeldFolder {
  private record: StatRecord | null = null;
  private held: HeldFolder | null = null;

  constructor(
    readonly disk: Disk,
    readonly state: FolderState,
  ) {}

  /** The same folder for somebody who may close it, which does nothing. */
  kept(): HeldFolder {
    return (this.held ??= new HeldFolder(this.disk, { ...this.state, isKept: true }));
  }

  get path(): readonly string[] {
    return this.state.path;
  }

  /** Where an entry is; a name that is not one segment is refused here for every use. */
  at(name: string): string {
    assertSegment(name);
    return `${this.state.base}/${name}`;
  }

  /** Stats of the entry itself, never of what a link points to; null when there is none. */
  stats(name: string | Buffer): BigIntStats | null {
    const path = typeof name === 'string' ? this.at(name) : Buffer.concat([Buffer.from(`${this.state.base}/`), name]);
    return this.disk.look(path) ?? null;
  }

  /** Likewise, for many names one after the other: what it tells holds until the next look into the same memory. */
  look(name: string, into: StatRecord = (this.record ??= new StatRecord())): StatRecord | null {
    assertSegment(name);
    const looked = this.disk.statIn(this.state.descriptor, name, into.bytes);
    if (looked !== 'REFUSED') return looked === 'FOUND' ? into : null;
    // An error is told by the other way.
    const stats = this.stats(name);
    return stats && into.fill(stats);
  }

  /** Streams the entries in batches, in the order of the file system. */
  *batches(): Generator<RawEntry[]> {
    const directory = this.disk.opendir(this.state.base, BATCH_ENTRIES);
    try {
      let batch: RawEntry[] = [];
      for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
        batch.push({ name: Buffer.from(entry.name as unknown as Buffer), isDirectory: entry.isDirectory() });
        if (batch.length < BATCH_ENTRIES) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } finally {
      directory.closeSync();
    }
  }

  /** Makes the folder's entries durable, where the file system can. */
  sync(): void {
    try {
      this.disk.sync(this.state.descriptor);
    } catch (cause) {
      if (!['EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR'].includes(codeOf(cause) ?? '')) throw cause;
    }
  }

  /** Nanoseconds since 1970. */
  setTime(accessed: bigint, modified: bigint): void {
    setTime(this.disk, this.state.descriptor, accessed, modified);
  }

  close(): void {
    if (!this.state.isKept) this.disk.close(this.state.descriptor);
  }
}

/** A name in a folder that is held. */
export interface Entry {
  folder: HeldFolder;
  name: string;
}

export const placeOf = ({ folder, name }: Entry): string => folder.at(name);

/** Holds a folder in a folder that is held; the system does not follow a link in its place. */
export function holdChild(above: HeldFolder, name: string): HeldFolder {
  const { disk } = above;
  const descriptor = disk.open(above.at(name), DIRECTORY);
  const byDescriptor = `/proc/self/fd/${descriptor}`;
  const base = linkTarget(disk, byDescriptor) === null ? above.at(name) : byDescriptor;
  return new HeldFolder(disk, { path: [...above.path, name], base, descriptor });
}

/** Where a link leads; null where there is none. */
export function linkTarget(disk: Disk, path: string): string | null {
  try {
    return disk.readlink(path);
  } catch (cause) {
    // The path of a deep folder may be longer than what a link may tell; the descriptor is there all the same.
    return codeOf(cause) === 'ENAMETOOLONG' ? '' : null;
  }
}
