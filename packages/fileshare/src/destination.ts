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
import type { Keeping } from './disk/keep-manifest.js';
import { withKept } from './disk/manifest.js';
import type { ShareFacts } from './disk/share-root.js';
import type { FileToWrite, FinishedFile } from './disk/write.js';
import type { ShareDurability } from './durability.js';
import { translated } from './errors.js';
import type { Lane } from './lane.js';
import { keptItem, Manifests, unkeptBy } from './manifests.js';
import { assertChangeable } from './paths.js';
import type { Share } from './share.js';
import { assertRunning } from './signal.js';
import { FileshareSource } from './source.js';
import { Unfinished } from './unfinished.js';
import { assertGiven, UnkeptNotes } from './unkept-notes.js';
import type { WriteRequests } from './write-requests.js';

export class FileshareDestination implements Destination {
  private readonly notes = new UnkeptNotes();
  private readonly manifests: Manifests;

  constructor(
    private readonly share: Share,
    private readonly requests: WriteRequests,
    readonly durability: ShareDurability,
  ) {
    this.manifests = new Manifests(share, requests);
  }

  async ensureFolder(request: FolderRequest, call: Call): Promise<Item> {
    const path = [...request.parent.path, request.name];
    const how = { isInDoubt: request.inDoubtSince !== undefined, given: this.requests.givenOf(request) };
    const keeping = await this.keepOfFolder(path, request, call);
    const { item, unkept } = await this.change(path, call, (facts, lane) =>
      lane.call('ensureFolder', facts, path, how, this.requests.doer(call)),
    );
    this.notes.keepForNext([...unkept, ...unkeptBy(keeping)], call.owner);
    if (this.requests.durability === 'FILE') await this.syncFolder(path, call);
    return this.asKept(item, call);
  }

  async describe(item: Item, description: Description, call: Call): Promise<Item> {
    const [given, change] = [this.requests.givenOf(description), this.requests.changeOf(description)];
    if (!given && !change) return item;
    const isDurable = this.requests.durability === 'FILE';
    const described = await this.change(item.path, call, (facts, lane) =>
      lane.call('describe', facts, item, given ?? {}, isDurable),
    );
    const keeping = await this.manifests.keep(item.path, change ?? {}, false, call);
    assertGiven([...described.unkept, ...unkeptBy(keeping)], item.path);
    await this.durability.settle?.(call);
    return keptItem(described.item, keeping);
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
      if (earlier) return { item: await this.asKept(earlier, call), verifiedBy: 'CHECKSUM', wasAlreadyThere: true };
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
      // Before it has its name, so that no crash leaves it without what belongs to it.
      const keeping = await this.keepOf(file.path, request, call);
      const time = this.requests.timeOf(request);
      const { item, unkept } = await unfinished.finish({ size: request.content.size, time });
      return { item: keptItem(item, keeping), unkept: [...unkept, ...unkeptBy(keeping)] };
    } finally {
      await unfinished.discard();
    }
  }

  private keepOf(path: readonly string[], request: Omit<WriteRequest, 'content'>, call: Call): Promise<Keeping> {
    return this.manifests.keep(path, this.requests.changeOf(request) ?? {}, !request.replaces, call);
  }

  /** What stands there by now keeps what it has. */
  private async keepOfFolder(path: readonly string[], request: FolderRequest, call: Call): Promise<Keeping> {
    const change = this.requests.changeOf(request);
    if (!change) return { kept: null };
    const there = await this.share.work(path, call, (facts, lane) => lane.call('find', facts, path));
    return there ? { kept: null } : this.manifests.keep(path, change, true, call);
  }

  /** The item with what the manifest of its folder keeps of it. */
  private async asKept(item: Item, call: Call): Promise<Item> {
    if (!this.requests.hasManifest) return item;
    const kept = await this.share.work(item.path, call, (facts, lane) => lane.call('kept', facts, item.path));
    return withKept(item, kept);
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
    return this.asKept(item, call);
  }

  async move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    const path = [...to.parent.path, to.name];
    const work = () =>
      this.change(path, call, (facts, lane) => lane.call('move', facts, item, path, this.requests.doer(call)));
    const { moved, keeping } = await this.manifests.carry(item.path, path, call, work);
    await this.sync([path, item.path], call);
    return keptItem(moved, keeping);
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
    const { share: to, requests, notes, manifests } = this;
    return new FileshareDirect({ from: source.share, to, requests, notes, manifests });
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
