import type { FastifyInstance } from 'fastify';

const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': POLICY,
});

/** Headers of every answer; nothing is kept by caches unless a route says so. */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, body, done) => {
    for (const [name, value] of HEADERS) if (!reply.hasHeader(name)) void reply.header(name, value);
    const isApi = request.url.startsWith('/graphql');
    if (isApi || !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (isApi) void reply.header('vary', 'Accept, Accept-Encoding, Origin');
    void reply.header('x-request-id', request.id);
    done(null, body);
  });
}
