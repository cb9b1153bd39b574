import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ServerLimits } from '../limits.js';
import { declaredOf, isPaged, largestPage } from './declarations.js';
import { requestError } from './errors.js';
import { pageSize } from './paging.js';
import { isIncluded } from './selection.js';

const WEIGHT = { object: 1, value: 0.1, totalCount: 5, place: 50, mutation: 10, platform: 20 };

export interface Cost {
  requested: number;
  /** Coordinate of a field that asks a platform, null when none does. */
  asksPlatform: string | null;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  limits: ServerLimits;
  cost: Cost;
}

/**
 * What an operation costs with these variables: 1 + the weights of its fields × the sizes of the lists above them. The document
 * has to be valid. Throws PAGE_SIZE_OUT_OF_RANGE, OPERATION_TOO_COSTLY, and BAD_REQUEST for a subscription that would ask a
 * platform at each event.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
  limits: ServerLimits,
): Cost {
  const walk: Walk = { schema, fragments, variables, limits, cost: { requested: 1, asksPlatform: null } };
  const root = schema.getRootType(operation.operation);
  if (root !== undefined && root !== null)
    addSelections(walk, root, [operation.selectionSet], { times: 1, pageSize: 1 });
  const asking = operation.operation === OperationTypeNode.SUBSCRIPTION ? walk.cost.asksPlatform : null;
  if (asking !== null) throw asksAtEachEvent(asking);
  return { ...walk.cost, requested: Math.ceil(walk.cost.requested) };
}

/** How often a selection is answered, and how many entries the lists in it have. */
interface Extent {
  times: number;
  pageSize: number;
}

function addSelections(walk: Walk, parent: GraphQLCompositeType, sets: SelectionSetNode[], extent: Extent): void {
  const fields = new Map<string, { owner: GraphQLCompositeType; nodes: FieldNode[] }>();
  const visited = new Set<string>();
  for (const set of sets) collect(walk, parent, set, fields, visited);
  for (const { owner, nodes } of fields.values()) addField(walk, owner, nodes, extent);
}

/** Equal fields count once, as they are executed once; different types of one abstract field count each. */
function collect(
  walk: Walk,
  owner: GraphQLCompositeType,
  set: SelectionSetNode,
  fields: Map<string, { owner: GraphQLCompositeType; nodes: FieldNode[] }>,
  visited: Set<string>,
): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, walk.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = `${owner.name}.${selection.alias?.value ?? selection.name.value}`;
      const entry = fields.get(key) ?? { owner, nodes: [] };
      entry.nodes.push(selection);
      fields.set(key, entry);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : null;
    if (fragment === undefined || (name !== null && visited.has(name))) continue;
    if (name !== null) visited.add(name);
    const narrowed = fragment.typeCondition && walk.schema.getType(fragment.typeCondition.name.value);
    const inner = isCompositeType(narrowed) && !isAbstractType(narrowed) ? narrowed : owner;
    collect(walk, inner, fragment.selectionSet, fields, visited);
  }
}

function addField(walk: Walk, owner: GraphQLCompositeType, nodes: FieldNode[], extent: Extent): void {
  const node = nodes[0];
  const field = node && fieldOf(walk.schema, owner, node.name.value);
  if (node === undefined || field === undefined) return;
  const type = getNamedType(field.type);
  const { isPageContent = false, asksPlatform = false } = declaredOf(field);
  const size = sizeOf(field, node, walk.variables);
  const isList = isListType(getNullableType(field.type));
  const times = extent.times * (isPageContent ? extent.pageSize : 1) * (isList ? size : 1);
  // A platform is asked once for the whole list.
  const asking = asksPlatform ? extent.times * WEIGHT.platform : 0;
  // Entries are found by their place once for each list.
  const placing = isPlaced(field, node, walk.variables) ? extent.times * WEIGHT.place : 0;
  walk.cost.requested += asking + placing + (asksPlatform && !isList ? 0 : times * weightOf(walk.schema, owner, field));
  if (asksPlatform) walk.cost.asksPlatform ??= `${owner.name}.${field.name}`;
  if (walk.cost.requested > walk.limits.maxCost) throw tooCostly(walk.limits.maxCost);
  const sets = nodes.flatMap((each) => each.selectionSet ?? []);
  if (!isCompositeType(type) || sets.length === 0) return;
  // The size of a page concerns the list in it.
  addSelections(walk, type, sets, { times, pageSize: isList ? 1 : size });
}

function fieldOf(
  schema: GraphQLSchema,
  owner: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name.startsWith('__')) return undefined;
  if (isObjectType(owner) || isInterfaceType(owner)) return owner.getFields()[name];
  // A field of a union's member is met through the member; nothing else can be asked of a union.
  return schema.getPossibleTypes(owner)[0]?.getFields()[name];
}

function weightOf(schema: GraphQLSchema, owner: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): number {
  if (owner === schema.getMutationType()) return WEIGHT.mutation;
  if (field.name === 'totalCount') return WEIGHT.totalCount;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 0;
  const isUnpaged = isListType(getNullableType(field.type)) && declaredOf(field).isPageContent !== true;
  return isUnpaged && isPlainValue(type) ? WEIGHT.value : WEIGHT.object;
}

/** An object of scalars only is read together with what it belongs to and leads nowhere. */
function isPlainValue(type: GraphQLCompositeType): boolean {
  const isPlain = ({ type: of, args }: GraphQLField<unknown, unknown>) =>
    args.length === 0 && !isCompositeType(getNamedType(of));
  return isObjectType(type) && !isNode(type) && Object.values(type.getFields()).every(isPlain);
}

function isNode(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'Node');
}

/** Entries that a field may hold: its page, its identifiers, or what is declared; 1 where there is no list. */
function sizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Record<string, unknown>): number {
  if (isPaged(field)) return pageSizeOf(field, node, variables);
  const { maxEntries = 1, idsIn } = declaredOf(field);
  const ids = idsIn === undefined ? null : getArgumentValues(field, node, variables)[idsIn];
  return Array.isArray(ids) ? Math.min(maxEntries, ids.length) : maxEntries;
}

function pageSizeOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): number {
  return pageSize(getArgumentValues(field, node, variables), largestPage(field)).size;
}

/** Whether a list is asked for by the place of its entries in place of a cursor. */
function isPlaced(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Record<string, unknown>): boolean {
  return isPaged(field) && typeof getArgumentValues(field, node, variables)['offset'] === 'number';
}

function asksAtEachEvent(coordinate: string): GraphQLError {
  return requestError('BAD_REQUEST', `${coordinate} asks a platform: ask for it in a query, not at each event.`);
}

function tooCostly(maxCost: number): GraphQLError {
  return requestError(
    'OPERATION_TOO_COSTLY',
    `An operation costs at most ${maxCost}. Ask for smaller pages or fewer objects.`,
  );
}
