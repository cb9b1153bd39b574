import { loaderOf, type Context } from './context.js';
import type { DeclaredRights } from './declared-rights.js';
import type { NodeType } from './domain.js';
import { prefixOf } from './ids.js';
import { isAllowed, type AnyOf } from './rights.js';
import { nameType } from './types.js';

/** Finds objects of any type, by the rights of their types. */
export class NodeFinder {
  private readonly types = new Map<string, NodeType & { rights: AnyOf }>();

  add(types: readonly NodeType[], rights: DeclaredRights): void {
    for (const type of types) {
      this.types.set(type.prefix, { ...type, rights: rights.ofType(type.typeName) });
      nameType(type.prefix, type.typeName);
    }
  }

  /** Null for what is missing, invisible to the caller, or was never an identifier. */
  async find(id: string, context: Context): Promise<object | null> {
    const type = this.types.get(prefixOf(id));
    if (type === undefined) return null;
    const isOwned = type.rights.includes('OWNER');
    if (!isOwned && !isAllowed(type.rights, null, context)) return null;
    const found = await loaderOf(context, type, (ids) => type.load(ids, context)).load(id);
    return found !== null && isAllowed(type.rights, found, context) ? found : null;
  }
}
