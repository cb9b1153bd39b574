import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestError } from '../graphql/errors.js';
import { page } from '../html-page.js';

const BUILT = fileURLToPath(new URL('../../../admin/dist/web/', import.meta.url));

/** Serves the web app below the path of the public address; addresses of its pages, which are no files, get its entry page. */
export async function serveAdmin(server: FastifyInstance, basePath: string, folder = BUILT): Promise<void> {
  const entry = existsSync(`${folder}index.html`) ? entryPage(folder, basePath) : null;
  const sendEntry = (reply: FastifyReply, html: string) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html);
  if (entry !== null) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      globIgnore: ['index.html', '**/*.{br,gz}'],
      // The build leaves each larger file beside itself in both forms.
      preCompressed: true,
      index: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.includes('/assets/');
        response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        response.setHeader('vary', 'accept-encoding');
      },
    });
    for (const url of ['/', '/index.html']) server.get(url, (_request, reply) => sendEntry(reply, entry));
  }
  server.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request))
      throw requestError('BAD_REQUEST', 'There is nothing at this address.', { http: { status: 404 } });
    if (entry !== null) return sendEntry(reply, entry);
    const text = 'The API is running at /graphql. The web app is not built yet: run "npm run build" and start again.';
    return reply.type('text/html; charset=utf-8').send(page('Sluice', text, 'en'));
  });
}

/** The built page refers to its files relatively; here they get the path at which browsers find them from every page. */
function entryPage(folder: string, basePath: string): string {
  return readFileSync(`${folder}index.html`, 'utf8').replaceAll('="./', `="${basePath}/`);
}

function wantsPage(request: FastifyRequest): boolean {
  const isPath = /^\/(?!graphql|health|metrics|oauth|downloads)[^.?]*(\?.*)?$/.test(request.url);
  return request.method === 'GET' && isPath && (request.headers.accept ?? '').includes('text/html');
}
