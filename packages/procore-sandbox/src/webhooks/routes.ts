import type { FastifyInstance, FastifyRequest } from 'fastify';
import { forbidden, invalid, notFound } from '../errors.js';
import type { Hook, Trigger } from '../model/types.js';
import type { World } from '../model/world.js';
import { authenticate, projectCall, type ProjectCall } from '../rest/call.js';
import { paged } from '../rest/paging.js';
import { pathId } from '../rest/query.js';
import type { HookResource } from './hook-feed.js';

type Body = Readonly<Record<string, unknown>>;

const EVENTS = ['create', 'update', 'delete'];
const RESOURCES: readonly HookResource[] = ['files', 'folders', 'file_versions'];
const MOST_TRIGGERS = 500;
const SHOWN_END = 5;
const PAGES = { perPage: 100, cap: 300 };

/** Hooks and triggers of projects, by the addresses of v2.0 and those of v1.0. */
export function webhookRoutes(app: FastifyInstance, world: World): void {
  const latest = '/rest/v2.0/companies/:companyId/projects/:projectId/webhooks';
  addRoutes(app, world, { base: latest, isLatest: true });
  addRoutes(app, world, { base: '/rest/v1.0/webhooks', isLatest: false });
}

interface Form {
  base: string;
  isLatest: boolean;
}

function addRoutes(app: FastifyInstance, world: World, { base, isLatest }: Form): void {
  const wrapped = (value: unknown) => (isLatest ? { data: value } : value);
  const served = (request: FastifyRequest): ProjectCall => requireServed(world, request, isLatest);
  const hookOf = (request: FastifyRequest, call: ProjectCall) => requireHook(world, call, pathId(request, 'id'));

  app.get(`${base}/resources`, async (request) => {
    served(request);
    return wrapped(RESOURCES.map((resource) => ({ name: world.hooks.resourceName(resource), event_types: EVENTS })));
  });

  app.get(`${base}/hooks`, async (request, reply) => {
    const { project } = served(request);
    const hooks = [...(world.state.hooks?.values() ?? [])].filter(({ projectId }) => projectId === project.id);
    return wrapped(paged(world, request, reply, hooks, PAGES).map(hookJson));
  });

  app.post(`${base}/hooks`, async (request, reply) => {
    const body = bodyOf(request);
    const hook = makeHook(world, served(request), isLatest ? body : bodyAt(body, 'hook'), isLatest);
    return reply.code(201).send(wrapped(hookJson(hook)));
  });

  app.delete(`${base}/hooks/:id`, async (request, reply) => {
    world.state.hooks?.delete(hookOf(request, served(request)).id);
    return reply.code(200).send();
  });

  app.get(`${base}/hooks/:id/triggers`, async (request, reply) => {
    const { triggers } = hookOf(request, served(request));
    return wrapped(paged(world, request, reply, triggers, PAGES).map(triggerJson));
  });

  app.post(`${base}/hooks/:id/triggers`, async (request, reply) => {
    const body = bodyOf(request);
    const hook = hookOf(request, served(request));
    const trigger = addTrigger(world, hook, isLatest ? body : bodyAt(body, 'trigger'));
    return reply.code(201).send(wrapped(triggerJson(trigger)));
  });

  app.post(`${base}/hooks/:id/triggers/bulk`, async (request, reply) => {
    const hook = hookOf(request, served(request));
    const rows = isLatest ? request.body : bodyOf(request)['triggers'];
    if (!Array.isArray(rows) || rows.length > MOST_TRIGGERS) throw invalid('triggers', 'must be a list of at most 500');
    const isPartly = world.options.behaviour.webhooks === 'partly';
    const made = rows.slice(0, isPartly ? 1 : rows.length).map((row) => addTrigger(world, hook, row as Body));
    return reply.code(isPartly ? 207 : 201).send(wrapped(made.map(triggerJson)));
  });

  app.get(`${base}/hooks/:id/deliveries`, async (request, reply) => {
    const { id } = hookOf(request, served(request));
    const rows = world.hooks.deliveries(id).map(({ payload, response, ...row }) => ({
      ...{ id: row.id, status: row.status, response_status: response, payload },
    }));
    return wrapped(paged(world, request, reply, rows, PAGES));
  });
}

function requireServed(world: World, request: FastifyRequest, isLatest: boolean): ProjectCall {
  const { webhooks } = world.options.behaviour;
  if (isLatest && webhooks === 'v1-only') {
    authenticate(world, request);
    throw notFound();
  }
  const call = projectCall(world, withProject(request));
  if (webhooks === '403') throw forbidden('You do not have permission to access webhooks');
  return call;
}

/** v1.0 names the project in the body of what it changes. */
function withProject(request: FastifyRequest): FastifyRequest {
  const { project_id: given } = bodyOf(request);
  const query = request.query as Record<string, unknown>;
  if (query['project_id'] === undefined && (typeof given === 'number' || typeof given === 'string'))
    query['project_id'] = String(given);
  return request;
}

function requireHook(world: World, { project }: ProjectCall, id: number): Hook {
  const hook = world.state.hooks?.get(id);
  if (hook?.projectId !== project.id) throw notFound();
  return hook;
}

function makeHook(world: World, { project }: ProjectCall, body: Body, isLatest: boolean): Hook {
  const { namespace, destination_url: url } = body;
  const version = isLatest ? body['payload_version'] : body['api_version'];
  if (typeof version !== 'string' || !/^v[2-4](\.0)?$/.test(version)) throw invalid('payload_version', 'is invalid');
  if (typeof namespace !== 'string' || !/^[a-z0-9-]+$/.test(namespace)) throw invalid('namespace', 'is invalid');
  if (typeof url !== 'string' || !URL.canParse(url)) throw invalid('destination_url', 'is invalid');
  const { Authorization: authorization } = (body['destination_headers'] ?? {}) as Body;
  const hook: Hook = {
    id: world.nextId(),
    companyId: project.companyId,
    projectId: project.id,
    status: 'active',
    payloadVersion: version,
    namespace,
    url,
    authorization: typeof authorization === 'string' ? authorization : '',
    triggers: [],
  };
  (world.state.hooks ??= new Map()).set(hook.id, hook);
  return hook;
}

function addTrigger(world: World, hook: Hook, body: Body): Trigger {
  const { resource_name: resource, event_type: event } = body;
  const isKnown = RESOURCES.some((one) => world.hooks.resourceName(one) === resource);
  if (typeof resource !== 'string' || !isKnown) throw invalid('resource_name', 'is invalid');
  if (typeof event !== 'string' || !EVENTS.includes(event)) throw invalid('event_type', 'is invalid');
  const known = hook.triggers.find((one) => one.resource === resource && one.event === event);
  const trigger = known ?? { id: world.nextId(), resource, event };
  if (!known) hook.triggers.push(trigger);
  return trigger;
}

function bodyOf(request: FastifyRequest): Body {
  const { body } = request;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : {};
}

const bodyAt = (body: Body, key: string): Body => {
  const value = body[key];
  if (typeof value !== 'object' || value === null) throw invalid(key, "can't be blank");
  return value as Body;
};

const hookJson = ({ id, status, payloadVersion, namespace, url, authorization, triggers }: Hook) => ({
  ...{ id, status, payload_version: payloadVersion, namespace, destination_url: url, trigger_count: triggers.length },
  destination_headers: { Authorization: authorization.slice(-SHOWN_END).padStart(authorization.length, '*') },
});

const triggerJson = ({ id, resource, event }: Trigger) => ({ id, resource_name: resource, event_type: event });
