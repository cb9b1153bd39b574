import type {
  Address,
  Call,
  Capabilities,
  Check,
  Destination,
  Details,
  DirectoryEntry,
  DirectoryKind,
  DirectTransfers,
  Item,
  Limits,
  Platform,
  PlatformError,
  PlatformKind,
  ModificationTime,
} from '../platform/index.js';
import { MemoryDestination } from './memory-destination.js';
import type { MemoryStorage } from './memory-destination.js';
import { MemoryDirect } from './memory-direct.js';
import { MemoryDirectory } from './memory-directory.js';
import { memoryCapabilities, memoryLimits, nameKey } from './memory-facts.js';
import { MemoryFaults } from './memory-faults.js';
import type { MemoryEvent, MemoryHook, MemoryOperation } from './memory-faults.js';
import { assertRunning, locate, MemorySource } from './memory-source.js';
import { MemoryTree } from './memory-tree.js';
import type { MemoryNode } from './memory-tree.js';
import type { Seed } from './seed.js';

/** A role, an optional function of the destination, or the proof of files before they get their names. */
export type MemoryRole =
  | 'source'
  | 'destination'
  | 'remove'
  | 'restore'
  | 'move'
  | 'describe'
  | 'directory'
  | 'readBack'
  | 'direct'
  | 'proof';

export interface MemoryPlatformOptions {
  kind?: PlatformKind;
  limits?: Partial<Limits>;
  capabilities?: Partial<Capabilities>;
  without?: readonly MemoryRole[];
  /** Whether it tells what changed since a listing. */
  tellsChanges?: boolean;
  /** Whether it gives the former contents of its files. */
  tellsVersions?: boolean;
  /** Whether a listing tells how large those are. */
  tellsVersionSizes?: boolean;
  /** Calls that asking for them costs. */
  costOfVersions?: number;
  /** Names that it knows; fields are one of each type unless they are given. */
  names?: Partial<Record<DirectoryKind, readonly DirectoryEntry[]>>;
  /** Identifier of the root folder; the same for all unless given. */
  rootId?: string;
  /** Epoch milliseconds for created and modified times; otherwise each change is a second later than the one before. */
  now?: () => number;
}

/** What can be changed of an item without a write. */
export type MemoryEdit = Partial<
  Pick<MemoryNode, 'lock' | 'isReadOnly' | 'description' | 'isPrivate' | 'fields' | 'tags'>
>;

const ALL: Details = { fields: 'ALL', tags: true };

/** A platform in memory, with what a test needs to prepare, see and break it. Paths are joined by `/`. */
export interface MemoryPlatform extends Platform {
  /** Puts files (with bytes) and folders (without) there, with their parents; an existing file gets a new version. */
  seed(entries: readonly Seed[]): void;
  /** All paths in order, folders with `/` at the end. */
  tree(): string[];
  /** All items in the order of `tree`, with the bytes of files. */
  all(): { item: Item; bytes: Uint8Array }[];
  bytes(path: string): Uint8Array | null;
  /** Versions ever stored under that path; 0 if there is no such file. */
  versions(path: string): number;
  /** Their contents as text, oldest first. */
  texts(path: string): string[];
  item(path: string): Item | null;
  /** Changes what the platform holds behind everyone's back. */
  edit(path: string, fields: MemoryEdit): void;
  removeBehind(path: string): void;
  failNext(operation: MemoryOperation, error: PlatformError, times?: number, moment?: MemoryEvent['moment']): void;
  /** Called before and after each effect; may throw or abort. Null takes it away. */
  onOperation(hook: MemoryHook | null): void;
  /** Makes a folder a problem of every listing; without error it can be listed again. */
  denyListing(path: string, error: PlatformError | null): void;
  /** So many of the next files that are written and not empty arrive with one bit flipped. */
  flipNext(files: number): void;
  /** The reply for the next file that is written has this note. */
  noteNext(note: string): void;
  /** The file gets these bytes after the first chunk of its next reading. */
  changeDuringRead(path: string, bytes: Uint8Array | string): void;
}

