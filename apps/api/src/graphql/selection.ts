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

/** Names of the fields that are asked of the entries of a page; `info` is of the field that gives the page. */
export function fieldsOfEntries(info: GraphQLResolveInfo): ReadonlySet<string> {
  const pages = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const nodes = below(pages, 'nodes', info);
  const edges = below(below(pages, 'edges', info), 'node', info);
  return new Set([...nodes, ...edges].flatMap((set) => fieldsIn(set, info).map(({ name }) => name.value)));
}

/**
 * Columns that the entries of a page need, by what is declared for each field; undefined, which means all, when a field
 * has no declaration.
 */
export function columnsOfEntries(
  info: GraphQLResolveInfo,
  declared: Readonly<Record<string, readonly string[]>>,
): string[] | undefined {
  const columns = new Set(['id']);
  for (const name of fieldsOfEntries(info)) {
    if (name === '__typename') continue;
    const needed = declared[name];
    if (needed === undefined) return undefined;
    for (const column of needed) columns.add(column);
  }
  return [...columns].sort();
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
