/** Single rights, as in the public `Scope`. */
export const SCOPES = [
  'API_FREE',
  'AUDIT_READ',
  'CONNECTIONS_READ',
  'CONNECTIONS_WRITE',
  'CREDENTIALS_WRITE',
  'JOBS_READ',
  'JOBS_WRITE',
  'MAPPINGS_READ',
  'MAPPINGS_WRITE',
  'PLANS_APPROVE',
  'REPORTS_READ',
  'RUNS_CONTROL',
  'TOKENS_MANAGE',
  'USERS_MANAGE',
  'WEBHOOKS_MANAGE',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['ADMINISTRATOR', 'OPERATOR', 'VIEWER'] as const;
export type Role = (typeof ROLES)[number];

const VIEWER: Scope[] = ['CONNECTIONS_READ', 'JOBS_READ', 'MAPPINGS_READ', 'REPORTS_READ'];
const OPERATOR: Scope[] = [
  ...VIEWER,
  'CONNECTIONS_WRITE',
  'CREDENTIALS_WRITE',
  'JOBS_WRITE',
  'MAPPINGS_WRITE',
  'PLANS_APPROVE',
  'RUNS_CONTROL',
];

/** What each role may do; what is not named here is denied. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  VIEWER: VIEWER.sort(),
  OPERATOR: OPERATOR.sort(),
  ADMINISTRATOR: SCOPES,
};

/** The same as sets, which callers share. */
export const SCOPES_OF: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  VIEWER: new Set(ROLE_SCOPES.VIEWER),
  OPERATOR: new Set(ROLE_SCOPES.OPERATOR),
  ADMINISTRATOR: new Set(ROLE_SCOPES.ADMINISTRATOR),
};
