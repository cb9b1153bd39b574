import type { ChangeEntry, Details } from '../platform/index.js';
import type { MemoryNode, MemoryTree } from './memory-tree.js';

/** States of a tree by token, with which it is compared later. */
export class ChangeRecords {
  private readonly states = new Map<string, ReadonlyMap<string, string>>();

  /** Remembers the tree as it is and returns the token. */
  take(tree: MemoryTree): string {
    const token = `state ${this.states.size + 1}`;
    this.states.set(token, new Map(tree.below(tree.root).map((node) => [node.id, stateOf(node)])));
    return token;
  }

  /** All folders below the folder, files that are not as they were, and what is not there any more. */
  *changesSince(token: string, tree: MemoryTree, folder: MemoryNode, details?: Details): Iterable<ChangeEntry> {
    const before = this.states.get(token) ?? new Map<string, string>();
    const below = tree.below(folder);
    for (const node of below) {
      const isShown = node.kind === 'FOLDER' || before.get(node.id) !== stateOf(node);
      if (isShown) yield { type: 'item', item: tree.itemOf(node, details), isNew: !before.has(node.id) };
    }
    const there = new Set(below.map(({ id }) => id));
    for (const identity of before.keys())
      if (!there.has(identity)) yield { type: tree.byId(identity) ? 'elsewhere' : 'deleted', identity };
  }
}

function stateOf({ versions, name, parentId, description, isPrivate, modifiedAt, fields, tags }: MemoryNode): string {
  return JSON.stringify([versions, parentId, isPrivate, modifiedAt.getTime(), description, name, fields, tags]);
}
