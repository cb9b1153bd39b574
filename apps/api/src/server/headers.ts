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

/** A query by hash whose answer is the same for everybody; a newer server is seen within this time. */
const PUBLIC = 'public, max-age=60';

/** Headers of every answer; nothing is kept by caches unless a route says so, and of the API only what is public. */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, body, done) => {
    for (const [name, value] of HEADERS) if (!reply.hasHeader(name)) void reply.header(name, value);
    const isApi = request.url.startsWith('/graphql');
    const isPublic = request.operation?.isPublic === true;
    if (isApi || !reply.hasHeader('cache-control')) void reply.header('cache-control', isPublic ? PUBLIC : 'no-store');
    if (isApi) void reply.header('vary', 'Accept, Accept-Encoding, Origin');
    void reply.header('x-request-id', request.id);
    done(null, body);
  });
}
