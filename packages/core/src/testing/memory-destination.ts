import { createHash } from 'node:crypto';
import { PlatformError } from '../platform/index.js';
import type {
  Call,
  Content,
  Description,
  Destination,
  FolderRequest,
  Item,
  Limits,
  Lock,
  ModificationTime,
  RemoveRequest,
  RestoreRequest,
  WithdrawRequest,
  WriteRequest,
  Written,
} from '../platform/index.js';
import { assertLegal, assertStorable } from './memory-facts.js';
import type { MemoryDirectory } from './memory-directory.js';
import type { MemoryFaults, MemoryOperation } from './memory-faults.js';
import { assertRunning } from './memory-source.js';
import type { MemorySource } from './memory-source.js';
import type { MemoryNode, MemoryTree } from './memory-tree.js';

export interface MemoryStorage {
  tree: MemoryTree;
  faults: MemoryFaults;
  source: MemorySource;
  directory: MemoryDirectory;
  limits: Limits;
  /** Whether written times are kept, and a checksum is. */
  keepsTimes: boolean;
  keepsChecksum: boolean;
  /** Whether a file is proved before it gets its name, where that is asked for. */
  provesFirst: boolean;
  /** Files to come of which one bit arrives flipped. */
  flips: number;
  /** What is noted about the next file that is written. */
  note: string | null;
  /** The platform's time, later at each call. */
  now(): Date;
}

export class MemoryDestination implements Destination {
  /** What was removed, by identifier. */
  private readonly bin = new Map<string, MemoryNode>();
  readonly keepsReplaced = 'VERSIONS';

  constructor(private readonly storage: MemoryStorage) {}

  async ensureFolder(request: FolderRequest, call: Call): Promise<Item> {
    const path = [...request.parent.path, request.name];
    return this.perform('ensureFolder', path, call, async () => {
      const parent = this.parentOf(request.parent);
      this.storage.directory.assertHeld(request);
      const existing = this.storage.tree.child(parent, request.name);
      if (existing?.kind === 'FILE') throw taken(request.name);
      if (existing) return existing;
      assertLegal(path, this.storage.limits);
      const node = this.storage.tree.add(parent, { kind: 'FOLDER', name: request.name, at: this.storage.now() });
      return this.describeNode(node, request);
    });
  }

  async write(request: WriteRequest, call: Call): Promise<Written> {
    const path = [...request.parent.path, request.name];
    const found = { wasAlreadyThere: false };
    const isProved = this.storage.provesFirst && request.expectedSha256 !== undefined;
    const item = await this.perform('write', path, call, async () => {
      assertLegal(path, this.storage.limits);
      assertStorable(request.content.size, this.storage.limits);
      this.storage.directory.assertHeld(request);
      this.assertFree(request);
      const bytes = await collect(request.content, call);
      const earlier = request.inDoubtSince ? this.earlier(request, bytes) : null;
      if (earlier) found.wasAlreadyThere = true;
      return (
        earlier ?? this.publish(request, isProved ? this.proved(request, this.arrived(bytes)) : this.arrived(bytes))
      );
    });
    return {
      item,
      verifiedBy: this.storage.keepsChecksum || isProved ? 'CHECKSUM' : 'SIZE',
      ...found,
      ...this.noted(),
    };
  }

  private noted(): Pick<Written, 'note'> {
    const { note } = this.storage;
    this.storage.note = null;
    return note === null ? {} : { note };
  }

  private arrived(bytes: Uint8Array): Uint8Array {
    if (this.storage.flips === 0 || bytes.length === 0) return bytes;
    this.storage.flips -= 1;
    const flipped = bytes.slice();
    const place = bytes.length >> 1;
    flipped[place] = (flipped[place] ?? 0) ^ 1;
    return flipped;
  }

  private proved(request: WriteRequest, bytes: Uint8Array): Uint8Array {
    if (sha256(bytes) === request.expectedSha256?.()) return bytes;
    throw new PlatformError('VERIFICATION_FAILED', `“${request.name}” gives other bytes when read back.`);
  }

