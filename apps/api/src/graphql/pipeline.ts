import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ServerLimits } from '../limits.js';
import { networkOf } from '../net/client-address.js';
import type { Context } from './context.js';
import { costOf, type Cost } from './cost.js';
import type { DeclaredRights } from './declared-rights.js';
import type { Charge, CostBuckets } from './cost-bucket.js';
import { MAX_ERRORS, type Documents } from './documents.js';
import type { KnownDocuments } from './known-documents.js';
import type { MutationRecorder } from './mutation-recorder.js';
import { requestError } from './errors.js';
import { checkInputs } from './input-check.js';
import { variableErrors } from './input-error.js';
import { requirePayloadRights, type AskedOperation } from './payload-rights.js';

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

/** What is said of an operation: it may be executed, or the errors that forbid it. */
type Decision = Admitted | readonly GraphQLError[];

/** Subscriptions are served by WebSocket, everything else by HTTP. */
export type Transport = 'HTTP' | 'WEBSOCKET';

/** Codes of errors that say that the caller may not, or not here. */
const NOT_ALLOWED: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_REQUEST']);
const INTROSPECTION = new Set(['__schema', '__type']);
const NO_VARIABLES = { values: {} };

/** All that is asked of an operation before it is executed; both transports go through it. */
export class Pipeline {
  /** Costs of operations without variables whose inputs were right: both are the same at each request. */
  private readonly fixedCosts = new WeakMap<OperationDefinitionNode, Cost>();

  constructor(
    private readonly schema: GraphQLSchema,
    readonly documents: Documents,
    readonly known: KnownDocuments,
    private readonly rights: DeclaredRights,
    private readonly limits: ServerLimits,
    private readonly buckets: CostBuckets,
    private readonly recorder: Pick<MutationRecorder, 'refused'>,
  ) {}

  /**
   * Checks an operation and charges its cost to the caller. Gives the errors that forbid it. Mutations that are not allowed
   * are recorded before.
   */
  admit(request: OperationRequest, context: Context, transport: Transport): Decision | Promise<Decision> {
    const { errors, fragments, inputsOf } = this.documents.check(request.document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(request.document, request.operationName);
    if (!operation)
      return [requestError('OPERATION_RESOLUTION_FAILURE', 'Name one of the operations of the document.')];
    const decision = this.decide(operation, request, { fragments, inputsOf }, context, transport);
    if ('charge' in decision || operation.operation !== OperationTypeNode.MUTATION) return decision;
    const isForbidden = decision.some(({ extensions }) => NOT_ALLOWED.has(extensions['code']));
    return isForbidden ? this.recorded(decision, rootFields(operation, fragments), context) : decision;
  }

  private async recorded(decision: Decision, fields: ReadonlySet<string>, context: Context): Promise<Decision> {
    await this.recorder.refused([...fields], context);
    return decision;
  }

  private decide(
    operation: OperationDefinitionNode,
    request: OperationRequest,
    { fragments, inputsOf }: Pick<ReturnType<Documents['check']>, 'fragments' | 'inputsOf'>,
    context: Context,
    transport: Transport,
  ): Decision {
    try {
      this.requireIdentity(operation, fragments, context);
      this.known.require(request.document, context);
      const variables = this.readVariables(operation, request.variables ?? {});
      if ('errors' in variables) return variables.errors;
      const known = this.fixedCosts.get(operation);
      const wrong = known === undefined ? checkInputs(inputsOf(operation), variables.values, MAX_ERRORS) : [];
      if (wrong.length > 0) return wrong;
      const asked = { operation, fragments, variables: variables.values };
      requirePayloadRights(this.schema, this.rights, asked, context);
      const cost = known ?? this.costOf(asked);
      requireTransport(operation.operation, transport);
      const payer = context.caller?.personId ?? networkOf(context.address);
      return {
        operation,
        asksPlatform: cost.asksPlatform !== null,
        charge: this.buckets.charge(payer, cost.requested),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  private costOf({ operation, fragments, variables }: AskedOperation): Cost {
    const cost = costOf(this.schema, operation, fragments, variables, this.limits);
    if (!operation.variableDefinitions?.length) this.fixedCosts.set(operation, cost);
    return cost;
  }

  private readVariables(
    operation: OperationDefinitionNode,
    given: Record<string, unknown>,
  ): { values: Record<string, unknown> } | { errors: readonly GraphQLError[] } {
    const definitions = operation.variableDefinitions ?? [];
    if (definitions.length === 0) return NO_VARIABLES;
    const read = getVariableValues(this.schema, definitions, given, { maxErrors: MAX_ERRORS });
    if (read.errors === undefined) return { values: read.coerced };
    return { errors: variableErrors(this.schema, definitions, given).slice(0, MAX_ERRORS) };
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

function requireTransport(operation: OperationTypeNode, transport: Transport): void {
  const isSubscription = operation === OperationTypeNode.SUBSCRIPTION;
  if (isSubscription && transport === 'HTTP')
    throw requestError('BAD_REQUEST', 'Subscriptions are served by WebSocket at this address.');
  if (!isSubscription && transport === 'WEBSOCKET')
    throw requestError('BAD_REQUEST', 'Only subscriptions are served here; send others by HTTP.');
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
