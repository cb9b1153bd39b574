import type { ClientOptions, CompanyOptions, ProjectOptions, UserOptions } from './options.js';

/** Ids and secrets of the sandbox that starts without options. */
export const seeded = {
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  serviceClientId: 'sandbox-service',
  serviceClientSecret: 'sandbox-service-secret',
  companyId: 598134325100042,
  disconnectedCompanyId: 598134325100077,
  projectId: 598134325500771,
  emptyProjectId: 598134325500772,
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
];

const companyIds = [seeded.companyId, seeded.disconnectedCompanyId];

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

export const seededProjects: readonly ProjectOptions[] = [
  {
    id: seeded.projectId,
    companyId: seeded.companyId,
    name: 'Harbour Pier 4',
    number: '2291',
    active: true,
    privateByDefault: false,
    access,
  },
  {
    id: seeded.emptyProjectId,
    companyId: seeded.companyId,
    name: 'Ferry Terminal East',
    number: '2304',
    active: true,
    privateByDefault: false,
    access,
  },
];
