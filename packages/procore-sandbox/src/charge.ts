import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from './model/world.js';
import { tokenOf } from './oauth/tokens.js';

/**
 * Counts a call against the limits of its client, whatever becomes of it, and sets the three headers. Over the limit
 * it answers 429. Calls without a known token share one quota.
 */
export function chargeCall(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const client = tokenOf(world, request.headers.authorization)?.clientId ?? 'anonymous';
  const company = request.headers['procore-company-id'];
  const key = world.limiter.settings.perCompany && company ? `${client} ${String(company)}` : client;
  const verdict = world.limiter.take(key);
  world.counters.charged(verdict.refused);
  const resetSeconds = Math.ceil(verdict.resetAt / 1000);
  void reply
    .header('x-rate-limit-limit', String(verdict.limit))
    .header('x-rate-limit-remaining', String(verdict.remaining))
    .header('x-rate-limit-reset', String(resetSeconds));
  if (!verdict.refused) return undefined;
  if (world.limiter.settings.retryAfterOn429) {
    void reply.header('retry-after', String(Math.max(1, Math.ceil((verdict.resetAt - world.now()) / 1000))));
  }
  return reply.code(429).send({
    errors: 'You have surpassed the max number of requests for an hour. Please wait until your limit resets.',
  });
}
