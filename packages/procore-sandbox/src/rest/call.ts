/*
 * `rest/` is the API host. Every route starts here, with the token, the company and the project of its call; `query.ts`
 * and `forms.ts` read the rest of the request, `shapes.ts` writes the replies.
 */
import type { FastifyRequest } from 'fastify';
import { accessTokenInvalid, invalid, notConnected, notFound, notInProject, Refusal } from '../errors.js';
import type { AccessLevel } from '../options.js';
import { accessOf, Viewer } from '../model/rights.js';
import type { Client, Company, FileItem, FolderItem, Item, Project, User } from '../model/types.js';
import type { World } from '../model/world.js';
import { isValid, tokenOf } from '../oauth/tokens.js';
import { pathId, Query } from './query.js';

/** Who calls, with which app, in which company (null where the header may be left out). */
export interface Call {
  client: Client;
  user: User;
  company: Company | null;
}

const missingHeader =
  'Missing Procore-Company-Id header! Every request must name the company that it is meant for. ' +
  'Add the header Procore-Company-Id with the id of the company.';

/** Checks the token and the company header. `headerOptional` holds for people, never for service accounts. */
export function authenticate(world: World, request: FastifyRequest, headerOptional = false): Call {
  const token = tokenOf(world, request.headers.authorization);
  const client = token && world.state.clients.get(token.clientId);
  if (!token || !client || !isValid(world, token)) throw accessTokenInvalid();
  const user = world.user(token.userId);
  const header = request.headers['procore-company-id'];
  if (header === undefined) {
    if (headerOptional && client.serviceUserId !== user.id) return { client, user, company: null };
    throw new Refusal(400, missingHeader);
  }
  return { client, user, company: requireCompany(world, user, Number(header)) };
}

/** The company, if the user belongs to it and the app is installed there. */
export function requireCompany(world: World, user: User, id: number): Company {
  const company = world.state.companies.get(id);
  if (!company || !user.companyIds.includes(id)) throw notInProject();
  if (!company.appInstalled) throw notConnected(world.options.behaviour.notInstalledStatus);
  return company;
}

/** A call into the Documents tool of one project. */
export interface ProjectCall extends Call {
  project: Project;
  viewer: Viewer;
}

/** The call with its project, which the path names as `projectId` or else the query as `project_id`. */
export function projectCall(world: World, request: FastifyRequest, level: AccessLevel = 'read_only'): ProjectCall {
  const call = authenticate(world, request);
  const params = request.params as Record<string, string>;
  const id =
    params['projectId'] === undefined ? new Query(request).requiredId('project_id') : pathId(request, 'projectId');
  if (params['companyId'] !== undefined && pathId(request, 'companyId') !== call.company?.id) throw notInProject();
  const project = requireProject(world, call, id);
  const access = accessOf(project, call.user, call.client);
  if (!access) throw notInProject();
  const viewer = new Viewer(project, call.user, access, world.options.behaviour);
  viewer.requireLevel(level);
  return { ...call, project, viewer };
}

function requireProject(world: World, call: Call, id: number): Project {
  const project = world.state.projects.get(id);
  if (!project || project.companyId !== call.company?.id) throw notInProject();
  return project;
}

/** The item, if it exists and the user may know of it; else 404. */
export function visibleItem({ project, viewer }: ProjectCall, id: number): Item {
  const item = project.items.get(id);
  if (!item || !viewer.sees(item)) throw notFound();
  return item;
}

export function visibleFolder(call: ProjectCall, id: number): FolderItem {
  const item = visibleItem(call, id);
  if (item.kind !== 'folder') throw notFound();
  return item;
}

export function visibleFile(call: ProjectCall, id: number): FileItem {
  const item = visibleItem(call, id);
  if (item.kind !== 'file') throw notFound();
  return item;
}

/** The folder that a body names as `parent_id`, or the root; 400 when it is not there. */
export function parentFolder(call: ProjectCall, parentId: unknown): FolderItem {
  const id = parentId === undefined || parentId === null ? call.project.rootId : Number(parentId);
  const parent = call.project.items.get(id);
  if (parent?.kind !== 'folder' || !call.viewer.sees(parent)) throw invalid('parent_id', 'does not exist');
  return parent;
}
