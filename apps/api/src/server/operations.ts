import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { requestError } from '../graphql/errors.js';
import type { Charge } from '../graphql/cost-bucket.js';
import { maskError } from '../graphql/masking.js';
import type { Pipeline } from '../graphql/pipeline.js';
import { isPublic } from '../graphql/public-answers.js';
import { sizeErrorOf } from '../graphql/progress.js';
import type { ServerLimits } from '../limits.js';
import type { Log } from '../log.js';
import type { MeasuredType, Meter } from '../metrics/meter.js';
import { isFreeOfSecrets } from './compression.js';
import type { OperationRequest } from './http-request.js';
import type { OperationContext } from './operation-context.js';
import { logOperation } from './operation-log.js';
import type { OperationNames } from './operation-names.js';
import { httpOutcomeOf } from './status.js';
import { executeTraced } from './traced-execution.js';

/** Largest number of errors in one answer. */
export const MAX_ERRORS = 50;

export interface OperationParts {
  schema: GraphQLSchema;
  pipeline: Pipeline;
  limits: ServerLimits;
  log: Log;
  meter: Pick<Meter, 'operation'>;
  /** By which operations are measured; null where nothing is. */
  names: OperationNames | null;
  /** Cursor of the newest event. */
  newestCursor: () => Promise<string>;
}

export interface Outcome {
  /** HTTP status. */
  status: number;
  /** HTTP headers that the outcome asks for. */
  headers: Readonly<Record<string, string>>;
  result: FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;
}

/** What was found of an operation so far; it is told in the log. */
interface Found {
  document?: DocumentNode;
  operation?: OperationDefinitionNode;
}

/** Carries out queries and mutations; what may be executed, and what is told of errors, is decided by the pipeline. */
export class Operations {
  constructor(private readonly parts: OperationParts) {}

  /** Answers every request, also those that fail, and ends each with a line in the log and a measurement. */
  async answer(request: OperationRequest, context: OperationContext): Promise<Outcome> {
    const found: Found = {};
    const outcome = await this.outcomeOrRefusal(request, context, found);
    context.isPublic =
      request.isGet && request.hash !== undefined && found.document !== undefined && isPublic(found.document);
    return this.ended(this.bounded(outcome, context), context, found);
  }

  private async outcomeOrRefusal(request: OperationRequest, context: OperationContext, found: Found): Promise<Outcome> {
    try {
      return await this.outcomeOf(request, context, found);
    } catch (error) {
      return this.refusal([asGraphQLError(error)], context);
    }
  }

  private async outcomeOf(request: OperationRequest, context: OperationContext, found: Found): Promise<Outcome> {
    const { pipeline } = this.parts;
    const { operationName, variables, isGet } = request;
    const document = (found.document = await pipeline.documents.parse(pipeline.known.textOf(request)));
    const operation = getOperationAST(document, operationName) ?? undefined;
    if (operation !== undefined) found.operation = operation;
    if (isGet && operation !== undefined && operation.operation !== OperationTypeNode.QUERY)
      return this.refusal([BY_POST_ONLY], context, { status: 405, headers: { allow: 'POST' } });
    const admitted = await pipeline.admit({ document, operationName, variables }, context, 'HTTP');
    if (!('charge' in admitted)) return this.refusal(admitted, context);
    context.charge = admitted.charge;
    if (admitted.asksPlatform) context.deadline.set(this.parts.limits.platformTime);
    return this.execute(document, request, context, admitted.operation);
  }

  private async execute(
    document: DocumentNode,
    { operationName, variables }: OperationRequest,
    context: OperationContext,
    operation: OperationDefinitionNode,
  ): Promise<Outcome> {
    const { schema, log } = this.parts;
    context.mayCompress = isFreeOfSecrets(document, operation);
    // Read before anything else, wherever it stands: an event between the two is then told twice rather than lost.
    if (context.caller !== null && asksForCursor(document)) context.cursor = await this.parts.newestCursor();
    const given = { schema, document, operationName, variableValues: variables, contextValue: context };
    const { data, errors } = await executeTraced(given, context);
    if (errors === undefined) return { status: 200, headers: NO_HEADERS, result: { data: data ?? null } };
    const masked = errors.map((error) => maskError(error, context.requestId, log));
    const result = { errors: masked, data: data ?? null };
    return { status: 200, headers: NO_HEADERS, result };
  }

