import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequest,
  type GraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import {
  GraphQLError,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type OperationTypeNode,
  visit,
  type DocumentNode,
} from 'graphql';
import type { ServerLimits } from '../limits.js';
import { maskError } from '../graphql/masking.js';
import { execute } from '../graphql/execution/execution.js';
import { hashOf, isTooManyTokens } from '../graphql/documents.js';
import type { Pipeline } from '../graphql/pipeline.js';
import { sizeErrorOf } from '../graphql/progress.js';
import type { Log } from '../log.js';
import type { MeasuredType, Meter } from '../metrics/meter.js';
import { isFreeOfSecrets } from './compression.js';
import { OperationContext } from './operation-context.js';
import { httpOutcomeOf, type HttpOutcome } from './status.js';

/** Largest number of errors in one answer. */
export const MAX_ERRORS = 50;

type Result = Extract<GraphQLResponse['body'], { kind: 'single' }>['singleResult'];

export interface ApolloParts {
  schema: GraphQLSchema;
  pipeline: Pipeline;
  limits: ServerLimits;
  log: Log;
  meter: Pick<Meter, 'operation'>;
  /** Cursor of the newest event. */
  newestCursor: () => Promise<string>;
}

/** Executes queries and mutations; what may be executed, and what is told of errors, is decided by the pipeline. */
export async function startApollo(parts: ApolloParts): Promise<ApolloServer<OperationContext>> {
  const { schema, pipeline, limits, log } = parts;
  // Apollo Server masks errors where it knows no context. A store of the asynchronous context would tell the request, at the
  // price of every promise of the process.
  const requestIds = new WeakMap<Error, string>();
  const server = new ApolloServer<OperationContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    dangerouslyDisableValidation: true,
    documentStore: pipeline.documents,
    parseOptions: { maxTokens: limits.maxTokens },
    logger: log,
    formatError: (_formatted, error) => {
      const given = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
      const known = isTooManyTokens(given)
        ? new GraphQLError(given.message, { extensions: { code: 'OPERATION_TOO_LARGE' } })
        : given;
      return maskError(known, requestIds.get(error as Error) ?? null, log);
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      operationPlugin(parts, requestIds),
    ],
  });
  await server.start();
  return server;
}

/** Masks errors under their request, admits and executes operations, and ends each with a line in the log and a measurement. */
function operationPlugin(parts: ApolloParts, requestIds: WeakMap<Error, string>): ApolloServerPlugin<OperationContext> {
  const { log } = parts;
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => {
        for (const error of errors) requestIds.set(error, contextValue.requestId);
      },
      // Without an operation there is nothing to execute, and graphql-js says so.
      responseForOperation: async ({ operation, document, request, contextValue }) =>
        operation === undefined ? null : answerTo(parts, { operation, document, request, context: contextValue }),
      willSendResponse: async ({ response, operation, operationName, document, contextValue }) => {
        if (response.body.kind !== 'single') return;
        const result = boundResult(response.body.singleResult, contextValue, log);
        response.body.singleResult = result;
        if (isStoreDown(result)) answer(response, httpOutcomeOf({ extensions: { code: 'SERVICE_UNAVAILABLE' } }));
        if (contextValue.status !== null) response.http.status = contextValue.status;
        if (contextValue.charge !== null) result.extensions = { ...result.extensions, cost: contextValue.charge };
        const codes = result.errors?.map((error) => error.extensions?.['code']) ?? [];
        logOperation(log, contextValue, { name: operationName, document }, codes);
        const type = operation === undefined ? 'NONE' : MEASURED[operation.operation];
        const seconds = (performance.now() - contextValue.startedAt) / 1_000;
        parts.meter.operation(type, result.errors !== undefined, seconds);
      },
    }),
    unexpectedErrorProcessingRequest: async ({ error, requestContext }) => {
      log.error({ requestId: requestContext.contextValue.requestId, err: error }, 'defect');
    },
  };
}

interface Operation {
  operation: OperationDefinitionNode;
  document: DocumentNode;
  request: GraphQLRequest;
  context: OperationContext;
}

/** Executes what the pipeline admits, and says why where it does not. */
async function answerTo(parts: ApolloParts, asked: Operation): Promise<GraphQLResponse> {
  const { schema, pipeline, limits, log } = parts;
  const { operation, document, context } = asked;
  const { operationName, variables } = asked.request;
  const admitted = await pipeline.admit({ document, operationName, variables }, context, 'HTTP');
  if (!('charge' in admitted)) return refusal(admitted, context, log);
  context.charge = admitted.charge;
  context.answer.mayCompress = isFreeOfSecrets(document, operation);
  if (admitted.asksPlatform) context.deadline.set(limits.platformTime);
  // Read before anything else, wherever it stands: an event between the two is then told twice rather than lost.
  if (context.caller !== null && asksForCursor(document)) context.cursor = await parts.newestCursor();
  const given = { schema, document, operationName, variableValues: variables, contextValue: context };
  const { data, errors } = await execute(given);
  const masked = errors?.map((error) => maskError(error, context.requestId, log));
  return single({ ...(masked && { errors: masked }), data });
}

const MEASURED: Readonly<Record<OperationTypeNode, MeasuredType>> = {
  query: 'QUERY',
  mutation: 'MUTATION',
  subscription: 'NONE',
};

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

/** Replaces an answer that grew too large by its error, and cuts a list of errors to the first `MAX_ERRORS`. */
function boundResult(result: Result, context: OperationContext, log: Log): Result {
  const tooLarge = sizeErrorOf(context);
  if (tooLarge !== null) return { errors: [maskError(tooLarge, context.requestId, log)] };
  return result.errors === undefined ? result : { ...result, errors: result.errors.slice(0, MAX_ERRORS) };
}

function refusal(errors: readonly GraphQLError[], context: OperationContext, log: Log): GraphQLResponse {
  const masked = errors.map((error) => maskError(error, context.requestId, log));
  return single({ errors: masked }, httpOutcomeOf(masked[0] ?? {}));
}

function single(singleResult: Result, { status, headers }: Partial<HttpOutcome> = {}): GraphQLResponse {
  return {
    http: { ...(status !== undefined && { status }), headers: new HeaderMap(Object.entries(headers ?? {})) },
    body: { kind: 'single', singleResult },
  };
}

/** Whether an answer without data is due to a store that does not answer. */
function isStoreDown({ data, errors }: ExecutionResult | FormattedExecutionResult): boolean {
  const isEmpty = Object.values(data ?? {}).every((value) => value === null);
  return isEmpty && (errors?.some(({ extensions }) => extensions?.['code'] === 'SERVICE_UNAVAILABLE') ?? false);
}

function answer({ http }: GraphQLResponse, { status, headers }: HttpOutcome): void {
  http.status = status;
  for (const [name, value] of Object.entries(headers)) http.headers.set(name, value);
}

/** What was asked for; without a document where it could not be read. */
interface Asked {
  name: string | null | undefined;
  document?: DocumentNode | undefined;
}

/** One line per operation, without its variables. */
export function logOperation(log: Log, context: OperationContext, { name, document }: Asked, codes: unknown[]): void {
  log.info(
    {
      requestId: context.requestId,
      operation: name ?? 'anonymous',
      document: document === undefined ? null : hashOf(document),
      actorId: context.caller?.actorId ?? null,
      durationMs: Math.round(performance.now() - context.startedAt),
      cost: context.charge?.requested ?? null,
      codes,
    },
    'operation',
  );
}