export function createMemoryPlatform(options: MemoryPlatformOptions = {}): MemoryPlatform {
  const memory = new Memory(options);
  const without = new Set(options.without ?? []);
  if (!without.has('source')) memory.source = memory.storage.source;
  if (!without.has('directory')) memory.directory = memory.storage.directory;
  if (!without.has('destination')) memory.destination = only(memory.writer, without);
  return memory;
}

function only(writer: MemoryDestination, without: ReadonlySet<MemoryRole>): Destination {
  return {
    ensureFolder: (request, call) => writer.ensureFolder(request, call),
    write: (request, call) => writer.write(request, call),
    setFolderTime: (folder, time, call) => writer.setFolderTime(folder, time, call),
    ...(without.has('remove') ? {} : { remove: (request, call) => writer.remove(request, call), removesForGood: true }),
    ...(without.has('restore')
      ? {}
      : { restore: (request, call) => writer.restore(request, call), keepsReplaced: writer.keepsReplaced }),
    ...(without.has('move') ? {} : { move: (item, to, call) => writer.move(item, to, call) }),
    ...(without.has('describe') ? {} : { describe: (item, fields, call) => writer.describe(item, fields, call) }),
    ...(without.has('readBack') ? {} : { readBack: (item, call) => writer.readBack(item, call) }),
    ...(without.has('proof') ? { withdraw: (request, call) => writer.withdraw(request, call) } : {}),
    ...(without.has('direct') ? {} : { direct: (from) => directFrom(from, writer) }),
  };
}

/** Only memory can be read directly by memory. */
function directFrom({ source }: Platform, writer: MemoryDestination): DirectTransfers | null {
  return source instanceof MemorySource ? new MemoryDirect(source, writer) : null;
}

function storageOf(options: MemoryPlatformOptions, capabilities: Capabilities): MemoryStorage {
  const limits = memoryLimits(options.limits);
  const tree = new MemoryTree(nameKey(limits), options.rootId ?? 'root');
  const faults = new MemoryFaults();
  let time = Date.UTC(2026, 0, 1);
  return {
    tree,
    faults,
    limits,
    source: new MemorySource(tree, faults, options),
    directory: new MemoryDirectory(faults, options.names),
    keepsTimes: capabilities.TIMESTAMP_PRESERVATION.level === 'FULL',
    keepsChecksum: capabilities.CONTENT_CHECKSUM.level === 'FULL',
    provesFirst: !(options.without ?? []).includes('proof'),
    flips: 0,
    note: null,
    now: () => new Date(options.now?.() ?? (time += 1000)),
  };
}

class Memory implements MemoryPlatform {
  readonly kind: PlatformKind;
  readonly capabilities: Capabilities;
  readonly limits: Limits;
  readonly storage: MemoryStorage;
  readonly writer: MemoryDestination;
  source?: MemorySource;
  directory?: MemoryDirectory;
  destination?: Destination;

  constructor(options: MemoryPlatformOptions) {
    this.kind = options.kind ?? 'OBJECT_STORAGE';
    this.capabilities = memoryCapabilities(options.capabilities);
    this.storage = storageOf(options, this.capabilities);
    this.limits = this.storage.limits;
    this.writer = new MemoryDestination(this.storage);
  }

  async find(address: Address, call: Call, details?: Details): Promise<Item | null> {
    assertRunning(call);
    const node = locate(this.storage.tree, address);
    const path = node ? this.storage.tree.pathOf(node) : [];
    await this.storage.faults.pass({ operation: 'find', moment: 'before', path });
    return node && this.storage.tree.itemOf(node, details);
  }

  async check(call: Call, writeProbeIn?: Address): Promise<Check[]> {
    assertRunning(call);
    await this.storage.faults.pass({ operation: 'check', moment: 'before', path: [] });
    const passed = (step: Check['step']): Check => ({ step, outcome: 'PASSED', message: null, remedy: null });
    return [passed('REACH_HOST'), passed('LIST_ROOT'), ...(writeProbeIn ? [passed('WRITE_PROBE')] : [])];
  }