  private refusal(
    errors: readonly GraphQLError[],
    context: OperationContext,
    given?: Pick<Outcome, 'status' | 'headers'>,
  ): Outcome {
    const masked = errors.map((error) => maskError(error, context.requestId, this.parts.log));
    return { ...(given ?? httpOutcomeOf(masked[0] ?? {})), result: { errors: masked } };
  }

  /** Replaces an answer that grew too large by its error, and cuts a list of errors to the first `MAX_ERRORS`. */
  private bounded(outcome: Outcome, context: OperationContext): Outcome {
    const tooLarge = sizeErrorOf(context);
    if (tooLarge !== null) return { ...outcome, result: this.refusal([tooLarge], context).result };
    const { errors } = outcome.result;
    if (errors === undefined) return outcome;
    const result = { ...outcome.result, errors: errors.slice(0, MAX_ERRORS) };
    return isStoreDown(result) ? { ...httpOutcomeOf(STORE_DOWN), result } : { ...outcome, result };
  }

  private ended({ status, headers, result }: Outcome, context: OperationContext, found: Found): Outcome {
    const { log, meter, names } = this.parts;
    const codes = result.errors?.map((error) => error.extensions?.['code']) ?? [];
    logOperation(log, context, { name: found.operation?.name?.value, document: found.document }, codes);
    const type = found.operation === undefined ? 'NONE' : MEASURED[found.operation.operation];
    if (names !== null) {
      const seconds = (performance.now() - context.startedAt) / 1_000;
      meter.operation({ type, name: names.of(found), codes, seconds, cost: context.charge?.requested ?? 0 });
    }
    context.isPublic &&= status === 200 && result.errors === undefined;
    // What is left to one caller is nothing for those who get the same answer from a cache.
    const isPriced = context.charge !== null && !context.isPublic;
    const told = isPriced ? withCost(result, context.charge) : result;
    return { status: context.status ?? status, headers, result: told };
  }
}

/** Written out: V8 makes a hidden class of each object that is made by spreading another one and adding to it. */
const withCost = ({ errors, data }: Outcome['result'], cost: Charge | null): Outcome['result'] => {
  const extensions = { cost };
  if (data === undefined) return { errors, extensions };
  return errors === undefined ? { data, extensions } : { errors, data, extensions };
};

const NO_HEADERS = {};
const STORE_DOWN = { extensions: { code: 'SERVICE_UNAVAILABLE' } };
const BY_POST_ONLY = requestError('BAD_REQUEST', 'Only queries are served by GET; send others by POST.');

const MEASURED: Readonly<Record<OperationTypeNode, MeasuredType>> = {
  query: 'QUERY',
  mutation: 'MUTATION',
  subscription: 'NONE',
};

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });

const cursorAsked = new WeakMap<DocumentNode, boolean>();

/** Found out once for a document, which is kept from request to request. */
function asksForCursor(document: DocumentNode): boolean {
  const known = cursorAsked.get(document);
  if (known !== undefined) return known;
  const names = new Set<string>();
  visit(document, { Field: ({ name }) => void names.add(name.value) });
  const isAsked = names.has('server') && names.has('cursor');
  cursorAsked.set(document, isAsked);
  return isAsked;
}

/** Whether an answer without data is due to a store that does not answer. */
function isStoreDown({ data, errors }: FormattedExecutionResult): boolean {
  const isEmpty = Object.values(data ?? {}).every((value) => value === null);
  return isEmpty && (errors?.some(({ extensions }) => extensions?.['code'] === 'SERVICE_UNAVAILABLE') ?? false);
}
