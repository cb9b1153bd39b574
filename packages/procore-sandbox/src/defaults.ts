import type { Behaviour, LimitOptions, NameRules, SandboxInput, SandboxOptions } from './options.js';
import { defaultSwitches } from './switches.js';
import { seededClients, seededCompanies, seededProjects, seededUsers } from './seed-data.js';

export const limitPresets = {
  '600/25': { hourly: 600, spike: 25 },
  '3600/100': { hourly: 3600, spike: 100 },
  '3600/25': { hourly: 3600, spike: 25 },
  '14400/100': { hourly: 14_400, spike: 100 },
} as const;

export type LimitPreset = keyof typeof limitPresets;

const defaultLimits: LimitOptions = {
  ...limitPresets['3600/100'],
  hourSeconds: 3600,
  spikeSeconds: 10,
  windowKind: 'first-call',
  retryAfterOn429: true,
  countRefused: false,
  perCompany: false,
};

const defaultNames: NameRules = {
  maxLength: 255,
  rejectEmpty: true,
  trim: true,
  caseInsensitive: true,
  shared: true,
  rewriteSpecial: false,
};

const defaultBehaviour: Behaviour = {
  ...defaultSwitches,
  countFileDownloads: false,
  documentsPerPageDefault: 100,
  documentsPerPageCap: 10_000,
  overCap: 'clamp',
  timeoutAbovePerPage: null,
  pagingHeaders: true,
  refuseZeroBytes: true,
  versionLagMs: 0,
  listLagMs: 0,
  updateLagMs: 0,
  recycledKeepParent: false,
  touchOnMove: true,
  checkOutBlocksEdits: true,
  adminsPassCheckOut: true,
  uploadTransferSeconds: 3600,
  uploadAttachSeconds: 7 * 24 * 3600,
  minSegmentBytes: 5 * 1024 * 1024,
  storageLinkSeconds: 300,
  fileLinkSeconds: null,
  tokenLifetimeSeconds: 5400,
  invalidGrantStatus: 401,
};

/** Fills in what the caller left out. Throws when a limit or a length is not a positive number. */
export function resolveOptions(input: SandboxInput = {}): SandboxOptions {
  const limits = { ...defaultLimits, ...input.limits };
  for (const name of ['hourly', 'spike', 'hourSeconds', 'spikeSeconds'] as const) {
    if (!(limits[name] > 0)) throw new Error(`limits.${name} must be greater than 0`);
  }
  return {
    host: '127.0.0.1',
    loginOnApiPort: false,
    now: () => Date.now(),
    clients: seededClients,
    companies: seededCompanies,
    users: seededUsers,
    projects: seededProjects,
    extraProjects: 0,
    seedContent: input.projects === undefined,
    autoApprove: false,
    faults: [],
    faultSeed: 1,
    dataDir: null,
    memoryBytes: 256 * 1024 * 1024,
    ...input,
    ports: { login: 0, api: 0, files: 0, storage: 0, ...input.ports },
    limits,
    names: { ...defaultNames, ...input.names },
    behaviour: { ...defaultBehaviour, ...input.behaviour },
  };
}
