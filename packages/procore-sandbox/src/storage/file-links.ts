import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessTokenInvalid, notFound, notInProject, Refusal } from '../errors.js';
import { accessOf, Viewer } from '../model/rights.js';
import type { World } from '../model/world.js';
import { isValid, tokenOf } from '../oauth/tokens.js';
import { checkFileLink, objectLink } from './links.js';
import { findVersion } from './serve.js';

/** Turns file links into short-lived storage links, for those who may see the file. */
export function fileLinkRoutes(app: FastifyInstance, world: World): void {
  app.get('/fas/api/v5/files/:region/:bucket/:company/:project/:fileKey', async (request, reply) => {
    return reply.redirect(resolveLink(world, request), 302);
  });
}

function resolveLink(world: World, request: FastifyRequest): string {
  const token = tokenOf(world, request.headers.authorization);
  const client = token && world.state.clients.get(token.clientId);
  if (!token || !client || !isValid(world, token)) throw accessTokenInvalid();
  const { fileKey } = request.params as { fileKey: string };
  const state = checkFileLink(world, fileKey, new URL(request.url, 'http://files').searchParams);
  if (state !== 'good') throw new Refusal(403, { errors: `The link is ${state}` });
  const found = findVersion(world, fileKey);
  if (!found) throw notFound();
  const user = world.user(token.userId);
  const access = accessOf(found.project, user, client);
  if (!access) throw notInProject();
  const viewer = new Viewer(found.project, user, access, world.options.behaviour);
  viewer.requireLevel('read_only');
  if (!viewer.sees(found.file)) throw notFound();
  return objectLink(world, found.project, found.version);
}
