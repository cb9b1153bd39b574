import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { PlatformError } from '@sluice/core/platform';
import type {
  Call,
  Content,
  Destination,
  FolderRequest,
  Item,
  ModificationTime,
  RemoveRequest,
  WriteRequest,
  Written,
} from '@sluice/core/platform';
import { nanosecondsOf } from './adapter.js';
import type { HeldFolder, ShareClient } from './client.js';
import { setTime } from './set-time.js';
import { codeOf, nameTaken, translated } from './errors.js';
import { assertLegal, shown } from './paths.js';
import { assertRunning, obedient, obey } from './signal.js';
import { bytesOf, CHUNK_BYTES } from './source.js';
import { moveToFreeName, removeAbandoned, TemporaryFile } from './temporary.js';
import { keepFile, keepFolder } from './trash.js';

/** `file`: a file and its folder are durable before a write succeeds; `always`: folders, moves and removals too. */
export type SyncPolicy = 'always' | 'file' | 'never';

export interface DestinationParts {
  client: ShareClient;
  now: () => number;
  random: () => number;
  fsync: SyncPolicy;
}

export class FileshareDestination implements Destination {
  private readonly client: ShareClient;

  constructor(private readonly parts: DestinationParts) {
    this.client = parts.client;
  }

  async ensureFolder(request: FolderRequest, call: Call): Promise<Item> {
    const path = [...request.parent.path, request.name];
    return this.change(path, call, async (folder) => {
      if (request.inDoubtSince) await removeAbandoned(folder, this.parts.now());
      await mkdir(folder.at(request.name)).catch((cause: unknown) => {
        if (codeOf(cause) !== 'EEXIST') throw cause;
      });
      const stats = await folder.stats(request.name);
      if (!stats?.isDirectory()) throw nameTaken(path);
      return this.itemOf(path, stats);
    });
  }

  async write(request: WriteRequest, call: Call): Promise<Written> {
    const path = request.replaces?.path ?? [...request.parent.path, request.name];
    return this.inFolder(path, call, async (folder) => {
      const earlier = request.inDoubtSince ? await this.earlierTry(folder, path, request) : null;
      // It was compared byte by byte.
      if (earlier) return { item: earlier, verifiedBy: 'CHECKSUM', wasAlreadyThere: true };
      await this.assertReplaceable(folder, path, request);
      const item = await this.writeAndPublish(folder, path, request, call.signal);
      return { item, verifiedBy: request.expectedSha256 ? 'CHECKSUM' : 'SIZE', wasAlreadyThere: false };
    });
  }

  /** The file that an earlier try left: not the version to be replaced, and with this very content. */
  private async earlierTry(folder: HeldFolder, path: readonly string[], request: WriteRequest): Promise<Item | null> {
    await removeAbandoned(folder, this.parts.now());
    const stats = await folder.stats(path.at(-1) ?? '');
    const item = stats?.isFile() ? this.itemOf(path, stats) : null;
    if (!item || item.version === request.replaces?.version || item.size !== request.content.size) return null;
    const [there, wanted] = [await digest(bytesOf(this.client, item)), await digest(received(request.content))];
    return there === wanted ? item : null;
  }

  private async assertReplaceable(folder: HeldFolder, path: readonly string[], request: WriteRequest): Promise<void> {
    const there = await folder.stats(path.at(-1) ?? '');
    if (!request.replaces) {
      if (there) throw nameTaken(path);
      return;
    }
    const isKnown = there?.isFile() === true && this.itemOf(path, there).version === request.replaces.version;
    if (!isKnown) throw new PlatformError('CONFLICT', `“${shown(path)}” is no longer the version to be replaced.`);
  }

  private async writeAndPublish(
    folder: HeldFolder,
    path: readonly string[],
    request: WriteRequest,
    signal: AbortSignal,
  ): Promise<Item> {
    const name = path.at(-1) ?? '';
    const file = await TemporaryFile.create(folder, this.parts.random);
    try {
      await store(file.handle, request.content, signal);
      await this.dress(file.handle, request, request.replaces ? await folder.stats(name) : null);
      if (request.expectedSha256) await prove(file.handle, request.expectedSha256(), path, signal);
      const item = this.itemOf(path, await file.finish());
      if (item.size !== request.content.size) throw wrongSize(path);
      await this.assertReplaceable(folder, path, request);
      await (request.replaces ? file.publishOver(name) : file.publishAs(name));
      if (this.parts.fsync !== 'never') await folder.sync();
      return item;
    } finally {
      await file.discard();
    }
  }

  /** Gives the file its times and the mode of the one that it replaces. Times come last: delayed writes would move them. */
  private async dress(file: FileHandle, request: WriteRequest, replaced: BigIntStats | null): Promise<void> {
    if (replaced) await file.chmod(Number(replaced.mode & 0o777n));
    if (this.parts.fsync !== 'never') await file.sync();
    const modified = nanosecondsOf(request);
    if (modified !== null) await setTime(file, this.accessed(), modified);
  }

  async setFolderTime(folder: Item, time: ModificationTime, call: Call): Promise<void> {
    const modified = nanosecondsOf(time);
    if (modified === null) return;
    await obey(call.signal, () =>
      translated(folder.path, () => this.client.within(folder.path, (held) => held.setTime(this.accessed(), modified))),
    );
  }

  private accessed(): bigint {
    return nanosecondsOf({ modifiedAt: new Date(this.parts.now()) }) ?? 0n;
  }

