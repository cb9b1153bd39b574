import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** A query of one place in the graph below a list, for any size of page. */
export interface ListQuery {
  /** Fields from the root, such as `jobs.nodes.latestRun`. */
  path: string;
  /** The operation in which every list on the way has at most `pageSize` entries. */
  at: (pageSize: number) => string;
}

/** Why a field is left out. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'Query.node': 'one object by identifier; its type is met in the lists',
  'Query.nodes': 'objects by identifier; their types are met in the lists',
  'Query.jobIssues': 'about an object that is not stored',
  'Query.platformComparison': 'of facts; at most two connections are read for it',
  'Query.mappingSet': 'the same object as in the list',
  'Query.mappingPreview': 'asks the platform, not the store',
  'Query.mappingSuggestions': 'asks the platforms, not the store',
  'ConnectionProfile.directory': 'asks the platform, not the store',
  'Query.itemRulePreview': 'asks the platform, not the store',
  'Query.viewer': 'no list leads to it',
  'AuditEvent.target': 'an object by identifier, of any type; audit.test.ts counts its statements',
  'Query.connection': 'the same object as in the list',
  'Query.job': 'the same object as in the list',
  'Query.plan': 'the same object as in the list',
  'Query.run': 'the same object as in the list',
  'Query.jobPolicyDefaults': 'without the store',
  'Query.server': 'without a list',
  'ChangeEvent.subject': 'any object; its fields are met in its own list, and how it is found is counted apart',
  'ConnectionProfile.browse': 'asks the platform, not the store',
  'ConnectionProfile.scopes': 'asks the platform, not the store',
  'Report.subject': 'any object; its fields are met in its own list, and how it is found is counted apart',
  'ScanResult.losses': 'of a side that is asked for; it reads the job and connections that the lists lead to',
};
/** Objects with an identifier that are met on one path, one inside the other. */
const MAX_DEPTH = 3;

/** Writes a selection around an inner one, for a size of page. */
type Wrap = (inner: string, pageSize: number) => string;

interface ListPosition {
  path: readonly string[];
  wrap: Wrap;
  /** Types on the way; none is entered twice. */
  types: readonly string[];
  depth: number;
  isInList: boolean;
}

/** One query for every object with an identifier, and every entry of a list, that can be reached through a list. */
export function listQueries(schema: GraphQLSchema): ListQuery[] {
  const found: ListQuery[] = [];
  const root = schema.getQueryType();
  const start: ListPosition = { path: [], wrap: (inner) => `{ ${inner} }`, types: [], depth: 0, isInList: false };
  if (root) visit(schema, root, start, found);
  return found;
}

/** Adds the query of all values of an object, and goes on to the objects that it leads to. */
function visit(schema: GraphQLSchema, type: GraphQLCompositeType, place: ListPosition, found: ListQuery[]): void {
  const next: { type: GraphQLCompositeType; place: ListPosition }[] = [];
  const values = valuesOf(schema, type, place, next);
  if (place.isInList)
    found.push({ path: place.path.join('.'), at: (size) => place.wrap(`__typename ${values}`, size) });
  for (const each of next) visit(schema, each.type, each.place, found);
}

/** Selection of everything that belongs to an object itself; what it leads to is added to `next`. */
function valuesOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  place: ListPosition,
  next: { type: GraphQLCompositeType; place: ListPosition }[],
): string {
  const members = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
  const selections = members.map((member) => {
    const narrow = member === type ? (inner: string) => inner : (inner: string) => `... on ${member.name} { ${inner} }`;
    const wrap: Wrap = (inner, size) => place.wrap(narrow(inner), size);
    const within = { ...place, wrap, types: [...place.types, type.name, member.name] };
    return narrow(['__typename', ...fieldsOf(member).map((field) => valueOf(schema, field, within, next))].join(' '));
  });
  return selections.join(' ');
}

function valueOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  place: ListPosition,
  next: { type: GraphQLCompositeType; place: ListPosition }[],
): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  if (!isCompositeType(type) || place.types.includes(type.name)) return '';
  const isList = isListType(getNullableType(field.type));
  const inner: ListPosition = {
    ...place,
    path: [...place.path, field.name],
    wrap: (selection, size) => place.wrap(`${field.name}${argumentsOf(field, size)} { ${selection} }`, size),
    isInList: place.isInList || isList,
  };
  const isApart = isEntity(type) || type.name.endsWith('Connection') || !place.isInList;
  if (!isApart) return `${field.name} { ${valuesOf(schema, type, inner, next)} }`;
  const depth = place.depth + Number(isEntity(type));
  if (depth <= MAX_DEPTH) next.push({ type, place: { ...inner, depth } });
  return '';
}

function fieldsOf(type: GraphQLCompositeType): GraphQLField<unknown, unknown>[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  // Edges show the same nodes again.
  const isShown = ({ name }: { name: string }) => name !== 'edges' && LEFT_OUT[`${type.name}.${name}`] === undefined;
  return Object.values(type.getFields()).filter(isShown);
}

function isEntity(type: GraphQLCompositeType): boolean {
  return type.name === 'Node' || ('getInterfaces' in type && type.getInterfaces().some(({ name }) => name === 'Node'));
}

function argumentsOf({ name, args }: GraphQLField<unknown, unknown>, pageSize: number): string {
  const demanded = args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
  if (demanded.length > 0) throw new Error(`${name} needs ${demanded.map((argument) => argument.name).join(', ')}.`);
  return args.some((argument) => argument.name === 'first') ? `(first: ${pageSize})` : '';
}
