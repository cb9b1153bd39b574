import { constants } from 'node:fs';
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, mkdir, open, opendir, readlink, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { PlatformError } from '@sluice/core/platform';
import type { Item } from '@sluice/core/platform';
import { itemOf } from './adapter.js';
import { codeOf } from './errors.js';
import { setTime } from './set-time.js';
import { assertLegal, assertSegment, shown } from './paths.js';

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const BATCH_ENTRIES = 64;

/** Entry of a folder, its name as the bytes that the file system keeps. */
export interface RawEntry {
  name: Buffer;
  isDirectory: boolean;
}

/**
 * A folder held open. What is done in it goes through its descriptor where the system has a path for one, so that a link
 * put in the folder's place in the meantime leads nowhere.
 */
export class HeldFolder {
  constructor(
    readonly path: readonly string[],
    private readonly base: string,
    private readonly handle: FileHandle,
  ) {}

  /** Where an entry is; a name that is not one segment is refused here for every use. */
  at(name: string): string {
    assertSegment(name);
    return `${this.base}/${name}`;
  }

  /** Stats of the entry itself, never of what a link points to; null when there is none. */
  async stats(name: string | Buffer): Promise<BigIntStats | null> {
    const path = typeof name === 'string' ? this.at(name) : Buffer.concat([Buffer.from(`${this.base}/`), name]);
    return lstat(path, { bigint: true }).catch((cause: unknown) => {
      if (codeOf(cause) === 'ENOENT') return null;
      throw cause;
    });
  }

  /** Streams the entries in batches, in the order of the file system. */
  async *batches(): AsyncGenerator<RawEntry[]> {
    const encoding = 'buffer' as BufferEncoding;
    const directory = await opendir(this.base, { encoding, bufferSize: BATCH_ENTRIES });
    let batch: RawEntry[] = [];
    for await (const entry of directory as AsyncIterable<Dirent<string | Buffer>>) {
      batch.push({ name: Buffer.from(entry.name as Buffer), isDirectory: entry.isDirectory() });
      if (batch.length < BATCH_ENTRIES) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** Makes the folder's entries durable, where the file system can. */
  async sync(): Promise<void> {
    await this.handle.sync().catch((cause: unknown) => {
      if (!['EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR'].includes(codeOf(cause) ?? '')) throw cause;
    });
  }

  /** Nanoseconds since 1970. */
  async setTime(accessed: bigint, modified: bigint): Promise<void> {
    await setTime(this.handle, accessed, modified);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** What was found out about the file system of a share. */
export interface ShareTraits {
  foldsCase: boolean;
  hasStableInodes: boolean;
}

/** The only way to the share's files: every path is checked, and stays below the root. */
export class ShareClient {
  private known: { path: string; inode: bigint } | null = null;

  constructor(
    private readonly root: string,
    readonly traits: ShareTraits,
    private readonly admitRoot: (realRoot: string) => Promise<void> = async () => {},
  ) {}

  itemOf(path: readonly string[], stats: BigIntStats): Item | null {
    return itemOf(path, stats, this.traits.hasStableInodes);
  }

  /** Holds a folder open; links on the way to it are not followed. */
  async hold(path: readonly string[]): Promise<HeldFolder> {
    assertLegal(path);
    return this.holdBelow(path);
  }

  /** Like `hold`, also for the connector's own folders. Creates what is missing. */
  async holdOwn(path: readonly string[]): Promise<HeldFolder> {
    let folder = await this.holdBelow([]);
    for (const [index, name] of path.entries()) {
      try {
        await mkdir(folder.at(name)).catch((cause: unknown) => {
          if (codeOf(cause) !== 'EEXIST') throw cause;
        });
      } finally {
        await folder.close();
      }
      folder = await this.holdBelow(path.slice(0, index + 1));
    }
    return folder;
  }

  private async holdBelow(path: readonly string[]): Promise<HeldFolder> {
    const expected = [(await this.realRoot()).replace(/\/$/, ''), ...path].join('/') || '/';
    const handle = await open(expected, DIRECTORY);
    try {
      const byHandle = `/proc/self/fd/${handle.fd}`;
      const reached = await readlink(byHandle).catch(() => null);
      this.assertSame(reached ?? (await realpath(expected)), expected, path);
      return new HeldFolder(path, reached === null ? expected : byHandle, handle);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  private assertSame(reached: string, expected: string, path: readonly string[]): void {
    const fold = (text: string) => (this.traits.foldsCase ? text.normalize('NFC').toLowerCase() : text);
    if (fold(reached) === fold(expected)) return;
    throw new PlatformError(
      'NOT_FOUND',
      `“${shown(path)}” is not a folder of this share, or is behind a symbolic link.`,
    );
  }

  /**
   * The root without links. Once seen it has to stay the same folder: a share that is no longer mounted must not look
   * like an empty one.
   */
  async realRoot(): Promise<string> {
    const path = this.known?.path ?? (await realpath(this.root));
    if (this.known === null) await this.admitRoot(path);
    const stats = await stat(path, { bigint: true });
    if (!stats.isDirectory())
      throw new PlatformError('NOT_FOUND', 'The location is not a folder.', { remedy: 'Choose a folder.' });
    this.known ??= { path, inode: stats.ino };
    if (this.known.inode === stats.ino || !this.traits.hasStableInodes) return path;
    throw new PlatformError('UNREACHABLE', 'Another folder is now where the share was.', {
      remedy: 'Check that the share is mounted, then test the connection.',
    });
  }

  /** Runs the work in a folder that is held open for it. */
  async within<T>(path: readonly string[], work: (folder: HeldFolder) => Promise<T>): Promise<T> {
    const folder = await this.hold(path);
    try {
      return await work(folder);
    } finally {
      await folder.close();
    }
  }

  /** Null for what does not exist, is behind a link, or is neither file nor folder. */
  async find(path: readonly string[]): Promise<Item | null> {
    const name = path.at(-1);
    if (name === undefined) return this.itemOf([], await stat(await this.realRoot(), { bigint: true }));
    assertLegal(path);
    const stats = await this.within(path.slice(0, -1), (folder) => folder.stats(name));
    return stats && this.itemOf(path, stats);
  }
}
