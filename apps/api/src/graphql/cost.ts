import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../config.js';
import { requestError } from './errors.js';
import { outOfRange } from './paging.js';

/** Fields whose answer asks a platform. */
const ASKS_PLATFORM = new Set([
  'ConnectionProfile.browse',
  'ConnectionProfile.scopes',
  'ConnectionProfile.directory',
  'Mutation.connectionCreate',
  'Mutation.connectionTest',
  'Query.itemRulePreview',
  'Query.mappingPreview',
]);

/** Largest page where it is not 100. */
const MAX_PAGE: Readonly<Record<string, number>> = {
  'ConnectionProfile.browse': 200,
  'Job.items': 200,
  'Run.items': 200,
  'Plan.steps': 200,
  'MappingSet.entries': 200,
  'Run.events': 500,
  'Query.changeEvents': 500,
  'Query.itemRulePreview': 500,
  'Query.mappingPreview': 200,
};
const DEFAULT_PAGE = 25;
const WEIGHT = { object: 1, totalCount: 5, mutation: 10, platform: 20 };

export interface Cost {
  requested: number;
  asksPlatform: boolean;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  limits: Limits;
  cost: Cost;
}

/**
 * What an operation costs with these variables: 1 + the weights of its fields × the page sizes above them. The document
 * has to be valid. Throws PAGE_SIZE_OUT_OF_RANGE, OPERATION_TOO_COSTLY.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
  limits: Limits,
): Cost {
  const walk: Walk = { schema, fragments, variables, limits, cost: { requested: 1, asksPlatform: false } };
  const root = schema.getRootType(operation.operation);
  if (root !== undefined && root !== null)
    addSelections(walk, root, [operation.selectionSet], { times: 1, pageSize: 1 });
  return walk.cost;
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

function isIncluded(node: Parameters<typeof getDirectiveValues>[1], variables: Record<string, unknown>): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

function addField(walk: Walk, owner: GraphQLCompositeType, nodes: FieldNode[], extent: Extent): void {
  const node = nodes[0];
  const field = node && fieldOf(walk.schema, owner, node.name.value);
  if (node === undefined || field === undefined) return;
  const type = getNamedType(field.type);
  const coordinate = `${owner.name}.${field.name}`;
  const size = pageSizeOf(field, node, coordinate, walk.variables);
  const isList = isListType(getNullableType(field.type));
  const times = extent.times * (isList ? extent.pageSize : 1);
  walk.cost.requested += times * weightOf(walk.schema, owner, field, coordinate);
  walk.cost.asksPlatform ||= ASKS_PLATFORM.has(coordinate);
  if (walk.cost.requested > walk.limits.maxCost) throw tooCostly(walk.limits.maxCost);
  const sets = nodes.flatMap((each) => each.selectionSet ?? []);
  if (!isCompositeType(type) || sets.length === 0) return;
  // The size of a page concerns the lists in it, or the field itself where that is the list.
  addSelections(walk, type, sets, isList ? { times: times * size, pageSize: 1 } : { times, pageSize: size });
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

function weightOf(
  schema: GraphQLSchema,
  owner: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
): number {
  if (ASKS_PLATFORM.has(coordinate)) return WEIGHT.platform;
  if (owner === schema.getMutationType()) return WEIGHT.mutation;
  if (field.name === 'totalCount') return WEIGHT.totalCount;
  return isCompositeType(getNamedType(field.type)) ? WEIGHT.object : 0;
}

/** Entries that a field may hold: its page size, or the number of ids asked for; 1 where there is no list. */
function pageSizeOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  coordinate: string,
  variables: Record<string, unknown>,
): number {
  const isPaged = field.args.some(({ name }) => name === 'first' || name === 'last');
  const hasIds = coordinate === 'Query.nodes';
  if (!isPaged && !hasIds) return 1;
  const { first, last, ids } = getArgumentValues(field, node, variables);
  if (hasIds) return Math.max(1, (ids as unknown[]).length);
  const max = MAX_PAGE[coordinate] ?? 100;
  const sizes = [first, last].filter((size) => size !== undefined && size !== null) as number[];
  if (sizes.length > 1) throw outOfRange(max, 'Give first or last, not both.');
  const size = sizes[0] ?? DEFAULT_PAGE;
  if (size < 1 || size > max) throw outOfRange(max, '');
  return size;
}

function tooCostly(maxCost: number): GraphQLError {
  return requestError(
    'OPERATION_TOO_COSTLY',
    `An operation costs at most ${maxCost}. Ask for smaller pages or fewer objects.`,
  );
}
