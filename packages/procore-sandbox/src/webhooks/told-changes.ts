import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathId, Query } from '../rest/query.js';
import type { World } from '../model/world.js';
import { tokenOf } from '../oauth/tokens.js';
import type { Actor, HookEvent, HookResource } from './hook-feed.js';

const ROUTE = /^\/rest\/v1\.0\/(files|folders|file_versions)(\/:id)?$/;
const EVENTS: Readonly<Record<string, HookEvent>> = { POST: 'create', PATCH: 'update', DELETE: 'delete' };
/** Of the first client; the next have the next numbers. */
const FIRST_APPLICATION_ID = 5_001;

/** Tells hooks of every change that a call of the API has made. */
export function tellChanges(app: FastifyInstance, world: World): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const [, resource] = ROUTE.exec(request.routeOptions.url ?? '') ?? [];
    const event = EVENTS[request.method];
    if (resource !== undefined && event !== undefined && isDone(reply))
      tell(world, request, { resource: resource as HookResource, event }, payload);
    return payload;
  });
}

/** A page in place of data is a fault that came before the change. */
const isDone = (reply: FastifyReply): boolean =>
  reply.statusCode < 300 && !String(reply.getHeader('content-type')).startsWith('text/html');

function tell(
  world: World,
  request: FastifyRequest,
  { resource, event }: { resource: HookResource; event: HookEvent },
  payload: unknown,
): void {
  const projectId = new Query(request).id('project_id');
  const actor = actorOf(world, request);
  if (projectId === undefined || actor === null) return;
  const made = typeof payload === 'string' && payload !== '' ? (JSON.parse(payload) as { id?: number }) : {};
  const id = event === 'create' ? (made.id ?? 0) : pathId(request, 'id');
  world.hooks.tell(projectId, resource, event, id, actor);
  const fileId =
    resource === 'file_versions' ? world.state.projects.get(projectId) && fileOf(world, projectId, id) : null;
  if (fileId) world.hooks.tell(projectId, 'files', 'update', fileId, actor);
}

function fileOf(world: World, projectId: number, versionId: number): number | null {
  for (const item of world.project(projectId).items.values())
    if (item.kind === 'file' && item.versions.some(({ id }) => id === versionId)) return item.id;
  return null;
}

function actorOf(world: World, request: FastifyRequest): Actor | null {
  const token = tokenOf(world, request.headers.authorization);
  if (!token) return null;
  const place = [...world.state.clients.keys()].indexOf(token.clientId);
  return { userId: token.userId, applicationId: FIRST_APPLICATION_ID + place };
}