  /** The file that an earlier try left: this content under this name, in a version that the caller does not know. */
  private earlier(request: WriteRequest, bytes: Uint8Array): MemoryNode | null {
    const node = this.storage.tree.child(this.parentOf(request.parent), request.name);
    if (node?.kind !== 'FILE' || sha256(node.bytes) !== sha256(bytes)) return null;
    return this.storage.tree.itemOf(node).version === request.replaces?.version ? null : node;
  }

  private assertFree(request: WriteRequest): void {
    if (request.inDoubtSince || request.replaces) return;
    if (this.storage.tree.child(this.parentOf(request.parent), request.name)) throw taken(request.name);
  }

  /** Runs without waiting, so that no other write comes between the check and the effect. */
  private publish(request: WriteRequest, bytes: Uint8Array): MemoryNode {
    const { tree } = this.storage;
    const parent = this.parentOf(request.parent);
    const there = tree.child(parent, request.name);
    if (there && there.id !== request.replaces?.id) throw taken(request.name);
    const node = request.replaces ? this.current(request.replaces) : null;
    const target = node ?? tree.add(parent, { kind: 'FILE', name: request.name, at: this.storage.now() });
    if (node && node.name !== request.name) tree.move(node, parent, request.name);
    this.store(target, bytes, { modifiedAt: null, ...request }, request.versionNote);
    return this.describeNode(target, request);
  }

  /** Makes the bytes the node's next version. */
  store(node: MemoryNode, bytes: Uint8Array, time: ModificationTime, note?: string): void {
    node.bytes = bytes;
    node.versions += 1;
    node.sha256 = this.storage.keepsChecksum ? sha256(bytes) : null;
    Object.assign(node, this.storage.keepsTimes && time.modifiedAt ? timeOf(time) : { modifiedAt: this.storage.now() });
    this.storage.tree.contents.set(`${node.id}.${node.versions}`, { bytes, modifiedAt: node.modifiedAt, note });
  }

  async remove({ item }: RemoveRequest, call: Call): Promise<void> {
    await this.perform('remove', item.path, call, async () => {
      const node = this.current(item);
      if (this.storage.tree.children(node).length > 0) throw notEmpty(node.name);
      this.storage.tree.remove(node);
      this.bin.set(node.id, node);
      return node;
    });
  }

  async withdraw({ written, replaced }: WithdrawRequest, call: Call): Promise<Item | null> {
    const item = await this.perform('withdraw', written.path, call, async () => {
      const node = this.current(written);
      if (!replaced) this.storage.tree.remove(node);
      else
        this.store(node, this.storage.tree.contents.get(replaced.version ?? '')?.bytes ?? new Uint8Array(), {
          modifiedAt: null,
        });
      return node;
    });
    return replaced && item;
  }

  async restore({ former, parent, name, replaces }: RestoreRequest, call: Call): Promise<Item> {
    const path = [...parent.path, name];
    return this.perform('restore', path, call, async () => {
      if (replaces) return this.revert(former, replaces);
      const { tree } = this.storage;
      const folder = this.parentOf(parent);
      const there = tree.child(folder, name);
      if (there && there.id !== former.id) throw taken(name);
      if (there) return there;
      const node = this.bin.get(former.id);
      if (!node) throw new PlatformError('NOT_FOUND', `“${name}” is not in the recycle bin any more.`);
      tree.restore(node, folder, name);
      this.bin.delete(node.id);
      return node;
    });
  }

  /** A former content becomes the newest version; one that it is already stays. */
  private revert(former: Item, replaces: Item): MemoryNode {
    const bytes = this.storage.tree.contents.get(former.version ?? '')?.bytes;
    if (!bytes) throw new PlatformError('NOT_FOUND', 'The former version is not kept any more.');
    const now = this.storage.tree.byId(replaces.id);
    if (now?.kind === 'FILE' && now.bytes === bytes) return now;
    const node = this.current(replaces);
    this.store(node, bytes, former);
    return node;
  }

