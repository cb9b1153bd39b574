import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultRule, FaultTarget } from './faults.js';
import type { World } from './model/world.js';
import { routeOf } from './origin.js';
import { expireAll, revokeAll } from './oauth/tokens.js';

/** Lets the bytes of a cut body reach the client before its connection closes. */
const CLOSE_DELAY_MS = 5;
const DEFAULT_SLOW_MS = 1000;

const htmlBody = (status: number) =>
  `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>Something went wrong on the way to the application.</p></body></html>`;

const refusalTexts: Record<number, unknown> = {
  401: { errors: 'The access token is invalid' },
  403: { message: 'Invalid Project or Company' },
  404: { errors: 'Not found' },
  408: { errors: 'Request Timeout' },
};

/**
 * Makes calls go wrong by the rules of the world: some before their handler runs, some after it. Hooks that count the
 * call are to be added before, so that a call that goes wrong is counted too.
 */
export function installFaults(app: FastifyInstance, world: World): void {
  const firing = new WeakMap<FastifyRequest, FaultRule>();

  app.addHook('onRequest', async (request, reply) => {
    const target = targetOf(request);
    const rule = target && world.faults.ruleFor(target);
    if (!rule) return;
    world.counters.faultFired(rule.kind);
    firing.set(request, rule);
    await before(world, rule, request, reply);
    if (rule.kind === 'reset-before-commit') world.counters.answered(routeOf(request), 'reset');
    if (reply.sent) return reply;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const rule = firing.get(request) ?? refreshRule(world, request);
    return rule ? after(rule, request, reply, payload) : payload;
  });
}

const targetOf = ({ originName, method, url }: FastifyRequest): FaultTarget | null =>
  originName === null ? null : { origin: originName, method, url };

/** Losing the reply of a refresh is decided when the body of the call is known. */
function refreshRule(world: World, request: FastifyRequest): FaultRule | undefined {
  const target = targetOf(request);
  if (!target || !request.isRefresh) return undefined;
  const rule = world.faults.ruleFor(target, 'lose-refresh-reply');
  if (rule) world.counters.faultFired(rule.kind);
  return rule;
}

async function before(world: World, rule: FaultRule, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  switch (rule.kind) {
    case 'slow':
      return wait(rule.ms ?? DEFAULT_SLOW_MS);
    case 'flipped-bit':
      request.flipsBit = true;
      return;
    case 'expire-tokens':
      return expireAll(world);
    case 'revoke-tokens':
      return revokeAll(world);
    case 'reset-before-commit':
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    case 'status':
      return sendStatus(rule, reply);
    case 'html-body':
      return void sendText(reply, rule.status ?? 200, htmlBody(rule.status ?? 200));
  }
}

function sendStatus(rule: FaultRule, reply: FastifyReply): void {
  const status = rule.status ?? 500;
  if (rule.retryAfter !== undefined) void reply.header('retry-after', String(rule.retryAfter));
  const body = rule.body ?? refusalTexts[status] ?? htmlBody(status);
  if (typeof body === 'string') sendText(reply, status, body);
  else void reply.code(status).send(body);
}

const sendText = (reply: FastifyReply, status: number, body: string): void =>
  void reply.code(status).type('text/html; charset=utf-8').send(body);

function after(rule: FaultRule, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  switch (rule.kind) {
    case 'reset-after-commit':
    case 'lose-refresh-reply':
      request.raw.socket.resetAndDestroy();
      return payload;
    case 'short-body':
      return cutShort(request, reply, payload);
    case 'garbage-json':
      return replaced(reply, '{"id": 598134326000001, "name": "Tide stu');
    case 'empty-list':
      return emptied(reply, payload);
    default:
      return payload;
  }
}

function replaced(reply: FastifyReply, body: string): string {
  void reply.header('content-length', Buffer.byteLength(body));
  return body;
}

/** Announces the whole length and closes the connection after half of it. */
function cutShort(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const text = typeof payload === 'string' ? Buffer.from(payload) : Buffer.alloc(0);
  const whole = payload instanceof Readable ? payload : Readable.from([text]);
  const announced = Number(reply.getHeader('content-length') ?? text.length);
  void reply.header('content-length', announced);
  const end = () => request.raw.socket.destroy();
  return Readable.from(firstHalf(whole, Math.floor(announced / 2), end), { objectMode: false });
}

async function* firstHalf(source: Readable, bytes: number, end: () => void): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (part.length > 0) yield part;
    if (left === 0) break;
  }
  await wait(CLOSE_DELAY_MS);
  end();
}

/** A list without its rows; what is no list stays. */
function emptied(reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || !/^[[{]/.test(payload)) return payload;
  const body = JSON.parse(payload) as Record<string, unknown> | unknown[];
  if (reply.getHeader('total') !== undefined) void reply.header('total', '0').removeHeader('link');
  if (Array.isArray(body)) return replaced(reply, '[]');
  const lists = ['data', 'folders', 'files'].filter((key) => Array.isArray(body[key]));
  return replaced(reply, JSON.stringify({ ...body, ...Object.fromEntries(lists.map((key) => [key, []])) }));
}
