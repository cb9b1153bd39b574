import type { ClientOptions, CompanyOptions, ProjectOptions, UserOptions } from './options.js';

/** Ids and secrets of the sandbox that starts without options. */
export const seeded = {
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  serviceClientId: 'sandbox-service',
  serviceClientSecret: 'sandbox-service-secret',
  companyId: 598134325100042,
  disconnectedCompanyId: 598134325100077,
  freeCompanyId: 598134325100099,
  projectId: 598134325500771,
  emptyProjectId: 598134325500772,
  inactiveProjectId: 598134325500773,
  adminId: 598134325000411,
  readerId: 598134325000412,
  writerId: 598134325000413,
} as const;

export const seededClients: readonly ClientOptions[] = [
  { id: seeded.clientId, secret: seeded.clientSecret, name: 'Sandbox app', redirectUris: '*' },
  {
    id: seeded.serviceClientId,
    secret: seeded.serviceClientSecret,
    name: 'Sandbox data connection',
    redirectUris: [],
    serviceAccount: { permittedProjectIds: [seeded.projectId, seeded.emptyProjectId] },
  },
];

export const seededCompanies: readonly CompanyOptions[] = [
  { id: seeded.companyId, name: 'Quay Builders', appInstalled: true },
  { id: seeded.disconnectedCompanyId, name: 'Breakwater Joinery', appInstalled: false },
  { id: seeded.freeCompanyId, name: 'Ebb and Daughters', appInstalled: true, isFree: true },
];

const companyIds = seededCompanies.map(({ id }) => id);

export const seededUsers: readonly UserOptions[] = [
  { id: seeded.adminId, login: 'ivo@quay.example', name: 'Ivo Marsh', companyIds, companyAdmin: true },
  { id: seeded.readerId, login: 'rhea@quay.example', name: 'Rhea Nolan', companyIds, companyAdmin: false },
  { id: seeded.writerId, login: 'tomas@quay.example', name: 'Tomas Reiter', companyIds, companyAdmin: false },
];

const access: ProjectOptions['access'] = {
  [seeded.adminId]: { level: 'admin' },
  [seeded.readerId]: { level: 'read_only' },
  [seeded.writerId]: { level: 'standard' },
};

const project = (id: number, companyId: number, name: string, number: string): ProjectOptions => ({
  id,
  companyId,
  name,
  number,
  active: true,
  privateByDefault: false,
  access,
});

export const seededProjects: readonly ProjectOptions[] = [
  project(seeded.projectId, seeded.companyId, 'Harbour Pier 4', '2291'),
  project(seeded.emptyProjectId, seeded.companyId, 'Ferry Terminal East', '2304'),
  { ...project(seeded.inactiveProjectId, seeded.companyId, 'Old Slipway', '2107'), active: false },
];

/** Id of the nth extra project, from 1. */
export const extraProjectId = (n: number): number => 598134325600000 + n;

/** `count` projects of a company, numbered from `after + 1`. */
export const extraProjects = (companyId: number, count: number, after = 0): ProjectOptions[] =>
  Array.from({ length: count }, (_, index) => {
    const n = after + index + 1;
    return project(extraProjectId(n), companyId, `Berth ${n}`, String(10_000 + n));
  });