  async remove(request: RemoveRequest, call: Call): Promise<void> {
    const { item } = request;
    await this.change(item.path, call, async (folder) => {
      const current = await this.existing(folder, item);
      if (current.kind !== item.kind || current.version !== item.version) throw changedMeanwhile(item.path);
      if (item.kind === 'FOLDER') await this.removeFolder(request, folder);
      else await this.removeFile(request, folder);
    });
  }

  private async removeFolder(request: RemoveRequest, folder: HeldFolder): Promise<void> {
    await this.client.within(request.item.path, (inner) => removeAbandoned(inner, this.parts.now()));
    await keepFolder(this.client, request, folder);
  }

  /** What was moved to the trash is compared once more there: a change of the last moment brings it back. */
  private async removeFile(request: RemoveRequest, folder: HeldFolder): Promise<void> {
    const { item } = request;
    const kept = await keepFile(this.client, request, folder);
    try {
      const stats = await kept.stats();
      if (stats && this.client.itemOf(item.path, stats)?.version === item.version) return;
      await kept.putBack(folder, item.path.at(-1) ?? '');
      throw changedMeanwhile(item.path);
    } finally {
      await kept.close();
    }
  }

  async move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    const path = [...to.parent.path, to.name];
    assertLegal(item.path);
    return this.change(path, call, (target) =>
      this.client.within(item.path.slice(0, -1), async (folder) => {
        const current = await this.existing(folder, item);
        const [from, place] = [
          { folder, name: item.path.at(-1) ?? '' },
          { folder: target, name: to.name },
        ];
        if (this.isOnlyRecased(item.path, path)) await rename(folder.at(from.name), target.at(to.name));
        else if (current.kind === 'FILE') await moveToFreeName(from, place);
        else await moveFolder(folder.at(from.name), target.at(to.name));
        const stats = await target.stats(to.name);
        if (!stats) throw new PlatformError('CONFLICT', `“${shown(path)}” was taken away again.`);
        if (this.parts.fsync === 'always') await folder.sync();
        return this.itemOf(path, stats);
      }),
    );
  }

  private isOnlyRecased(from: readonly string[], to: readonly string[]): boolean {
    return this.client.traits.foldsCase && from.join('/').toLowerCase() === to.join('/').toLowerCase();
  }

  readBack(item: Item, call: Call): AsyncIterable<Uint8Array> {
    return obedient(call.signal, bytesOf(this.client, item));
  }

  private async existing(folder: HeldFolder, item: Item): Promise<Item> {
    const stats = await folder.stats(item.path.at(-1) ?? '');
    if (!stats) throw new PlatformError('NOT_FOUND', `“${shown(item.path)}” does not exist any more.`);
    return this.itemOf(item.path, stats);
  }

  private itemOf(path: readonly string[], stats: BigIntStats): Item {
    const item = this.client.itemOf(path, stats);
    if (item) return item;
    throw new PlatformError('SPECIAL_FILE', `“${shown(path)}” is a link, pipe, socket or device.`);
  }

  /** Makes a short change of a folder's entries; the wait for a share that does not answer ends with the signal. */
  private async change<T>(path: readonly string[], call: Call, work: (folder: HeldFolder) => Promise<T>): Promise<T> {
    return obey(call.signal, () =>
      this.inFolder(path, call, async (folder) => {
        const outcome = await work(folder);
        if (this.parts.fsync === 'always') await folder.sync();
        return outcome;
      }),
    );
  }

  private async inFolder<T>(path: readonly string[], call: Call, work: (folder: HeldFolder) => Promise<T>): Promise<T> {
    return translated(path, async () => {
      assertRunning(call.signal);
      assertLegal(path);
      if (path.length === 0) throw new PlatformError('REJECTED', 'The root itself cannot be changed.');
      return this.client.within(path.slice(0, -1), work);
    });
  }
}

function changedMeanwhile(path: readonly string[]): PlatformError {
  return new PlatformError('CONFLICT', `“${shown(path)}” has changed meanwhile and was not removed.`);
}

/** Reads the unpublished file back and compares it with what was sent. */
async function prove(file: FileHandle, expected: string, path: readonly string[], signal: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    assertRunning(signal);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  if (hash.digest('hex') === expected) return;
  throw new PlatformError('VERIFICATION_FAILED', `“${shown(path)}” gave other bytes when it was read back.`, {
    remedy: 'Retry; if it fails again, check the disk of the share.',
  });
}

function wrongSize(path: readonly string[]): PlatformError {
  return new PlatformError('VERIFICATION_FAILED', `“${shown(path)}” has another size than what was written.`);
}

/** The content's bytes; whatever goes wrong with them is a `PlatformError`. */
async function* received(content: Content): AsyncGenerator<Uint8Array> {
  try {
    yield* content.read();
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw new PlatformError('CONTENT_INCOMPLETE', 'The content could not be read to its end.', { cause });
  }
}

async function store(file: FileHandle, content: Content, signal: AbortSignal): Promise<void> {
  let size = 0;
  for await (const chunk of received(content)) {
    assertRunning(signal);
    size += chunk.length;
    if (size > content.size) break;
    for (let start = 0; start < chunk.length;) start += (await file.write(chunk, start)).bytesWritten;
  }
  assertRunning(signal);
  if (size === content.size) return;
  throw new PlatformError('CONTENT_INCOMPLETE', `${size} of ${content.size} bytes arrived.`);
}

async function digest(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** Makes an empty folder under the new name first, so that the move cannot replace a folder that another program makes there. */
async function moveFolder(before: string, after: string): Promise<void> {
  await mkdir(after);
  try {
    await rename(before, after);
  } catch (cause) {
    await rmdir(after).catch(() => undefined);
    throw cause;
  }
}
