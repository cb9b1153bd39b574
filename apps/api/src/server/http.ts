import { randomUUID } from 'node:crypto';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { AccessService } from '../access/access.service.js';
import type { Config } from '../config.js';
import { maskError } from '../graphql/masking.js';
import { requestError } from '../graphql/errors.js';
import type { Log } from '../log.js';
import type { MeasuredPath, Meter } from '../metrics/meter.js';
import type { Tracer } from '../tracing/tracer.js';
import { serveAdmin } from './admin.js';
import { answerTypeOf } from './answer-type.js';
import { basePathOf, belowBase } from './base-path.js';
import { compressed, encodingOf, LEAST_BYTES, type Encoding } from './compression.js';
import { addSecurityHeaders } from './headers.js';
import { readRequest, type OperationRequest } from './http-request.js';
import { isOwnOrigin } from './origins.js';
import { Deadline, OperationContext } from './operation-context.js';
import type { Operations } from './operations.js';
import { limitSockets, requestTimes } from './socket-limits.js';
import type { Unready } from './readiness.js';
import { httpOutcomeOf } from './status.js';

/** Routes that a domain serves besides GraphQL. */
export type Routes = (server: FastifyInstance) => void;

export interface HttpParts {
  config: Config;
  log: Log;
  meter: Pick<Meter, 'request' | 'errors'>;
  tracer: Tracer;
  access: AccessService;
  operations: Operations;
  /** Why the server is not ready; empty when it is. */
  readiness(): Promise<Unready[]>;
  routes: readonly Routes[];
}

const MAX_URL_BYTES = 8 * 1024;
const FOREIGN_ORIGIN =
  'Pages of this origin may not use the API. If people open Sluice at this address, set SLUICE_PUBLIC_URL to it.';
const UNACCEPTABLE = 'Answers are application/json or application/graphql-response+json.';
/** Resolvers are told of the deadline first; the request itself is answered a little later. */
const GRACE_MS = 500;

/**
 * Makes the HTTP server; it does not listen yet. This folder is the way in from the network: addresses, sockets, time-outs,
 * headers and origins, GraphQL over HTTP and WebSocket, health and the web app's files. What may be executed is decided by
 * `graphql/`, who asks by `access/`.
 */
export async function createHttpServer(parts: HttpParts): Promise<FastifyInstance> {
  const { config } = parts;
  const basePath = basePathOf(config.publicUrl);
  const server = fastify({
    rewriteUrl: (request) => belowBase(request.url ?? '/', basePath),
    bodyLimit: config.limits.maxBodyBytes,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
    trustProxy: config.trustedProxies ?? false,
    routerOptions: { maxParamLength: 500 },
    ...requestTimes(config.limits),
  });
  if (config.trustedProxies === null) limitSockets(server.server, config.limits.maxHttpSocketsPerAddress);
  server.removeContentTypeParser('text/plain');
  addSecurityHeaders(server);
  server.addHook('onRequest', (request, _reply, done) => {
    const isLong = request.url.length > MAX_URL_BYTES;
    done(isLong ? httpError(414, 'OPERATION_TOO_LARGE', 'The address of a request has at most 8 KiB.') : undefined);
  });
  server.addHook('onResponse', (request, reply, done) => {
    parts.meter.request(measuredPath(request.routeOptions.url), reply.statusCode);
    done();
  });
  server.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply, parts));
  server.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const reasons = await parts.readiness();
    if (reasons.length === 0) return reply.send({ status: 'ready' });
    return reply.code(503).send({ status: 'not ready', reasons });
  });
  // A map by request, even a weak one, would keep requests alive past the quick collections of garbage.
  server.decorateRequest('operation', null);
  server.route({
    url: '/graphql',
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: parts.tracer.isOn ? traced(graphqlHandler(parts), parts.tracer) : graphqlHandler(parts),
    onSend: (request, reply, body, done) => {
      const encoding = typeof body === 'string' ? encodingFor(body, request, reply) : null;
      if (encoding === null) return done(null, body);
      const made = compressed(body as string, encoding);
      const send = (bytes: Buffer) => done(null, withEncoding(reply, encoding, bytes));
      if (made instanceof Promise) made.then(send, done);
      else send(made);
    },
  });
  for (const add of parts.routes) add(server);
  await serveAdmin(server, basePath);
  return server;
}

