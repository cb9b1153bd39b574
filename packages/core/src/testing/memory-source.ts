import { PlatformError } from '../platform/index.js';
import type {
  Address,
  ByteRange,
  Call,
  ChangeEntry,
  ChangesRequest,
  Details,
  Item,
  ListEntry,
  ListingProof,
  ListRequest,
  Source,
} from '../platform/index.js';
import { ItemFilter } from '../filter/index.js';
import { ChangeRecords } from './memory-changes.js';
import type { MemoryFaults } from './memory-faults.js';
import type { MemoryNode, MemoryTree } from './memory-tree.js';

const CHUNK_BYTES = 64 * 1024;

export function assertRunning(call: Call): void {
  if (call.signal.aborted) throw new PlatformError('ABORTED', 'The request was stopped.');
}

export function locate(tree: MemoryTree, address: Address): MemoryNode | null {
  return 'id' in address ? tree.byId(address.id) : tree.at(address.path);
}

interface MemorySourceOptions {
  tellsChanges?: boolean;
  tellsVersions?: boolean;
  tellsVersionSizes?: boolean;
  costOfVersions?: number;
}

export class MemorySource implements Source {
  readonly absence = 'LISTING' as const;
  /** Folders that may not be listed, by path joined with `/`. */
  readonly denied = new Map<string, PlatformError>();
  /** What the proofs of listings say instead of the truth. */
  claimed: Partial<ListingProof> = {};
  /** Present where the platform is to tell what changed. */
  readonly changes?: Source['changes'];
  /** Present where the platform is to give former contents. */
  readonly versions?: Source['versions'];
  readonly costOfVersions?: number;
  private readonly records = new ChangeRecords();
  claimedOfChanges: Partial<ListingProof> = {};
  /** Files that change after the first chunk of their next reading, with their new bytes. */
  readonly changing = new Map<string, () => void>();

  constructor(
    private readonly tree: MemoryTree,
    private readonly faults: MemoryFaults,
    {
      tellsChanges = false,
      tellsVersions = false,
      tellsVersionSizes = false,
      costOfVersions = 0,
    }: MemorySourceOptions = {},
  ) {
    if (tellsChanges) this.changes = (request, call) => this.changed(request, call);
    if (tellsVersions) this.versions = async (item, call) => this.versionsOf(item, call);
    tree.tellsVersions = tellsVersions;
    tree.tellsVersionSizes = tellsVersionSizes;
    if (costOfVersions > 0) this.costOfVersions = costOfVersions;
  }

  private versionsOf(item: Item, call: Call): Item[] {
    assertRunning(call);
    const node = this.tree.byId(item.id);
    if (!node) throw new PlatformError('NOT_FOUND', 'The file does not exist any more.');
    const { formerVersions = 0, formerSizes: _sizes, ...alone } = item;
    const former = Array.from({ length: formerVersions }, (_, index): Item => {
      const version = `${item.id}.${index + 1}`;
      const { bytes, modifiedAt, note } = this.tree.contents.get(version)!;
      const fields = { ...alone.fields, versionNotes: note ?? '' };
      return { ...alone, version, size: bytes.length, modifiedAt, isFormer: true, ...(note ? { fields } : {}) };
    });
    return [...former, item];
  }

  private async *changed({ folder: address, token, details }: ChangesRequest, call: Call): AsyncIterable<ChangeEntry> {
    assertRunning(call);
    const folder = locate(this.tree, address);
    const path = folder ? this.tree.pathOf(folder) : [];
    await this.faults.pass({ operation: 'changes', moment: 'before', path });
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist.');
    const next = this.records.take(this.tree);
    let seen = 0;
    for (const entry of this.records.changesSince(token, this.tree, folder, details)) {
      if (entry.type === 'item') seen += 1;
      yield entry;
    }
    await this.faults.pass({ operation: 'changes', moment: 'after', path });
    const total = this.tree.below(folder).length;
    yield { type: 'end', proof: { root: folder.id, seen, total, token: next, ...this.claimedOfChanges } };
  }

  async *list(request: ListRequest, call: Call): AsyncIterable<ListEntry> {
    assertRunning(call);
    const folder = locate(this.tree, request.folder);
    const path = folder ? this.tree.pathOf(folder) : [];
    await this.faults.pass({ operation: 'list', moment: 'before', path });
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist.');
    const token = this.changes && !request.isShallow ? { token: this.records.take(this.tree) } : {};
    let seen = 0;
    const filter = new ItemFilter(request.rules ?? [], 0);
    const enters = (item: Item) => !request.isShallow && filter.mayBeIn(item.path.slice(path.length), 'FOLDER');
    for await (const entry of this.walk(folder, enters, request.details, call)) {
      if (entry.type === 'item') seen += 1;
      yield entry;
    }
    await this.faults.pass({ operation: 'list', moment: 'after', path });
    yield { type: 'end', proof: { root: folder.id, seen, total: null, ...token, ...this.claimed } };
  }

  private async *walk(
    folder: MemoryNode,
    enters: (folder: Item) => boolean,
    details: Details | undefined,
    call: Call,
  ): AsyncIterable<ListEntry> {
    const path = this.tree.pathOf(folder);
    const error = this.denied.get(path.join('/'));
    if (error) {
      yield { type: 'problem', problem: { path, kind: 'FOLDER', error } };
      return;
    }
    const children = this.tree.children(folder);
    for (const child of children) {
      assertRunning(call);
      yield { type: 'item', item: this.tree.itemOf(child, details) };
    }
    for (const child of children)
      if (child.kind === 'FOLDER' && enters(this.tree.itemOf(child))) yield* this.walk(child, enters, details, call);
  }

  async *open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    assertRunning(call);
    await this.faults.pass({ operation: 'open', moment: 'before', path: item.path });
    yield* this.bytes(item, call, range);
    await this.faults.pass({ operation: 'open', moment: 'after', path: item.path });
  }

  /** Bytes of the version that the item names. */
  async *bytes(item: Item, call: Call, range: ByteRange = { start: 0 }): AsyncIterable<Uint8Array> {
    const bytes = this.currentBytes(item);
    const end = Math.min(range.end ?? bytes.length, bytes.length);
    for (let start = range.start; start < end; start += CHUNK_BYTES) {
      yield bytes.slice(start, Math.min(start + CHUNK_BYTES, end));
      assertRunning(call);
      this.changeIfAsked(item);
      this.currentBytes(item);
    }
  }

  private currentBytes(item: Item): Uint8Array {
    const node = this.tree.byId(item.id);
    if (!node) throw new PlatformError('NOT_FOUND', 'The file does not exist any more.');
    if (item.isFormer) return this.tree.contents.get(item.version ?? '')!.bytes;
    if (this.tree.itemOf(node).version !== item.version) {
      throw new PlatformError('CHANGED_DURING_READ', 'The file has changed since it was listed.');
    }
    return node.bytes;
  }

  private changeIfAsked(item: Item): void {
    const key = item.path.join('/');
    const change = this.changing.get(key);
    this.changing.delete(key);
    change?.();
  }
}
