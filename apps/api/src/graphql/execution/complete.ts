import {
  defaultTypeResolver,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import { isPromise, type Completer, type FieldPlan } from './parts.js';

const coordinateOf = ({ parentType, field }: FieldPlan): string => `${parentType.name}.${field.name}`;

/** How values of a field are completed, by its type alone. */
export function completerOf(field: FieldPlan, type: GraphQLOutputType): Completer {
  const leaf = leafCompleterOf(field, type);
  if (leaf !== null) return leaf;
  const complete = orNull(kindOf(field, getNullableType(type)));
  return isNonNullType(type) ? nonNull(coordinateOf(field), complete) : complete;
}

/** The same of a scalar or an enum, which depends on nothing but the value; null for every other type. */
export function leafCompleterOf(field: FieldPlan, type: GraphQLOutputType): ((value: unknown) => unknown) | null {
  const leaf = getNullableType(type);
  if (!isLeafType(leaf)) return null;
  const isNullable = !isNonNullType(type);
  return (value) => {
    if (value === null || value === undefined) return isNullable ? null : refuseNull(coordinateOf(field));
    if (value instanceof Error) throw value;
    return serialise(leaf, value);
  };
}

function serialise(type: GraphQLLeafType, value: unknown): unknown {
  const serialised: unknown = type.serialize(value);
  if (serialised !== null && serialised !== undefined) return serialised;
  throw new Error(`The type ${type.name} makes nothing of a value.`);
}

function kindOf(field: FieldPlan, type: GraphQLNullableType): Completer {
  if (isListType(type)) return listOf(field, type.ofType as GraphQLOutputType);
  if (isAbstractType(type)) return abstract(field, type);
  return object(field, type as GraphQLObjectType);
}

const orNull =
  (complete: Completer): Completer =>
  (value, path, info, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(value, path, info, run);
  };

const nonNull =
  (coordinate: string, complete: Completer): Completer =>
  (value, path, info, run) =>
    complete(value, path, info, run) ?? refuseNull(coordinate);

function refuseNull(coordinate: string): never {
  throw new Error(`Cannot return null for non-nullable field ${coordinate}.`);
}

function listOf(field: FieldPlan, type: GraphQLOutputType): Completer {
  const complete = completerOf(field, type);
  return (value, path, info, run) => {
    const completed: unknown[] = [];
    let isWaiting = false;
    try {
      for (const entry of entriesOf(value, field)) {
        const place = { prev: path, key: completed.length, typename: undefined };
        const done = run.attempt(field, type, place, entry, (given) => complete(given, place, info, run));
        isWaiting ||= isPromise(done);
        completed.push(done);
      }
    } catch (error) {
      // Those that are under way may fail as well, and somebody has to hear it.
      if (!isWaiting) throw error;
      return Promise.all(completed).finally(() => {
        throw error;
      });
    }
    return isWaiting ? Promise.all(completed) : completed;
  };
}

function entriesOf(value: unknown, field: FieldPlan): Iterable<unknown> {
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) return value as Iterable<unknown>;
  throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinateOf(field)}".`);
}

function object(field: FieldPlan, type: GraphQLObjectType): Completer {
  const { isTypeOf } = type;
  if (!isTypeOf) return (value, path, _info, run) => run.fields(field.selectionOf(type), value, path);
  return (value, path, info, run) => {
    const go = (isOf: boolean) => {
      if (isOf) return run.fields(field.selectionOf(type), value, path);
      throw new GraphQLError(`A value is no "${type.name}".`, { nodes: field.nodes });
    };
    const isOf = isTypeOf(value, run.context, info);
    return isPromise(isOf) ? isOf.then(go) : go(isOf);
  };
}

function abstract(field: FieldPlan, type: GraphQLAbstractType): Completer {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completers = new Map<GraphQLObjectType, Completer>();
  return (value, path, info, run) => {
    const go = (name: string | undefined) => {
      const found = possibleType(name, type, field, info);
      const complete = completers.get(found) ?? object(field, found);
      completers.set(found, complete);
      return complete(value, path, info, run);
    };
    const name = resolveType(value, run.context, info, type);
    return isPromise(name) ? name.then(go) : go(name);
  };
}

function possibleType(
  name: string | undefined,
  type: GraphQLAbstractType,
  field: FieldPlan,
  { schema }: GraphQLResolveInfo,
): GraphQLObjectType {
  const found = typeof name === 'string' ? schema.getType(name) : undefined;
  if (isObjectType(found) && schema.isSubType(type, found)) return found;
  throw new GraphQLError(`A value at ${coordinateOf(field)} is no "${type.name}".`, { nodes: field.nodes });
}
