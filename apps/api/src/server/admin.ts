import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestError } from '../graphql/errors.js';
import { page } from './page.js';

const BUILT = fileURLToPath(new URL('../../../admin/dist/web/', import.meta.url));

/** Serves the web app; addresses that only it knows get its entry page. */
export async function serveAdmin(server: FastifyInstance, folder = BUILT): Promise<void> {
  const isBuilt = existsSync(`${folder}index.html`);
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.includes('/assets/');
        response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request))
      throw requestError('BAD_REQUEST', 'There is nothing at this address.', { http: { status: 404 } });
    if (isBuilt) return reply.sendFile('index.html');
    const text = 'The API is running at /graphql. The web app is not built yet: run "npm run build" and start again.';
    return reply.type('text/html; charset=utf-8').send(page('Sluice', text));
  });
}

function wantsPage(request: FastifyRequest): boolean {
  const isPath = /^\/(?!graphql|health|oauth|downloads)[^.?]*(\?.*)?$/.test(request.url);
  return request.method === 'GET' && isPath && (request.headers.accept ?? '').includes('text/html');
}
