import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The columns that each field needs, by its name; those of a field below another one by both names with a dot. */
type Declared = Readonly<Record<string, readonly string[]>>;

/** Fields that are asked of the entries of a page; `info` is of the field that gives the page. */
function fieldsOfEntries(info: GraphQLResolveInfo): FieldNode[] {
  const pages = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const nodes = below(pages, 'nodes', info);
  const edges = below(below(pages, 'edges', info), 'node', info);
  return [...nodes, ...edges].flatMap((set) => fieldsIn(set, info));
}

/**
 * Columns that the entries of a page need, by what is declared for each field, and for the fields below it where these are
 * declared too; undefined, which means all, when a field has no declaration.
 */
export function columnsOfEntries(info: GraphQLResolveInfo, declared: Declared): string[] | undefined {
  return keptOf(info.fieldNodes, declared, () => columnsOf(fieldsOfEntries(info), info, declared));
}

/** The same of the object that a field leads to, given all nodes of that field. */
export function columnsOfField(
  nodes: readonly FieldNode[],
  info: GraphQLResolveInfo,
  declared: Declared,
): string[] | undefined {
  return keptOf(nodes, declared, () => {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return columnsOf(
      sets.flatMap((set) => fieldsIn(set, info)),
      info,
      declared,
    );
  });
}

const kept = new WeakMap<object, Map<Declared, string[] | undefined>>();

/**
 * What a selection needs is found out once for its document, which is kept from request to request. A field that stands
 * there several times has no node that is its own; graphql-js then hands the same list of them to every entry of a list.
 */
function keptOf(
  nodes: readonly FieldNode[],
  declared: Declared,
  find: () => string[] | undefined,
): string[] | undefined {
  const key = nodes.length === 1 ? nodes[0]! : nodes;
  const known = kept.get(key) ?? new Map<Declared, string[] | undefined>();
  if (known.has(declared)) return known.get(declared);
  const columns = find();
  kept.set(key, known.set(declared, columns));
  return columns;
}

function columnsOf(fields: readonly FieldNode[], info: GraphQLResolveInfo, declared: Declared): string[] | undefined {
  const isParted = (name: string) => Object.keys(declared).some((key) => key.startsWith(`${name}.`));
  const names = fields.flatMap(({ name: { value: name }, selectionSet }) => {
    const parts = selectionSet && isParted(name) ? fieldsIn(selectionSet, info) : [];
    return [name, ...parts.filter(isValue).map((part) => `${name}.${part.name.value}`)];
  });
  const needed = names.filter((name) => name !== '__typename').map((name) => declared[name]);
  if (needed.includes(undefined)) return undefined;
  return [...new Set(['id', ...needed.flatMap((columns) => columns ?? [])])].sort();
}

const isValue = ({ name }: FieldNode) => name.value !== '__typename';

/** Where a field of a page's entries leads: to what the loader reads by the identifier that each entry has. */
type Lead<T> = readonly [
  loader: (nodes: readonly FieldNode[]) => { readAhead(ids: readonly (string | null)[]): Promise<void> },
  idOf: (entry: T) => string | null,
];

/**
 * Reads the objects that the asked fields of a page's entries lead to before the entries are answered: graphql-js answers
 * an entry of which nothing has to be waited for at a fraction of the cost.
 */
export async function readAhead<T>(
  entries: readonly T[],
  info: GraphQLResolveInfo,
  leads: Readonly<Record<string, Lead<T>>>,
): Promise<void> {
  const asked = new Map<string, FieldNode[]>();
  for (const field of fieldsOfEntries(info)) {
    const key = (field.alias ?? field.name).value;
    asked.set(key, [...(asked.get(key) ?? []), field]);
  }
  const reads = [...asked.values()].flatMap((nodes) => {
    const [loader, idOf] = leads[nodes[0]?.name.value ?? ''] ?? [];
    return loader && idOf ? [loader(nodes).readAhead(entries.map(idOf))] : [];
  });
  await Promise.all(reads);
}

function below(sets: readonly SelectionSetNode[], name: string, info: GraphQLResolveInfo): SelectionSetNode[] {
  const fields = sets.flatMap((set) => fieldsIn(set, info)).filter((field) => field.name.value === name);
  return fields.flatMap(({ selectionSet }) => selectionSet ?? []);
}

/** Fields of a selection with those of its fragments; what is skipped counts too. */
function fieldsIn(set: SelectionSetNode, info: GraphQLResolveInfo): FieldNode[] {
  return set.selections.flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fragment === undefined ? [] : fieldsIn(fragment.selectionSet, info);
  });
}

/** Whether a part of an operation is executed with these variables, by its `@skip` and `@include`. */
export function isIncluded(node: SelectionNode, variables: Record<string, unknown>): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