  async close(): Promise<void> {}

  seed(entries: readonly Seed[]): void {
    for (const entry of entries) {
      const path = entry.path.split('/');
      const time = { modifiedAt: entry.modifiedAt ?? null, modifiedNanoseconds: entry.modifiedNanoseconds };
      if (entry.bytes !== undefined) this.store(this.file(path), entry.bytes, time, entry.note);
      else if (time.modifiedAt) Object.assign(this.folder(path), time);
      else this.folder(path);
    }
  }

  private store(node: MemoryNode, bytes: Uint8Array | string, time: ModificationTime, note?: string): void {
    this.writer.store(node, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, time, note);
  }

  private folder(path: readonly string[]): MemoryNode {
    const { tree } = this.storage;
    let node = tree.root;
    for (const name of path)
      node = tree.child(node, name) ?? tree.add(node, { kind: 'FOLDER', name, at: this.storage.now() });
    return node;
  }

  private file(path: readonly string[]): MemoryNode {
    const parent = this.folder(path.slice(0, -1));
    const name = path.at(-1) ?? '';
    const { tree } = this.storage;
    return tree.child(parent, name) ?? tree.add(parent, { kind: 'FILE', name, at: this.storage.now() });
  }

  private at(path: string): MemoryNode | null {
    return this.storage.tree.at(path === '' ? [] : path.split('/'));
  }

  private existing(path: string): MemoryNode {
    const node = this.at(path);
    if (!node) throw new Error(`The memory platform has no “${path}”.`);
    return node;
  }

  tree(): string[] {
    return this.inOrder().map(({ path }) => path);
  }

  all(): { item: Item; bytes: Uint8Array }[] {
    return this.inOrder().map(({ node }) => ({ item: this.storage.tree.itemOf(node, ALL), bytes: node.bytes }));
  }

  private inOrder(): { path: string; node: MemoryNode }[] {
    const { tree } = this.storage;
    const below = (folder: MemoryNode, start: string): { path: string; node: MemoryNode }[] =>
      tree.children(folder).flatMap((node) => {
        const path = `${start}${node.name}`;
        return node.kind === 'FILE' ? [{ path, node }] : [{ path: `${path}/`, node }, ...below(node, `${path}/`)];
      });
    return below(tree.root, '').sort((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
  }

  bytes(path: string): Uint8Array | null {
    const node = this.at(path);
    return node?.kind === 'FILE' ? node.bytes : null;
  }

  versions(path: string): number {
    return this.at(path)?.versions ?? 0;
  }

  texts(path: string): string[] {
    const { id, versions } = this.existing(path);
    const { contents } = this.storage.tree;
    return Array.from({ length: versions }, (_, index) =>
      new TextDecoder().decode(contents.get(`${id}.${index + 1}`)?.bytes),
    );
  }

  item(path: string): Item | null {
    const node = this.at(path);
    return node && this.storage.tree.itemOf(node, ALL);
  }

  edit(path: string, fields: MemoryEdit): void {
    Object.assign(this.existing(path), fields);
  }

  removeBehind(path: string): void {
    this.storage.tree.remove(this.existing(path));
  }

  failNext(
    operation: MemoryOperation,
    error: PlatformError,
    times = 1,
    moment: MemoryEvent['moment'] = 'before',
  ): void {
    this.storage.faults.plan({ operation, error, times, moment });
  }

  onOperation(hook: MemoryHook | null): void {
    this.storage.faults.hook = hook;
  }

  denyListing(path: string, error: PlatformError | null): void {
    if (error) this.storage.source.denied.set(path, error);
    else this.storage.source.denied.delete(path);
  }

  noteNext(note: string): void {
    this.storage.note = note;
  }

  flipNext(files: number): void {
    this.storage.flips = files;
  }

  changeDuringRead(path: string, bytes: Uint8Array | string): void {
    this.storage.source.changing.set(path, () => this.store(this.existing(path), bytes, { modifiedAt: null }));
  }
}
