import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Limits } from '../config.js';
import { maskError } from '../graphql/masking.js';
import { isTooManyTokens } from '../graphql/documents.js';
import type { Pipeline } from '../graphql/pipeline.js';
import type { Log } from '../log.js';
import { OperationContext } from './operation-context.js';

/** The request that is being answered; Apollo Server masks errors where it knows no context. */
export const currentRequest = new AsyncLocalStorage<{ requestId: string }>();

const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, RATE_LIMITED: 429, SERVICE_UNAVAILABLE: 503 };

export interface ApolloParts {
  schema: GraphQLSchema;
  pipeline: Pipeline;
  limits: Limits;
  log: Log;
}

/** Executes queries and mutations; what may be executed, and what is told of errors, is decided by the pipeline. */
export async function startApollo({
  schema,
  pipeline,
  limits,
  log,
}: ApolloParts): Promise<ApolloServer<OperationContext>> {
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
      return maskError(known, currentRequest.getStore()?.requestId ?? '', log);
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      pipelinePlugin(pipeline, limits, log),
    ],
  });
  await server.start();
  return server;
}

function pipelinePlugin(pipeline: Pipeline, limits: Limits, log: Log): ApolloServerPlugin<OperationContext> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue }) => {
        // Without an operation there is nothing to execute, and graphql-js says so.
        if (operation === undefined) return null;
        const { operationName, variables } = request;
        const admitted = pipeline.admit({ document, operationName, variables }, contextValue);
        if (!('charge' in admitted)) return refusal(admitted, contextValue, log);
        contextValue.charge = admitted.charge;
        if (admitted.asksPlatform) contextValue.deadline.set(limits.platformTime);
        return null;
      },
      willSendResponse: async ({ response, operationName, contextValue }) => {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        if (contextValue.charge !== null) result.extensions = { ...result.extensions, cost: contextValue.charge };
        logOperation(log, contextValue, operationName, result.errors?.map((error) => error.extensions?.['code']) ?? []);
      },
    }),
  };
}

function refusal(errors: readonly GraphQLError[], context: OperationContext, log: Log): GraphQLResponse {
  const first = errors[0]?.extensions ?? {};
  const retryAfter = first['retryAfter'];
  const headers = new HeaderMap(typeof retryAfter === 'number' ? [['retry-after', String(retryAfter)]] : []);
  return {
    http: { status: STATUS[String(first['code'])] ?? 400, headers },
    body: { kind: 'single', singleResult: { errors: errors.map((error) => maskError(error, context.requestId, log)) } },
  };
}

/** One line per operation, without its variables. */
export function logOperation(
  log: Log,
  context: OperationContext,
  name: string | null | undefined,
  codes: unknown[],
): void {
  log.info(
    {
      requestId: context.requestId,
      operation: name ?? 'anonymous',
      actorId: context.caller?.actorId ?? null,
      durationMs: Math.round(performance.now() - context.startedAt),
      cost: context.charge?.requested ?? null,
      codes,
    },
    'operation',
  );
}
