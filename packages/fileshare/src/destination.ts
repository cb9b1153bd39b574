import { createHash } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';
import type {
  Call,
  Content,
  Description,
  Destination,
  DirectTransfers,
  FolderRequest,
  Item,
  ModificationTime,
  Platform,
  RemoveRequest,
  RestoreRequest,
  Trash,
  WriteRequest,
  Written,
} from '@sluice/core/platform';
import { FileshareDirect } from './direct.js';
import { assertProved } from './disk/direct-content.js';
import { givenIn } from './disk/given.js';
import type { ShareFacts } from './disk/share-root.js';
import type { FileToWrite, FinishedFile } from './disk/write.js';
import type { ShareDurability } from './durability.js';
import { translated } from './errors.js';
import type { Lane } from './lane.js';
import { assertChangeable } from './paths.js';
import type { Share } from './share.js';
import { assertRunning } from './signal.js';
import { FileshareSource } from './source.js';
import { Unfinished } from './unfinished.js';
import { assertGiven, UnkeptNotes } from './unkept-notes.js';
import type { WriteRequests } from './write-requests.js';

export class FileshareDestination implements Destination {
  private readonly notes = new UnkeptNotes();

  constructor(
    private readonly share: Share,
    private readonly requests: WriteRequests,
    readonly durability: ShareDurability,
  ) {}

  async ensureFolder(request: FolderRequest, call: Call): Promise<Item> {
    const path = [...request.parent.path, request.name];
    const { item, unkept } = await this.change(path, call, (facts, lane) =>
      lane.call('ensureFolder', facts, path, request.inDoubtSince ? call.owner : null, givenIn(request)),
    );
    this.notes.keepForNext(unkept, call.owner);
    if (this.requests.durability === 'FILE') await this.syncFolder(path, call);
    return item;
  }

  async describe(item: Item, description: Description, call: Call): Promise<Item> {
    const given = givenIn(description);
    if (!given) return item;
    const isDurable = this.requests.durability === 'FILE';
    const described = await this.change(item.path, call, (facts, lane) =>
      lane.call('describe', facts, item, given, isDurable),
    );
    assertGiven(described.unkept, item.path);
    await this.durability.settle?.(call);
    return described.item;
  }

  async write(request: WriteRequest, call: Call): Promise<Written> {
    const file = this.requests.fileOf(request, call);
    const { path } = file;
    assertRunning(call.signal);
    return translated(path, async () => {
      assertChangeable(path);
      const facts = await this.share.wait(call.signal, () => this.share.facts());
      const earlier = request.inDoubtSince ? await this.earlierTry(facts, file, request, call) : null;
      // It was compared byte by byte.
      if (earlier) return { item: earlier, verifiedBy: 'CHECKSUM', wasAlreadyThere: true };
      const { item, unkept } = await this.store(facts, file, request, call);
      const verifiedBy = request.expectedSha256 ? 'CHECKSUM' : 'SIZE';
      return { item, verifiedBy, wasAlreadyThere: false, ...this.notes.noteOf(unkept, call.owner) };
    });
  }

  /** The file that an earlier try left: not the version to be replaced, and with this very content. */
  private async earlierTry(
    facts: ShareFacts,
    file: FileToWrite,
    { content }: WriteRequest,
    call: Call,
  ): Promise<Item | null> {
    const { share } = this;
    const item = await share.wait(call.signal, () => share.lane.call('earlier', facts, file, content.size));
    if (!item) return null;
    const [there, wanted] = [await digest(this.readBack(item, call)), await digest(received(content))];
    return there === wanted ? item : null;
  }

  private async store(facts: ShareFacts, file: FileToWrite, request: WriteRequest, call: Call): Promise<FinishedFile> {
    const unfinished = await Unfinished.begin(this.share, facts, file, call);
    try {
      await append(unfinished, request.content, call.signal);
      if (request.expectedSha256) assertProved(await unfinished.sha256(), request.expectedSha256(), file.path);
      return await unfinished.finish({ size: request.content.size, time: this.requests.timeOf(request) });
    } finally {
      await unfinished.discard();
    }
  }

  async setFolderTime(folder: Item, time: ModificationTime, call: Call): Promise<void> {
    const times = this.requests.timeOf(time);
    if (!times) return;
    await this.share.work(folder.path, call, (facts, lane) =>
      lane.call('setFolderTime', facts, folder.path, times.accessed, times.modified),
    );
  }

  readonly removesForGood = true;
  readonly keepsReplaced = 'TRASH';

  async remove(request: RemoveRequest, call: Call): Promise<void> {
    await this.change(request.item.path, call, (facts, lane) =>
      lane.call('remove', facts, request, this.requests.doer(call)),
    );
    await this.sync([request.item.path], call);
  }

  async restore(request: RestoreRequest, call: Call): Promise<Item> {
    const path = [...request.parent.path, request.name];
    const item = await this.change(path, call, (facts, lane) =>
      lane.call('restore', facts, request, this.requests.doer(call)),
    );
    await this.sync([path], call);
    return item;
  }

  async move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    const path = [...to.parent.path, to.name];
    const moved = await this.change(path, call, (facts, lane) =>
      lane.call('move', facts, item, path, this.requests.doer(call)),
    );
    await this.sync([path, item.path], call);
    return moved;
  }

  async trashed(root: readonly string[], call: Call): Promise<Date[]> {
    const times = await this.share.work(root, call, (facts, lane) => lane.call('trashedTimes', facts, root));
    return times.map((time) => new Date(time));
  }

  emptyTrash(trash: Trash & { at: Date }, call: Call): AsyncIterable<number> {
    return this.share.steps(trash.root, call, (facts, lane) => lane.stream('emptyTrash', facts, trash));
  }

  readBack(item: Item, call: Call): AsyncIterable<Uint8Array> {
    return this.share.steps(item.path, call, (facts, lane) => lane.stream('read', facts, item));
  }

  direct({ source }: Platform): DirectTransfers | null {
    if (!(source instanceof FileshareSource)) return null;
    return new FileshareDirect({ from: source.share, to: this.share, requests: this.requests, notes: this.notes });
  }

  /** Makes a short change of a folder's entries. */
  private async change<T>(
    path: readonly string[],
    call: Call,
    work: (facts: ShareFacts, lane: Lane) => Promise<T>,
  ): Promise<T> {
    assertRunning(call.signal);
    assertChangeable(path);
    return this.share.work(path, call, work);
  }

  /**
   * Nothing that the ledger could look at again tells of a move or a removal that is undone: both are durable when told,
   * what came to a folder before what left one.
   */
  private async sync(paths: readonly (readonly string[])[], call: Call): Promise<void> {
    await this.durability.settle?.(call);
    if (this.requests.durability === 'FILE') for (const path of paths) await this.syncFolder(path, call);
  }

  private async syncFolder(path: readonly string[], call: Call): Promise<void> {
    await this.share.work(path, call, (facts, lane) => lane.call('syncFolder', facts, path.slice(0, -1)));
  }
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

async function append(file: Unfinished, content: Content, signal: AbortSignal): Promise<void> {
  let size = 0;
  for await (const chunk of received(content)) {
    assertRunning(signal);
    size += chunk.length;
    if (size > content.size) break;
    await file.append(chunk);
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
