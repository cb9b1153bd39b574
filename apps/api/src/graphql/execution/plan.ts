import {
  getArgumentValues,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { propertyOf } from '../guard.js';
import { isIncluded } from '../selection.js';
import { completerOf, leafCompleterOf } from './complete.js';
import type { Completer, Field, FieldPlan, SelectionPlan, Variables } from './parts.js';

const NO_ARGUMENTS: Readonly<Variables> = Object.freeze({});

class PlannedField implements FieldPlan {
  readonly property: FieldPlan['property'];
  readonly constant: string | undefined;
  readonly complete: Completer;
  private readonly below = new Map<GraphQLObjectType, SelectionPlan>();

  constructor(
    private readonly plan: OperationPlan,
    readonly parentType: GraphQLObjectType,
    readonly key: string,
    readonly field: Field,
    readonly nodes: readonly FieldNode[],
  ) {
    const [property, complete] = [propertyOf(field), leafCompleterOf(this, field.type)];
    this.property = property && complete ? { ...property, complete } : undefined;
    this.constant = field === TypeNameMetaFieldDef ? parentType.name : undefined;
    this.complete = completerOf(this, field.type);
  }

  argumentsBy(variables: Variables): Variables {
    return this.field.args.length === 0
      ? NO_ARGUMENTS
      : getArgumentValues(this.field as GraphQLField<unknown, unknown>, this.nodes[0]!, variables);
  }

  selectionOf(type: GraphQLObjectType): SelectionPlan {
    const known = this.below.get(type);
    if (known !== undefined) return known;
    const sets = this.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const made = this.plan.selection(type, sets);
    this.below.set(type, made);
    return made;
  }
}

/** What an operation asks. Its selections are found out when they are executed first. */
export class OperationPlan {
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly root: SelectionPlan;

  /** `variables`: those by which parts of the operation are skipped. */
  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    readonly operation: OperationDefinitionNode,
    private readonly variables: Variables,
  ) {
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = Object.fromEntries(fragments.map((node) => [node.name.value, node]));
    this.root = this.selection(schema.getRootType(operation.operation)!, [operation.selectionSet]);
  }

  selection(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): SelectionPlan {
    const found = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.collect(set, type, found, visited);
    const fields = [...found].flatMap(([key, nodes]) => {
      const field = this.fieldOf(type, nodes[0]!.name.value);
      return field === undefined ? [] : [new PlannedField(this, type, key, field, nodes)];
    });
    return { fields, isNamedOddly: found.has('__proto__') };
  }

  private collect(
    { selections }: SelectionSetNode,
    type: GraphQLObjectType,
    found: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const node of selections) {
      if (!isIncluded(node, this.variables)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        found.set(key, [...(found.get(key) ?? []), node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (this.isOf(node, type)) this.collect(node.selectionSet, type, found, visited);
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        const fragment = this.fragments[node.name.value];
        if (fragment && this.isOf(fragment, type)) this.collect(fragment.selectionSet, type, found, visited);
      }
    }
  }

  private isOf({ typeCondition }: FragmentDefinitionNode | InlineFragmentNode, type: GraphQLObjectType): boolean {
    if (typeCondition === undefined) return true;
    const wanted = typeFromAST(this.schema, typeCondition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }

  private fieldOf(type: GraphQLObjectType, name: string): Field | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef as Field;
    if (type === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef as Field;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef as Field;
    }
    return type.getFields()[name] as Field | undefined;
  }
}

const kept = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, OperationPlan>>();
const conditional = new WeakMap<DocumentNode, boolean>();

/**
 * The plan of an operation. It is kept as long as the document, whose size is bounded, unless a directive makes it depend on
 * the variables.
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): OperationPlan {
  if (hasDirectives(document)) return new OperationPlan(schema, document, operation, variables);
  const ofSchema = kept.get(schema) ?? new WeakMap<OperationDefinitionNode, OperationPlan>();
  kept.set(schema, ofSchema);
  const plan = ofSchema.get(operation) ?? new OperationPlan(schema, document, operation, {});
  ofSchema.set(operation, plan);
  return plan;
}

function hasDirectives(document: DocumentNode): boolean {
  const known = conditional.get(document);
  if (known !== undefined) return known;
  let found = false;
  visit(document, { [Kind.DIRECTIVE]: () => void (found = true) });
  conditional.set(document, found);
  return found;
}
