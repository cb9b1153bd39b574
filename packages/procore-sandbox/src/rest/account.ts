import type { FastifyInstance } from 'fastify';
import { notFound, notInProject } from '../errors.js';
import { timestamp } from '../ids.js';
import type { GranularRight } from '../options.js';
import { accessOf, Viewer } from '../model/rights.js';
import type { Project, User } from '../model/types.js';
import type { World } from '../model/world.js';
import { authenticate, requireCompany, type Call } from './call.js';
import { paged } from './paging.js';
import { pathId, Query } from './query.js';

/** Who am I, companies, projects and the rights of the current user. */
export function accountRoutes(app: FastifyInstance, world: World): void {
  app.get('/rest/v1.0/me', async (request) => {
    const query = new Query(request);
    const named = query.id('company_id') ?? query.id('project_id');
    const { user } = authenticate(world, request, !request.url.includes('?'));
    return { id: user.id, login: user.login, name: named === undefined ? null : user.name };
  });

  app.get('/rest/v1.0/companies', async (request, reply) => {
    const { user } = authenticate(world, request, true);
    const withFree = new Query(request).flag('include_free_companies');
    const rows = [...world.state.companies.values()].filter(
      (company) => user.companyIds.includes(company.id) && (withFree || company.isFree !== true),
    );
    const shown = rows.map(({ id, name }) => ({
      id,
      name,
      is_active: true,
      logo_url: null,
      pcn_business_experience: null,
      my_company: true,
    }));
    return paged(world, request, reply, shown, { perPage: 100, cap: 2000 });
  });

  app.get('/rest/v1.0/company_base_url', async (request) => {
    authenticate(world, request);
    return { zone: 'us02', web_base_url: 'https://us02.procore.com' };
  });

  for (const version of ['v1.0', 'v1.1', 'v1.2', 'v1.3']) {
    app.get(`/rest/${version}/companies/:companyId/me`, async (request) => {
      const { user } = authenticate(world, request);
      const company = requireCompany(world, user, pathId(request, 'companyId'));
      return directoryJson(user, company);
    });
  }

  app.get('/rest/v1.0/settings/permissions', async (request) =>
    permissions(world, authenticate(world, request), new Query(request)),
  );
  projectRoutes(app, world);
}

function directoryJson(user: User, company: { id: number; name: string }) {
  const [first, ...rest] = user.name.split(' ');
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    first_name: first,
    last_name: rest.join(' '),
    email_address: user.login,
    is_active: true,
    is_employee: true,
    default_permission_template_id: null,
    company_permission_template_id: null,
    vendor: { id: company.id + 1, name: company.name },
  };
}

const levelIds = { none: 1, read_only: 2, standard: 3, admin: 4 } as const;
const levelNames = { none: 'None', read_only: 'Read Only', standard: 'Standard', admin: 'Admin' } as const;

function permissions(world: World, call: Call, query: Query) {
  const projectId = query.id('project_id');
  if (projectId === undefined) {
    requireCompany(world, call.user, query.requiredId('company_id'));
    return { tools: [] };
  }
  const project = world.state.projects.get(projectId);
  const access = project?.companyId === call.company?.id && project ? accessOf(project, call.user, call.client) : null;
  if (!project || !access) throw notInProject();
  const viewer = new Viewer(project, call.user, access, world.options.behaviour);
  return { tools: [documentsTool(viewer, world.options.behaviour.permittedActions)] };
}

/** Only the action of `delete` is known from a source; the others are shaped like it. */
const actions: Readonly<Record<GranularRight, { id: number; action_name: string; label: string }>> = {
  access_private: {
    id: 11,
    action_name: 'access_private_files_and_folders',
    label: 'Access private folders and files',
  },
  see_recycle_bin: { id: 13, action_name: 'see_recycle_bin', label: 'See recycle bin' },
  see_schedule: { id: 14, action_name: 'see_schedule', label: 'Can see schedule' },
  move: { id: 15, action_name: 'move_and_copy', label: 'Move and copy' },
  delete: { id: 12, action_name: 'destroy_files_and_folders', label: 'Delete folders and files' },
};

