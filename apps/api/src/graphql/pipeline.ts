import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hideSuggestions } from './suggestions.js';
import type { Limits } from '../config.js';
import type { Context } from './context.js';
import { costOf } from './cost.js';
import type { DeclaredRights } from './declared-rights.js';
import type { Charge, CostBuckets } from './cost-bucket.js';
import { requestError } from './errors.js';
import { checkStaticLimits } from './static-limits.js';

export interface OperationRequest {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown> | null | undefined;
}

/** An operation that may be executed. */
export interface Admitted {
  operation: OperationDefinitionNode;
  charge: Charge;
  asksPlatform: boolean;
}

interface Checked {
  errors: readonly GraphQLError[];
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

const MAX_ERRORS = 5;
const INTROSPECTION = new Set(['__schema', '__type']);

/** All that is asked of an operation before it is executed; both transports go through it. */
export class Pipeline {
  private readonly checked = new WeakMap<DocumentNode, Checked>();
  private readonly parsed = new Map<string, DocumentNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rights: DeclaredRights,
    private readonly limits: Limits,
    private readonly buckets: CostBuckets,
  ) {}

  /** Parses a document; the latest ones are kept. Throws GRAPHQL_PARSE_FAILED. */
  parse(source: string): DocumentNode {
    const known = this.parsed.get(source);
    if (known !== undefined) return known;
    try {
      const document = parse(source, { maxTokens: this.limits.maxTokens });
      if (this.parsed.size >= 500) this.parsed.delete(this.parsed.keys().next().value ?? '');
      this.parsed.set(source, document);
      return document;
    } catch (error) {
      const isTooLarge = error instanceof GraphQLError && isTooManyTokens(error);
      throw requestError(isTooLarge ? 'OPERATION_TOO_LARGE' : 'GRAPHQL_PARSE_FAILED', (error as Error).message);
    }
  }

  /** Checks an operation and charges its cost to the caller. Gives the errors that forbid it. */
  admit(request: OperationRequest, context: Context): Admitted | readonly GraphQLError[] {
    const { errors, fragments } = this.check(request.document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(request.document, request.operationName);
    if (!operation)
      return [requestError('OPERATION_RESOLUTION_FAILURE', 'Name one of the operations of the document.')];
    try {
      this.requireIdentity(operation, fragments, context);
      const coerced = getVariableValues(this.schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
        maxErrors: MAX_ERRORS,
      });
      if (coerced.errors !== undefined) return coerced.errors.map(asInputError);
      const cost = costOf(this.schema, operation, fragments, coerced.coerced, this.limits);
      const payer = context.caller?.actorId ?? context.address;
      return { operation, asksPlatform: cost.asksPlatform, charge: this.buckets.charge(payer, cost.requested) };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  private check(document: DocumentNode): Checked {
    const known = this.checked.get(document);
    if (known !== undefined) return known;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    const checked = { errors: this.validate(document), fragments };
    this.checked.set(document, checked);
    return checked;
  }

  private validate(document: DocumentNode): readonly GraphQLError[] {
    const tooLarge = checkStaticLimits(document, this.limits);
    if (tooLarge !== null) return [tooLarge];
    const found = validate(this.schema, document, undefined, { maxErrors: MAX_ERRORS });
    return found.slice(0, MAX_ERRORS).map(
      (error) =>
        new GraphQLError(hideSuggestions(error.message), {
          nodes: error.nodes,
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        }),
    );
  }

  /** An anonymous caller gets no further than to the fields that are meant for everybody. */
  private requireIdentity(
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    context: Context,
  ): void {
    if (context.caller !== null) return;
    const root = this.schema.getRootType(operation.operation)?.name ?? '';
    for (const name of rootFields(operation, fragments)) {
      const isOpen = name === '__typename' || this.rights.isOpen(`${root}.${name}`);
      if (INTROSPECTION.has(name) || !isOpen) throw requestError('UNAUTHENTICATED', 'Sign in or send a token.');
    }
  }
}

function rootFields(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Set<string> {
  const names = new Set<string>();
  const visited = new Set<string>();
  const sets = [operation.selectionSet];
  for (let set = sets.pop(); set !== undefined; set = sets.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) sets.push(selection.selectionSet);
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) sets.push(fragment.selectionSet);
      }
    }
  }
  return names;
}

/** Whether graphql-js stopped parsing because a document has more tokens than allowed. */
export function isTooManyTokens(error: GraphQLError): boolean {
  return /contains more th\w+ \d+ tokens/.test(error.message);
}

function asInputError(error: GraphQLError): GraphQLError {
  return new GraphQLError(hideSuggestions(error.message), {
    nodes: error.nodes,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