  async move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    const path = [...to.parent.path, to.name];
    return this.perform('move', path, call, async () => {
      assertLegal(path, this.storage.limits);
      const node = this.changeable(item);
      const parent = this.parentOf(to.parent);
      const there = this.storage.tree.child(parent, to.name);
      if (there && there.id !== node.id) throw taken(to.name);
      if (this.storage.tree.isWithin(parent, node)) throw intoItself(node.name);
      this.storage.tree.move(node, parent, to.name);
      return node;
    });
  }

  async describe(item: Item, fields: Description, call: Call): Promise<Item> {
    return this.perform('describe', item.path, call, async () => {
      this.storage.directory.assertHeld(fields);
      return this.describeNode(this.changeable(item), fields);
    });
  }

  private describeNode(node: MemoryNode, fields: Description): MemoryNode {
    this.storage.directory.learnTags(fields.tags ?? []);
    return Object.assign(node, described(fields, node));
  }

  async setFolderTime(folder: Item, time: ModificationTime, call: Call): Promise<void> {
    await this.perform('setFolderTime', folder.path, call, async () => {
      const node = this.parentOf(folder);
      return Object.assign(node, this.storage.keepsTimes && time.modifiedAt ? timeOf(time) : {});
    });
  }

  async *readBack(item: Item, call: Call): AsyncIterable<Uint8Array> {
    assertRunning(call);
    await this.storage.faults.pass({ operation: 'readBack', moment: 'before', path: item.path });
    yield* this.storage.source.bytes(item, call);
  }

  private async perform(
    operation: MemoryOperation,
    path: readonly string[],
    call: Call,
    effect: () => Promise<MemoryNode>,
  ): Promise<Item> {
    assertRunning(call);
    await this.storage.faults.pass({ operation, moment: 'before', path });
    assertRunning(call);
    const item = this.storage.tree.itemOf(await effect());
    await this.storage.faults.pass({ operation, moment: 'after', path });
    return item;
  }

  private parentOf(item: Item): MemoryNode {
    const node = this.storage.tree.byId(item.id);
    if (node?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist any more.');
    return node;
  }

  private changeable(item: Item): MemoryNode {
    const node = this.storage.tree.byId(item.id);
    if (!node) throw new PlatformError('NOT_FOUND', 'The item does not exist any more.');
    if (node.lock && !node.lock.isOwn) throw new PlatformError('LOCKED', `“${node.name}” is checked out.`);
    if (node.isReadOnly) throw new PlatformError('ACCESS_DENIED', `“${node.name}” may not be changed.`);
    return node;
  }

  private current(replaced: Item): MemoryNode {
    const node = this.changeable(replaced);
    if (this.storage.tree.itemOf(node).version === replaced.version) return node;
    throw new PlatformError('CONFLICT', `“${node.name}” has changed in the meantime.`);
  }
}

const timeOf = ({ modifiedAt, modifiedNanoseconds }: ModificationTime) => ({
  modifiedAt: modifiedAt!,
  modifiedNanoseconds,
});

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function notEmpty(name: string): PlatformError {
  return new PlatformError('CONFLICT', `“${name}” is not empty.`);
}

function intoItself(name: string): PlatformError {
  return new PlatformError('REJECTED', `“${name}” cannot be moved into itself.`);
}

function taken(name: string): PlatformError {
  return new PlatformError('NAME_TAKEN', `“${name}” exists already.`);
}

function described(fields: Description, node: MemoryNode): Partial<MemoryNode> {
  const { modifiedAt, ...others } = { ...node.fields, ...fields.fields };
  return {
    ...(fields.description === undefined ? {} : { description: fields.description }),
    ...(fields.isPrivate === undefined ? {} : { isPrivate: fields.isPrivate }),
    ...(fields.fields === undefined ? {} : { fields: withValues(others) }),
    ...(modifiedAt === undefined ? {} : { modifiedAt: new Date(modifiedAt) }),
    ...(fields.tags === undefined ? {} : { tags: [...new Set([...node.tags, ...fields.tags])].sort() }),
    ...(fields.lockedUntil === undefined ? {} : { lock: lockUntil(fields.lockedUntil) }),
  };
}

const withValues = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

const lockUntil = (until: Date | null): Lock | null => until && { holder: 'the account itself', until, isOwn: true };

async function collect(content: Content, call: Call): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of content.read()) {
      chunks.push(chunk);
      assertRunning(call);
    }
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw new PlatformError('CONTENT_INCOMPLETE', 'The content could not be read.', { cause });
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  if (bytes.length === content.size) return bytes;
  throw new PlatformError('CONTENT_INCOMPLETE', `${bytes.length} of ${content.size} bytes arrived.`);
}