/** `route`: as it was declared, so that a path of a stranger is none; absent where none fits. */
function measuredPath(route: string | undefined): MeasuredPath {
  if (route === '/graphql') return 'graphql';
  if (route?.startsWith('/downloads/')) return 'downloads';
  return route?.startsWith('/health/') ? 'health' : 'other';
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const traced =
  (handle: Handler, tracer: Tracer): Handler =>
  (request, reply) =>
    tracer.span(
      'request',
      { 'sluice.request.id': request.id, 'http.request.method': request.method },
      async (tell) => {
        const answer = await handle(request, reply);
        tell({ 'http.response.status_code': reply.statusCode });
        return answer;
      },
      callerOf(request),
    );

/** A header that came twice names no caller. */
function callerOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of the operation; null until it has one. */
    operation: OperationContext | null;
  }
}

function graphqlHandler(parts: HttpParts): Handler {
  const { config, access, log, operations, tracer } = parts;
  return async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'POST') {
      void reply.header('allow', 'GET, POST');
      throw httpError(405, 'BAD_REQUEST', 'GraphQL is served by GET and POST.');
    }
    const type = answerTypeOf(request.headers.accept);
    if (type === null) throw httpError(406, 'BAD_REQUEST', UNACCEPTABLE);
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && !isOwnOrigin(request.headers.origin, config, request.server.server)) {
      throw httpError(403, 'FORBIDDEN', FOREIGN_ORIGIN);
    }
    const asked = readRequest(request);
    const deadline = new Deadline(config.limits.operationTime);
    const caller = await access.identify({ authorization, cookie });
    const setHeader = (name: string, value: string) => void reply.header(name, value);
    const origin = { requestId: request.id, caller, address: request.ip, tracer, setHeader };
    const context = new OperationContext(origin, deadline);
    request.operation = context;
    reply.raw.on('close', () => (reply.raw.writableEnded ? deadline.clear() : deadline.clientLeft()));
    void reply.type(type);
    return new Promise<string>((resolve, reject) => {
      deadline.whenOver(() => setTimeout(() => resolve(lateAnswer(context, log)), GRACE_MS).unref());
      answerBy(operations, asked, context, reply).then(resolve, reject);
    });
  };
}

async function answerBy(
  operations: Operations,
  asked: OperationRequest,
  context: OperationContext,
  reply: FastifyReply,
): Promise<string> {
  const { status, headers, result } = await operations.answer(asked, context);
  void reply.code(status).headers(headers);
  return JSON.stringify(result);
}

/** How the client takes an answer that may be made smaller; null for one that goes out as it is. */
function encodingFor(body: string, { headers, operation }: FastifyRequest, reply: FastifyReply): Encoding | null {
  const maySmaller = reply.statusCode < 400 && operation?.mayCompress && Buffer.byteLength(body) >= LEAST_BYTES;
  return maySmaller ? encodingOf(headers['accept-encoding']?.toString()) : null;
}

/** The length of the answer follows. */
function withEncoding(reply: FastifyReply, encoding: Encoding, bytes: Buffer): Buffer {
  void reply.header('content-encoding', encoding).header('content-length', bytes.length);
  return bytes;
}

/** For a request whose operation did not stop at its deadline. */
function lateAnswer(context: OperationContext, log: Log): string {
  const error = requestError('TIMEOUT', 'The operation took too long and was stopped.');
  return JSON.stringify({ errors: [maskError(error, context.requestId, log)] });
}

function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

function httpError(status: number, code: Parameters<typeof requestError>[0], message: string): GraphQLError {
  return requestError(code, message, { http: { status } });
}

/** Gives every refusal the shape of a GraphQL answer, also those of requests that never reach GraphQL. */
function sendError(
  error: FastifyError | GraphQLError,
  request: FastifyRequest,
  reply: FastifyReply,
  { log, meter }: Pick<HttpParts, 'log' | 'meter'>,
): void {
  const masked = maskError(error instanceof GraphQLError ? error : ofFastify(error), request.id, log);
  meter.errors('http', [masked.extensions?.['code']]);
  const { status, headers } = httpOutcomeOf(masked);
  const body = JSON.stringify({ errors: [masked] });
  void reply
    .code(givenStatus(error) ?? status)
    .headers(headers)
    .type('application/json; charset=utf-8')
    .send(body);
}

/** HTTP status of an error: the one that a refusal names, else the one of its code. */
function givenStatus(error: FastifyError | GraphQLError): number | undefined {
  if (error instanceof GraphQLError) return (error.extensions['http'] as { status?: number } | undefined)?.status;
  return error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : undefined;
}

function ofFastify(error: FastifyError): GraphQLError {
  const status = givenStatus(error);
  if (status === undefined) return new GraphQLError('', { originalError: error });
  return requestError(status === 413 ? 'OPERATION_TOO_LARGE' : 'BAD_REQUEST', error.message);
}