function documentsTool(viewer: Viewer, form: 'objects' | 'names') {
  const { level } = viewer.access;
  const rights = (Object.keys(actions) as GranularRight[]).filter((right) => viewer.has(right));
  const permitted = rights.map((right) => ({ ...actions[right], tool_name: 'documents' }));
  return {
    id: 41,
    name: 'documents',
    friendly_name: 'Documents',
    domain_id: 41,
    available_for_user: level !== 'none',
    user_access_level: { id: levelIds[level], name: levelNames[level] },
    permitted_actions: form === 'objects' ? permitted : permitted.map((action) => action.action_name),
    can_create: ['standard', 'admin'].includes(level),
  };
}

function projectRoutes(app: FastifyInstance, world: World): void {
  for (const version of ['v1.0', 'v1.1']) {
    app.get(`/rest/${version}/projects`, async (request, reply) => {
      const call = authenticate(world, request);
      const query = new Query(request);
      const company = requireCompany(world, call.user, query.requiredId('company_id'));
      const rows = filterProjects(world, projectsOf(world, call, company.id), query);
      const cap = query.text('view') === 'ids' ? { perPage: 200_000, cap: 200_000 } : { perPage: 100, cap: 300 };
      return paged(world, request, reply, rows, cap).map((project) =>
        query.text('view') === 'ids' ? project.id : projectJson(world, project),
      );
    });
  }

  app.get('/rest/v1.0/projects/:id', async (request) => {
    const call = authenticate(world, request);
    const company = requireCompany(world, call.user, new Query(request).requiredId('company_id'));
    const project = projectsOf(world, call, company.id).find(({ id }) => id === pathId(request, 'id'));
    if (!project) throw notFound();
    return projectJson(world, project);
  });

  app.get('/rest/v1.0/companies/:companyId/projects', async (request, reply) => {
    const call = authenticate(world, request);
    const company = requireCompany(world, call.user, pathId(request, 'companyId'));
    const rows = projectsOf(world, call, company.id).map((project) => ({
      id: project.id,
      name: project.name,
      address: {},
      stage_name: 'Pre-Construction',
      status_name: project.active ? 'Active' : 'Inactive',
      type_name: null,
    }));
    return paged(world, request, reply, rows, { perPage: 100, cap: 300 });
  });
}

/** The projects of the company that the user is in. */
const projectsOf = (world: World, call: Call, companyId: number): Project[] =>
  [...world.state.projects.values()].filter(
    (project) => project.companyId === companyId && accessOf(project, call.user, call.client) !== null,
  );

function filterProjects(world: World, projects: readonly Project[], query: Query): Project[] {
  const isExact = world.options.behaviour.projectNameFilter === 'exact';
  const status = query.text('filters[by_status]') ?? 'Active';
  const name = query.text('filters[name]')?.toLowerCase();
  const number = query.text('filters[project_number]');
  const ids = new Set(query.list('filters[id]').map(Number));
  const wanted = projects.filter(
    (project) =>
      (status === 'All' || project.active === (status === 'Active')) &&
      (name === undefined || nameMatches(project.name.toLowerCase(), name, isExact)) &&
      (number === undefined || project.number === number) &&
      (ids.size === 0 || ids.has(project.id)),
  );
  const sort = query.text('sort');
  return sort === undefined ? wanted : wanted.sort((left, right) => (left.name < right.name ? -1 : 1));
}

const nameMatches = (name: string, wanted: string, isExact: boolean): boolean =>
  isExact ? name === wanted : name.includes(wanted);

function projectJson(world: World, project: Project) {
  const company = world.state.companies.get(project.companyId);
  return {
    id: project.id,
    name: project.name,
    display_name: `${project.number} - ${project.name}`,
    project_number: project.number,
    active: project.active,
    is_demo: false,
    template: false,
    address: null,
    city: null,
    state_code: null,
    country_code: 'US',
    zip: null,
    time_zone: 'US/Pacific',
    tz_name: 'America/Los_Angeles',
    start_date: null,
    completion_date: null,
    origin_id: null,
    origin_data: null,
    origin_code: null,
    project_stage: { id: 31, name: 'Pre-Construction' },
    project_type: null,
    departments: [],
    company: { id: project.companyId, name: company?.name },
    created_at: timestamp(project.createdAt),
    updated_at: timestamp(project.updatedAt),
    custom_fields: {},
  };
}
