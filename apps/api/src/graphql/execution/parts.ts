import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.js';
import type { Property } from '../guard.js';

export type Variables = Record<string, unknown>;
export type Answer = Record<string, unknown>;
export type Field = GraphQLField<unknown, Context>;
/** Where a value stands in the answer. */
export type Path = GraphQLResolveInfo['path'];

/** Makes what a resolver gave into what the answer says, or throws why it cannot be said. */
export type Completer = (value: unknown, path: Path, info: GraphQLResolveInfo, run: Run) => unknown;

/** What an operation asks of objects of one type, in the order of the answer. */
export interface SelectionPlan {
  readonly fields: readonly FieldPlan[];
  /** Whether one of the names means something else to an ordinary object. */
  readonly isNamedOddly: boolean;
}

/** A field of a selection; found out once, used for every object of which it is asked. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  readonly field: Field;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  /** Set where the value is known before: the name of the type. */
  readonly constant: string | undefined;
  /** Set where the field needs no resolver; its values are completed by their type alone. */
  readonly property: (Property & { complete(value: unknown): unknown }) | undefined;
  readonly complete: Completer;
  /** Throws errors of graphql-js about the arguments. */
  argumentsBy(variables: Variables): Variables;
  /** What is asked of the field's objects, when they are of that type. */
  selectionOf(type: GraphQLObjectType): SelectionPlan;
}

/** What completing a value needs of the execution under way. */
export interface Run {
  readonly context: Context;
  /** The asked fields of an object; a promise where one of them has to be waited for. */
  fields(selection: SelectionPlan, source: unknown, path: Path | undefined): Answer | Promise<Answer>;
  /** Completes a value, which may be awaited; an error is told where its place may be null, and thrown elsewhere. */
  attempt(
    field: FieldPlan,
    type: GraphQLOutputType,
    path: Path,
    value: unknown,
    complete: (value: unknown) => unknown,
  ): unknown;
}

export const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
