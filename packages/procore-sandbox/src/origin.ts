import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { badRequest, Refusal } from './errors.js';
import type { OriginName } from './faults.js';
import type { World } from './model/world.js';
import { xmlError } from './storage/xml.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The origin that the call is meant for; null for the sandbox's own pages. */
    originName: OriginName | null;
    /** Set by the token endpoint when the call redeems a refresh token. */
    isRefresh: boolean;
    /** Set by a fault: one bit of what is stored is another than what was sent. */
    flipsBit: boolean;
  }
}

const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

/** A server for one origin with body parsers, counters and the error shapes of that origin; faults and routes are added to it. */
export async function createOrigin(world: World, name: OriginName): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 2000 },
  });
  app.decorateRequest('originName', null);
  app.decorateRequest('isRefresh', false);
  app.decorateRequest('flipsBit', false);
  app.addHook('onRequest', (request, _reply, done) => {
    request.originName = originOf(name, request.url);
    // A client that goes away while nothing reads its body raises an error that no one listens to; Node ends the process for it.
    request.raw.on('error', () => undefined);
    done();
  });
  addParsers(app, name);
  await app.register(formbody);
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendError(new Refusal(404, { errors: 'Not found' }), request, reply));
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.originName !== null) world.counters.answered(routeOf(request), reply.statusCode);
    done(null, payload);
  });
  return app;
}

function originOf(name: OriginName, url: string): OriginName | null {
  if (name !== 'api') return name;
  if (/^\/sandbox(?=[/?]|$)/.test(url)) return null;
  return url.startsWith('/oauth/') ? 'login' : 'api';
}

/** `api GET /rest/v1.0/me`: origin, method and pattern of a call, as the counters name it. */
export const routeOf = (request: FastifyRequest): string =>
  `${request.originName ?? 'sandbox'} ${request.method} ${request.routeOptions.url ?? '(no such route)'}`;

function addParsers(app: FastifyInstance, name: OriginName): void {
  if (name === 'storage') {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    return;
  }
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)));
    } catch {
      done(badRequest('The body is not JSON'));
    }
  });
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = error instanceof Refusal ? error : fromFramework(error);
  void reply.code(refusal.status);
  if (request.originName === 'storage') {
    const { code, message } = storageError(refusal);
    return reply.type('application/xml').send(xmlError(code, message));
  }
  if (typeof refusal.body === 'string') return reply.type('text/plain; charset=utf-8').send(refusal.body);
  return reply.send(request.url.startsWith('/rest/v2') ? v2Envelope(refusal) : refusal.body);
}

function fromFramework(error: unknown): Refusal {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status >= 500) return new Refusal(500, { errors: `The sandbox itself failed: ${String(error)}` });
  return new Refusal(status === 415 ? 406 : status, { errors: String((error as Error).message) });
}

/** The code and message of an XML error; refusals of storage carry them as their body. */
function storageError(refusal: Refusal): { code: string; message: string } {
  const body = refusal.body as { code?: string; message?: string };
  return { code: body.code ?? 'NoSuchKey', message: body.message ?? 'The request can not be served.' };
}

const v2Codes: Record<number, string> = { 400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND' };

function v2Envelope(refusal: Refusal) {
  const { errors, message } = refusal.body as { errors?: unknown; message?: string };
  const text = message ?? (typeof errors === 'string' ? errors : JSON.stringify(errors));
  const code = v2Codes[refusal.status] ?? 'ERROR';
  return { error: { code, message: text, details: [{ reason_code: code, message: text }] } };
}
