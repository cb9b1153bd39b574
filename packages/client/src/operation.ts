import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { MutationName } from './graphql.js';

/** A document that knows its result and its variables, as `graphql` makes it. */
export interface Typed<Result, Variables> extends DocumentNode {
  // Bivariant, so that a document with variables is taken for one of any.
  __apiType?(variables: Variables): Result;
}

export type Variables = Readonly<Record<string, unknown>>;

/** What the client has to know of a document. */
export interface Operation {
  readonly query: string;
  readonly isMutation: boolean;
  /** Names of the variables that carry an idempotency key. */
  readonly keyNames: readonly string[];
  /** Whether doing it twice with the same variables has one effect. */
  readonly isRepeatable: boolean;
}

/** Mutations without key that succeed without effect when they are repeated. */
const HARMLESS: ReadonlySet<string> = new Set<MutationName>([
  'apiTokenRevoke',
  'jobResume',
  'jobSuspend',
  'runCancel',
  'runPause',
  'runResume',
  'userDisable',
]);

const known = new WeakMap<DocumentNode, Operation>();

/** Throws a `GraphQLError` for text that is no GraphQL. */
export function operationOf(document: DocumentNode | string): Operation {
  if (typeof document === 'string') return read(parse(document, { maxTokens: MAX_TOKEN_COUNT }));
  const operation = known.get(document) ?? read(document);
  known.set(document, operation);
  return operation;
}

const MAX_TOKEN_COUNT = 100_000;

function read(document: DocumentNode): Operation {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('The document has no operation.');
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const fields = rootFields(operation);
  return {
    query: print(document),
    isMutation,
    keyNames: fields?.flatMap((field) => keyVariable(field) ?? []) ?? [],
    isRepeatable: !isMutation || (fields?.every((field) => HARMLESS.has(field.name.value) || hasKey(field)) ?? false),
  };
}

/** Null when a fragment hides some of them. */
function rootFields({ selectionSet }: OperationDefinitionNode): FieldNode[] | null {
  const fields = selectionSet.selections.filter((each) => each.kind === Kind.FIELD);
  return fields.length === selectionSet.selections.length ? fields : null;
}

const keyOf = (field: FieldNode) => field.arguments?.find(({ name }) => name.value === 'idempotencyKey')?.value;
const hasKey = (field: FieldNode): boolean => [Kind.VARIABLE, Kind.STRING].some((kind) => keyOf(field)?.kind === kind);

function keyVariable(field: FieldNode): string | null {
  const value = keyOf(field);
  return value?.kind === Kind.VARIABLE ? value.name.value : null;
}

/** The variables with a new idempotency key wherever the operation takes one and none is given. */
export function withKeys({ keyNames }: Operation, variables: Variables, newKey: () => string): Variables {
  const missing = [...new Set(keyNames)].filter((name) => (variables[name] ?? null) === null);
  return { ...variables, ...Object.fromEntries(missing.map((name) => [name, newKey()])) };
}

/** A new idempotency key. Works on plain http too, where browsers lack `crypto.randomUUID`. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
