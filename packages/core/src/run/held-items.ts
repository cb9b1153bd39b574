import { holds } from '../compare/index.js';
import type { Seen } from '../pair/index.js';
import { heldByOthers, nameOf, type Decision, type Rules } from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';

/** What somebody else has locked at the destination: such a file keeps its place, and so does every folder above it. */
export class HeldItems {
  /** Of folders that were asked about, by identity: the first file in them that others hold. */
  private readonly inFolders = new Map<string, Item | null>();

  constructor(
    private readonly context: Pick<ActiveContext, 'store' | 'destination'>,
    private readonly rules: Pick<Rules, 'policies' | 'now'>,
  ) {}

  /** Why the item keeps its place; null where nobody else holds it or anything in it. */
  of(there: Seen): Promise<Decision | null> {
    return this.keeping(there, 'the file', 'the folder');
  }

  /** Likewise, in a sentence about another item, which waits for its place. */
  ofOther(there: Seen): Promise<Decision | null> {
    const name = `“${nameOf(there.item)}”`;
    return this.keeping(there, name, name);
  }

  private async keeping({ key, item }: Seen, file: string, folder: string): Promise<Decision | null> {
    if (item.kind === 'FILE') return heldByOthers(item, this.rules, file);
    if (!holds(this.context.destination.capabilities.FILE_LOCK_PROPAGATION)) return null;
    const held = await this.heldIn({ key, item });
    const name = held?.path.slice(item.path.length).join('/');
    return held && heldByOthers(held, this.rules, `“${name}” in ${folder}`);
  }

  private async heldIn(folder: Seen): Promise<Item | null> {
    const id = identityOf(folder.item);
    const known = this.inFolders.get(id);
    if (known !== undefined) return known;
    const held = await this.look(folder);
    this.inFolders.set(id, held);
    return held;
  }

  private async look({ key }: Seen): Promise<Item | null> {
    const children = await this.context.store.destinationChildren(key);
    for (const { item } of children.locked()) if (heldByOthers(item, this.rules)) return item;
    for (let at = 0; at < children.length; at++) {
      const held = children.kindAt(at) === 'FOLDER' ? await this.heldIn(children.at(at)) : null;
      if (held) return held;
    }
    return null;
  }
}
