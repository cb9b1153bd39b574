import { constants } from 'node:fs';
import type { PlatformError } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { HeldFolder } from './held-folder.js';
import type { HoldingRoot } from './share-root.js';
import { discardFile, publishFile, readyFile } from './write.js';
import type { FileToWrite, Finish, PublishedFile, ReadyFile, UnfinishedFile } from './write.js';

/** So many files, or so much, become durable at once. */
const BATCH_FILES = 256;
const BATCH_BYTES = 64 * 1024 * 1024;

/** What became of a file, beside what was known about it. */
export interface Published<T> {
  about: T;
  outcome: PublishedFile | { error: PlatformError };
}

interface Waiting<T> {
  about: T;
  ready: ReadyFile;
}

interface Named<T> {
  about: T;
  path: readonly string[];
  published: PublishedFile;
}

/**
 * Files that become durable together: their bytes before they get their names, their names before anybody is told of them.
 * One call for all costs less than a second for 20,000 files, where one for each costs half a minute.
 */
export class PublishingBatch<T> {
  private waiting: Waiting<T>[] = [];
  private named: Named<T>[] = [];
  private failed: Published<T>[] = [];
  private bytes = 0;

  /** `isDurable`: nothing is told before it would outlast a loss of power. */
  constructor(
    private readonly share: HoldingRoot,
    private readonly isDurable: boolean,
  ) {}

  get isFull(): boolean {
    return !this.isDurable || this.waiting.length >= BATCH_FILES || this.bytes >= BATCH_BYTES || this.share.isFull;
  }

  /** Takes a file over that is written to its end. */
  add(begun: UnfinishedFile, request: FileToWrite, finish: Finish, about: T): void {
    const ready = readyFile(this.share, begun, { ...request, fsync: 'never' }, finish);
    this.waiting.push({ about, ready: { ...ready, request } });
    this.bytes += finish.size;
  }

  /** Gives all files their names; returns what became of those whose names are as durable as they have to be by now. */
  publish(): Published<T>[] {
    this.sync();
    const settled = this.taken();
    for (const { about, ready } of this.waiting.splice(0)) {
      const { path } = ready.request;
      this.attempt(about, path, () => {
        this.named.push({ about, path, published: publishFile(this.share, ready) });
      });
    }
    this.bytes = 0;
    return this.isDurable ? settled : [...settled, ...this.taken()];
  }

  /** Makes the last names durable and returns what became of their files. */
  settle(): Published<T>[] {
    this.sync();
    return this.taken();
  }

  /** Takes away what has no name yet. */
  discard(): void {
    for (const { ready } of this.waiting.splice(0)) discardFile(this.share, ready.file);
  }

  private taken(): Published<T>[] {
    const named = this.named.splice(0).map(({ about, published }) => ({ about, outcome: published }));
    return [...this.failed.splice(0), ...named];
  }

  private sync(): void {
    if (!this.isDurable || this.waiting.length + this.named.length === 0) return;
    const files = [
      ...this.waiting.map(({ ready }) => ({ stats: ready.stats, path: ready.request.path })),
      ...this.named.map(({ published, path }) => ({ stats: published.stats, path })),
    ];
    // Another file system may be mounted in a folder of the share.
    const folders = new Map(files.map(({ stats, path }) => [stats.dev, path.slice(0, -1)]));
    if ([...folders.values()].every((folder) => this.syncWhole(folder))) return;
    this.waiting = this.waiting.filter(({ about, ready }) =>
      this.attempt(about, ready.request.path, () => this.syncBytes(ready)),
    );
    this.named = this.named.filter(({ about, path }) => this.attempt(about, path, () => this.syncName(path)));
  }

  /** False where the file system as a whole cannot be made durable, or an error came up, which the file concerned will tell. */
  private syncWhole(folder: readonly string[]): boolean {
    const { disk, facts } = this.share;
    if (!facts.traits.syncsAsWhole) return false;
    try {
      return this.share.within(folder, ({ state }) => disk.syncFileSystem(state.descriptor));
    } catch {
      return false;
    }
  }

  private syncBytes({ file }: ReadyFile): void {
    const { disk } = this.share;
    let descriptor: number | null = null;
    try {
      descriptor = disk.open(new HeldFolder(disk, file.folder).at(file.name ?? ''), constants.O_RDONLY);
      disk.sync(descriptor);
    } catch (cause) {
      discardFile(this.share, file);
      throw cause;
    } finally {
      if (descriptor !== null) disk.close(descriptor);
    }
  }

  private syncName(path: readonly string[]): void {
    this.share.within(path.slice(0, -1), (folder) => folder.sync());
  }

  /** What fails is the outcome of its file alone; false then. */
  private attempt(about: T, path: readonly string[], work: () => void): boolean {
    try {
      work();
      return true;
    } catch (cause) {
      this.failed.push({ about, outcome: { error: platformError(cause, path) } });
      return false;
    }
  }
}
