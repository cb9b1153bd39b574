import { hasScope, loaderOf, type Context } from './context.js';
import type { NodeType } from './domain.js';
import { prefixOf } from './ids.js';
import { nameType } from './types.js';

/** Finds objects of any type, by the same rules as their own lookups. */
export class NodeFinder {
  private readonly types = new Map<string, NodeType>();

  add(types: readonly NodeType[]): void {
    for (const type of types) {
      this.types.set(type.prefix, type);
      nameType(type.prefix, type.typeName);
    }
  }

  /** Null for what is missing, invisible to the caller, or was never an identifier. */
  async find(id: string, context: Context): Promise<object | null> {
    const type = this.types.get(prefixOf(id));
    if (type === undefined || (type.scope !== null && !hasScope(context, type.scope))) return null;
    return loaderOf(context, type, (ids) => type.load(ids, context)).load(id);
  }
}
