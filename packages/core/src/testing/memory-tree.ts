import { wantedFields } from '../platform/index.js';
import type { Details, Item, ItemKind, Lock } from '../platform/index.js';

/** A file or folder as the memory platform keeps it. */
export interface MemoryNode {
  readonly id: string;
  readonly kind: ItemKind;
  name: string;
  parentId: string | null;
  bytes: Uint8Array;
  /** SHA-256 of the bytes in hex, where the platform keeps one. */
  sha256: string | null;
  /** Versions ever stored; 0 for folders. */
  versions: number;
  createdAt: Date;
  modifiedAt: Date;
  modifiedNanoseconds?: number;
  description: string | null;
  isPrivate: boolean | null;
  fields: Readonly<Record<string, string>>;
  tags: readonly string[];
  isReadOnly: boolean;
  lock: Lock | null;
}

/** Tree of nodes with stable identifiers. Names are compared by `key`. */
export class MemoryTree {
  readonly root: MemoryNode;
  private readonly nodes = new Map<string, MemoryNode>();
  private readonly childIds = new Map<string, Map<string, string>>();
  /** What files had under each version. */
  readonly contents = new Map<string, { bytes: Uint8Array; modifiedAt: Date; note?: string }>();
  private created = 0;
  /** Whether items say how many contents they had before. */
  tellsVersions = false;
  tellsVersionSizes = false;

  /** `rootId` tells this tree from another one at the same address. */
  constructor(
    private readonly key: (name: string) => string,
    private readonly rootId: string,
  ) {
    this.root = this.add(null, { kind: 'FOLDER', name: '', at: new Date(0) });
  }

  byId(id: string): MemoryNode | null {
    return this.nodes.get(id) ?? null;
  }

  at(path: readonly string[]): MemoryNode | null {
    let node: MemoryNode | null = this.root;
    for (const name of path) node = node && this.child(node, name);
    return node;
  }

  child(parent: MemoryNode, name: string): MemoryNode | null {
    const id = this.childIds.get(parent.id)?.get(this.key(name));
    return id === undefined ? null : this.byId(id);
  }

  children(parent: MemoryNode): MemoryNode[] {
    return [...(this.childIds.get(parent.id)?.values() ?? [])].flatMap((id) => this.byId(id) ?? []);
  }

  /** Everything below a node, parents first. */
  below(node: MemoryNode): MemoryNode[] {
    return this.children(node).flatMap((child) => [child, ...this.below(child)]);
  }

  /** Whether it is the folder, or stands below it. */
  isWithin(node: MemoryNode, folder: MemoryNode): boolean {
    if (node.id === folder.id) return true;
    const parent = node.parentId === null ? null : this.byId(node.parentId);
    return parent !== null && this.isWithin(parent, folder);
  }

  pathOf(node: MemoryNode): string[] {
    const parent = node.parentId === null ? null : this.byId(node.parentId);
    return parent ? [...this.pathOf(parent), node.name] : [];
  }

  add(parent: MemoryNode | null, fields: { kind: ItemKind; name: string; at: Date }): MemoryNode {
    const node: MemoryNode = {
      id: parent === null ? this.rootId : `m${++this.created}`,
      kind: fields.kind,
      name: fields.name,
      parentId: parent?.id ?? null,
      bytes: new Uint8Array(),
      sha256: null,
      versions: 0,
      createdAt: fields.at,
      modifiedAt: fields.at,
      description: null,
      isPrivate: null,
      fields: {},
      tags: [],
      isReadOnly: false,
      lock: null,
    };
    this.nodes.set(node.id, node);
    this.childIds.set(node.id, new Map());
    if (parent) this.childIds.get(parent.id)?.set(this.key(node.name), node.id);
    // A new entry changes its folder, as on a file system.
    if (parent) parent.modifiedAt = fields.at;
    return node;
  }

  move(node: MemoryNode, parent: MemoryNode, name: string): void {
    this.unlink(node);
    node.name = name;
    node.parentId = parent.id;
    this.childIds.get(parent.id)?.set(this.key(name), node.id);
  }

  remove(node: MemoryNode): void {
    for (const child of this.children(node)) this.remove(child);
    this.unlink(node);
    this.nodes.delete(node.id);
    this.childIds.delete(node.id);
  }

  /** Lets a node that was removed stand in a folder again. */
  restore(node: MemoryNode, parent: MemoryNode, name: string): void {
    this.nodes.set(node.id, node);
    this.childIds.set(node.id, new Map());
    this.move(node, parent, name);
  }

  private unlink(node: MemoryNode): void {
    if (node.parentId !== null) this.childIds.get(node.parentId)?.delete(this.key(node.name));
  }

  /** With what is asked for of fields and tags; the fingerprint counts all of them. */
  itemOf(node: MemoryNode, details?: Details): Item {
    const isFile = node.kind === 'FILE';
    return {
      id: node.id,
      identity: { value: node.id, strength: 'PERMANENT' },
      kind: node.kind,
      path: this.pathOf(node),
      parentId: node.parentId,
      size: isFile ? node.bytes.length : null,
      modifiedAt: node.modifiedAt,
      ...(node.modifiedNanoseconds === undefined ? {} : { modifiedNanoseconds: node.modifiedNanoseconds }),
      createdAt: node.createdAt,
      version: isFile ? `${node.id}.${node.versions}` : null,
      metaVersion: metaVersionOf(node),
      sha256: node.sha256,
      description: node.description,
      isPrivate: node.isPrivate,
      isReadOnly: node.isReadOnly,
      lock: node.lock,
      handle: null,
      ...(this.tellsVersions && node.versions > 1 ? this.formersOf(node) : {}),
      ...(details ? this.detailsOf(node, details) : {}),
    };
  }

  private formersOf({ id, versions }: MemoryNode): Pick<Item, 'formerVersions' | 'formerSizes'> {
    if (!this.tellsVersionSizes) return { formerVersions: versions - 1 };
    const formerSizes = Array.from(
      { length: versions - 1 },
      (_, index) => this.contents.get(`${id}.${index + 1}`)!.bytes.length,
    );
    return { formerVersions: versions - 1, formerSizes };
  }

  private detailsOf(node: MemoryNode, { fields, tags }: Details): Pick<Item, 'fields' | 'tags'> {
    const versionNotes = this.contents.get(`${node.id}.${node.versions}`)?.note;
    return {
      ...wantedFields({ ...node.fields, ...(versionNotes ? { versionNotes } : {}) }, fields),
      ...(tags && node.tags.length > 0 ? { tags: node.tags } : {}),
    };
  }
}

function metaVersionOf({ name, parentId, description, isPrivate, lock, fields, tags }: MemoryNode): string {
  const more = Object.keys(fields).length > 0 || tags.length > 0 ? [Object.entries(fields).sort(), tags] : [];
  return JSON.stringify([name, parentId, description, isPrivate, lock, ...more]);
}
