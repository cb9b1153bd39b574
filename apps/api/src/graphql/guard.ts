import {
  defaultFieldResolver,
  getNamedType,
  isCompositeType,
  type GraphQLField,
  type GraphQLFieldResolver,
} from 'graphql';
import type { Caller, Context } from './context.js';
import { declaredOf, isListOfObjects, isPaged } from './declarations.js';
import { progressOf } from './progress.js';
import { requireRights, type AnyOf } from './rights.js';

type Resolver = GraphQLFieldResolver<unknown, Context>;
export type GuardedField = GraphQLField<unknown, Context>;

/** What a field that is a property of its object is put through; whoever reads it without its resolver asks this. */
export interface Property {
  /** Throws unless the caller has the rights that the field demands. */
  require(source: unknown, context: Context): void;
  /** Counts the value, and gives it back. Throws OPERATION_TOO_LARGE. */
  count<T>(context: Context, value: T): T;
}

/** By the resolver that does all of it: a field whose resolver was replaced later is none of them. */
const properties = new WeakMap<Resolver, Property>();

/** Set where a field is a property of its object and no more. */
export function propertyOf({ resolve }: GuardedField): Property | undefined {
  return resolve && properties.get(resolve);
}

/**
 * Refuses a field to callers who lack one of the demanded rights, ends an operation between its resolvers when its time is
 * over, its client has left or its answer is too large, and gives a list no more entries than it was charged for.
 */
export function guard(field: GuardedField, demands: readonly AnyOf[], maxResponseBytes: number): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  const isObject = isCompositeType(getNamedType(field.type));
  const bounded = boundOf(field, resolve);
  const work = isObject ? paced(bounded, maxResponseBytes) : counted(field.name, resolve, maxResponseBytes);
  const require = requirement(demands);
  field.resolve = (source, args, context, info): unknown => {
    require(source, context);
    return work(source, args, context, info);
  };
  if (!isObject && resolve === defaultFieldResolver)
    properties.set(field.resolve, {
      require,
      count: (context, value) => progressOf(context, maxResponseBytes).count(field.name, value),
    });
  if (subscribe === undefined) return;
  field.subscribe = (source, args, context, info): unknown => {
    require(source, context);
    return subscribe(source, args, context, info);
  };
}

/**
 * Throws unless the caller has the demanded rights. What a caller may do stays the same while it is the same object, so the
 * caller that was let in last is let in again; whether an object is theirs is asked of each object.
 */
function requirement(demands: readonly AnyOf[]): (source: unknown, context: Context) => void {
  if (demands.some((anyOf) => anyOf.includes('OWNER')))
    return (source, context) => requireRights(demands, source, context);
  let allowed: Caller | null | undefined;
  return (_source, context) => {
    if (context.caller === allowed) return;
    requireRights(demands, null, context);
    allowed = context.caller;
  };
}

/** Resolves an object once the operation may go on. */
function paced(resolve: Resolver, maxBytes: number): Resolver {
  return (source, args, context, info) => {
    const progress = progressOf(context, maxBytes);
    progress.count(info.fieldName, null);
    const turn = progress.next();
    if (turn === null) return resolve(source, args, context, info);
    return (async () => {
      for (let others: Promise<void> | null = turn; others !== null; others = progress.next()) await others;
      return resolve(source, args, context, info);
    })();
  };
}

function counted(name: string, resolve: Resolver, maxBytes: number): Resolver {
  const read = resolve === defaultFieldResolver ? readerOf(name) : resolve;
  return (source, args, context, info) => {
    const value = read(source, args, context, info);
    if (value instanceof Promise)
      return value.then((known: unknown) => progressOf(context, maxBytes).count(name, known));
    return progressOf(context, maxBytes).count(name, value);
  };
}

/** Most fields are plain properties of their object, which cost less to read than the default resolver does. */
function readerOf(name: string): Resolver {
  return (source, args, context, info) => {
    const property = (source as Record<string, unknown>)[name];
    return typeof property === 'function' ? defaultFieldResolver(source, args, context, info) : property;
  };
}

function boundOf(field: GuardedField, resolve: Resolver): Resolver {
  const { maxEntries } = declaredOf(field);
  if (maxEntries === undefined || isPaged(field) || !isListOfObjects(field)) return resolve;
  const cut = (value: unknown): unknown =>
    Array.isArray(value) && value.length > maxEntries ? value.slice(0, maxEntries) : value;
  return (source, args, context, info) => {
    const value = resolve(source, args, context, info);
    return value instanceof Promise ? value.then(cut) : cut(value);
  };
}
