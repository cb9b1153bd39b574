import {
  getNamedType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from './context.js';
import type { DeclaredRights } from './declared-rights.js';
import { isAllowed, requireRights } from './rights.js';
import { isIncluded } from './selection.js';

export interface AskedOperation {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/**
 * Refuses a mutation that asks for what its caller may not read, before it changes anything: a client that is told
 * FORBIDDEN takes it that nothing happened, and may do it again. What depends on the object (whose it is, which type an
 * interface leads to) is left to the guard of each field, and so are the mutation's own right and strangers, who may
 * become somebody by signing in. Throws FORBIDDEN.
 */
export function requirePayloadRights(
  schema: GraphQLSchema,
  rights: DeclaredRights,
  { operation, fragments, variables }: AskedOperation,
  context: Pick<Context, 'caller'>,
): void {
  const root = schema.getMutationType();
  if (operation.operation !== OperationTypeNode.MUTATION || !root || context.caller === null) return;
  const visited = new Set<string>();
  look(root, operation.selectionSet);

  function look(type: GraphQLObjectType, set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) lookAtField(type, selection.name.value, selection.selectionSet);
      else if (selection.kind === Kind.INLINE_FRAGMENT) look(type, selection.selectionSet);
      else lookAtFragment(type, selection.name.value);
    }
  }

  function lookAtField(type: GraphQLObjectType, name: string, set: SelectionSetNode | undefined): void {
    const field = type.getFields()[name];
    if (field === undefined) return;
    const demands = rights.ofField(`${type.name}.${name}`).filter((anyOf) => !anyOf.includes('OWNER'));
    if (type !== root) requireRights(demands, null, context);
    else if (!demands.every((anyOf) => isAllowed(anyOf, null, context))) return;
    const target = getNamedType(field.type);
    if (set !== undefined && isObjectType(target)) look(target, set);
  }

  /** Each fragment is looked at once for a type, so that nesting them does not multiply the work. */
  function lookAtFragment(type: GraphQLObjectType, name: string): void {
    const key = `${type.name} ${name}`;
    const fragment = fragments.get(name);
    if (fragment === undefined || visited.has(key)) return;
    visited.add(key);
    look(type, fragment.selectionSet);
  }
}
