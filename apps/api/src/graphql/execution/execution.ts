import {
  defaultFieldResolver,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  locatedError,
  OperationTypeNode,
  responsePathAsArray,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isNonNullType,
} from 'graphql';
import type { Context } from '../context.js';
import {
  isPromise,
  type Answer,
  type FieldPlan,
  type Path,
  type Run,
  type SelectionPlan,
  type Variables,
} from './parts.js';
import { planOf, type OperationPlan } from './plan.js';

/**
 * Executes an operation as `execute` of graphql-js does: same answers, same errors. What the operation asks is found out once for a
 * document, and a field that is a property of its object is read without a resolver; this costs a fraction.
 */
export function execute({
  schema,
  document,
  operationName,
  variableValues,
  rootValue,
  contextValue,
}: ExecutionArgs): Promise<ExecutionResult> {
  const operation = getOperationAST(document, operationName);
  if (!operation) return refused([new GraphQLError('Name one of the operations of the document.')]);
  const definitions = operation.variableDefinitions ?? [];
  // Also where there is nothing to read, reading costs.
  const variables = definitions.length === 0 ? NONE : getVariableValues(schema, definitions, variableValues ?? {});
  if (variables.errors) return refused(variables.errors);
  const plan = planOf(schema, document, operation, variables.coerced);
  return new Execution(plan, variables.coerced, rootValue, contextValue as Context).run();
}

const NONE = { coerced: {}, errors: undefined };

const refused = async (errors: readonly GraphQLError[]): Promise<ExecutionResult> => ({ errors });

/** One execution of an operation. */
class Execution implements Run {
  private readonly errors: GraphQLError[] = [];
  /** Places that are null for an error; made with the first one. */
  private failed: Set<Path | undefined> | null = null;

  constructor(
    private readonly plan: OperationPlan,
    private readonly variables: Variables,
    private readonly rootValue: unknown,
    readonly context: Context,
  ) {}

  async run(): Promise<ExecutionResult> {
    const { root, operation } = this.plan;
    let data: Answer | null = null;
    try {
      const isMutation = operation.operation === OperationTypeNode.MUTATION;
      data = await (isMutation ? this.oneByOne(root) : this.fields(root, this.rootValue, undefined));
    } catch (error) {
      this.tell(error as GraphQLError, undefined);
    }
    return this.errors.length === 0 ? { data } : { errors: this.errors, data };
  }

  fields(selection: SelectionPlan, source: unknown, path: Path | undefined): Answer | Promise<Answer> {
    const answer = answerTo(selection);
    let waiting: FieldPlan[] | undefined;
    try {
      for (const field of selection.fields) {
        const value = this.field(field, source, path);
        answer[field.key] = value;
        if (isPromise(value)) (waiting ??= []).push(field);
      }
    } catch (error) {
      if (waiting === undefined) throw error;
      // Those that are under way may fail as well, and somebody has to hear it.
      return settled(answer, waiting).finally(() => {
        throw error;
      });
    }
    return waiting === undefined ? answer : settled(answer, waiting);
  }

  attempt(
    field: FieldPlan,
    type: GraphQLOutputType,
    path: Path,
    value: unknown,
    complete: (value: unknown) => unknown,
  ): unknown {
    try {
      const completed = isPromise(value) ? value.then(complete) : complete(value);
      if (!isPromise(completed)) return completed;
      return completed.then(undefined, (error: unknown) => this.fail(error, field, type, path));
    } catch (error) {
      return this.fail(error, field, type, path);
    }
  }

  private async oneByOne(root: SelectionPlan): Promise<Answer> {
    const answer = answerTo(root);
    for (const field of root.fields) answer[field.key] = await this.field(field, this.rootValue, undefined);
    return answer;
  }

  private field(field: FieldPlan, source: unknown, above: Path | undefined): unknown {
    if (field.constant !== undefined) return field.constant;
    return field.property === undefined ? this.resolved(field, source, above) : this.property(field, source, above);
  }

  private property(field: FieldPlan, source: unknown, above: Path | undefined): unknown {
    const property = field.property!;
    try {
      property.require(source, this.context);
      const value = (source as Answer)[field.field.name];
      if (typeof value === 'function') return this.resolved(field, source, above);
      if (!isPromise(value)) return property.complete(property.count(this.context, value));
      // Read once: a property may begin its work each time that it is read, and what fails has to be heard.
      const counted = value.then((known: unknown) => property.count(this.context, known));
      return this.attempt(field, field.field.type, pathOf(field, above), counted, (given) => property.complete(given));
    } catch (error) {
      return this.fail(error, field, field.field.type, pathOf(field, above));
    }
  }

  private resolved(field: FieldPlan, source: unknown, above: Path | undefined): unknown {
    const { type, resolve = defaultFieldResolver } = field.field;
    const path = pathOf(field, above);
    const info = this.infoOf(field, path);
    try {
      const args = field.argumentsBy(this.variables);
      const value: unknown = resolve(source, args, this.context, info);
      return this.attempt(field, type, path, value, (given) => field.complete(given, path, info, this));
    } catch (error) {
      return this.fail(error, field, type, path);
    }
  }

  private infoOf(field: FieldPlan, path: Path): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.plan;
    return {
      fieldName: field.field.name,
      fieldNodes: field.nodes,
      returnType: field.field.type,
      parentType: field.parentType,
      path,
      schema,
      fragments,
      rootValue: this.rootValue,
      operation,
      variableValues: this.variables,
    };
  }

  private fail(raw: unknown, field: FieldPlan, type: GraphQLOutputType, path: Path): null {
    const error = locatedError(raw, field.nodes, responsePathAsArray(path));
    if (isNonNullType(type)) throw error;
    this.tell(error, path);
    return null;
  }

  /** An error below a place that is null already is not told. */
  private tell(error: GraphQLError, path: Path | undefined): void {
    const failed = (this.failed ??= new Set());
    for (let place = path; place !== undefined; place = place.prev) if (failed.has(place)) return;
    if (failed.has(undefined)) return;
    failed.add(path);
    this.errors.push(error);
  }
}

const answerTo = ({ isNamedOddly }: SelectionPlan): Answer => (isNamedOddly ? Object.create(null) : {}) as Answer;

const pathOf = ({ key, parentType }: FieldPlan, prev: Path | undefined): Path => ({
  prev,
  key,
  typename: parentType.name,
});

async function settled(answer: Answer, waiting: readonly FieldPlan[]): Promise<Answer> {
  const values = await Promise.all(waiting.map(({ key }) => answer[key]));
  waiting.forEach(({ key }, index) => (answer[key] = values[index]));
  return answer;
}
