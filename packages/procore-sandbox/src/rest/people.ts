import type { FastifyInstance, FastifyRequest } from 'fastify';
import { forbidden, Refusal } from '../errors.js';
import { readFields } from '../forms.js';
import type { Group, User } from '../model/types.js';
import type { World } from '../model/world.js';
import { bodyObject } from './attributes.js';
import { projectCall, type ProjectCall } from './call.js';
import { paged } from './paging.js';
import { Query } from './query.js';

/** Users and distribution groups of a project. */
export function peopleRoutes(app: FastifyInstance, world: World): void {
  const base = '/rest/v1.0/projects/:projectId';
  const served = (request: FastifyRequest): ProjectCall => {
    const call = projectCall(world, request);
    if (world.options.behaviour.directoryAccess === '403') throw forbidden('You do not have access to the Directory');
    return call;
  };

  app.get(`${base}/users`, async (request, reply) => {
    const { project } = served(request);
    const users = [...world.state.users.values()].filter((user) => project.access.has(user.id));
    return paged(world, request, reply, users, { perPage: 100, cap: 2000 }).map(userJson);
  });

  app.get(`${base}/distribution_groups`, async (request, reply) => {
    const { project } = served(request);
    const isShown = ({ userIds }: Group) => userIds.size > 0 || !world.options.behaviour.hiddenGroups;
    const groups = [...(project.groups?.values() ?? [])].filter(isShown);
    const isExtended = new Query(request).text('view') === 'extended';
    return paged(world, request, reply, groups, { perPage: 100, cap: 2000 }).map((group) =>
      groupJson(world, group, isExtended),
    );
  });

  app.post(`${base}/distribution_groups`, async (request, reply) => {
    const body = bodyObject(await readFields(request), 'distribution_group');
    const { group, isNew } = makeGroup(world, served(request), body, request.headers['idempotency-token']);
    return reply.code(isNew ? 201 : 200).send(groupJson(world, group, true));
  });
}

function makeGroup(world: World, { project }: ProjectCall, body: Record<string, unknown>, token: unknown) {
  const { name, description } = body;
  project.groups ??= new Map();
  const madeBy = typeof token === 'string' ? token : null;
  const replayed = [...project.groups.values()].find((group) => madeBy !== null && group.madeBy === madeBy);
  if (replayed) return { group: replayed, isNew: false };
  if (typeof name !== 'string' || name.trim() === '') throw refused("can't be blank");
  if ([...project.groups.values()].some((group) => group.name === name)) throw refused('has already been taken');
  const text = typeof description === 'string' ? description : null;
  const ids = Array.isArray(body['user_ids']) ? body['user_ids'].map(Number) : [];
  const group: Group = { id: world.nextId(), name, description: text, userIds: new Set(ids), madeBy };
  project.groups.set(group.id, group);
  return { group, isNew: true };
}

const refused = (why: string) => new Refusal(422, { errors: { name: [why] } });

const userJson = ({ id, login, name }: User) => ({
  id,
  login,
  email_address: login,
  name,
  is_active: true,
  vendor: null,
  permission_template: null,
});

function groupJson(world: World, { id, name, description, userIds }: Group, isExtended: boolean) {
  const users = [...userIds].map((userId) => world.user(userId));
  const people = users.map((user) => ({ id: user.id, login: user.login, name: user.name }));
  return { id, name, description, ...(isExtended ? { users: people } : {}) };
}
