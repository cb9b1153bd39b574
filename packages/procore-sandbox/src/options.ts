import type { FaultRule } from './faults.js';
import type { Switches } from './switches.js';

/** How a limit window begins: at its first call, at multiples of its length, or sliding with each call. */
export type WindowKind = 'first-call' | 'aligned' | 'rolling';

export interface LimitOptions {
  /** Calls per hour window and per spike window. */
  hourly: number;
  spike: number;
  /** Length of the windows in seconds; a scaled hour is a shorter `hourSeconds`. */
  hourSeconds: number;
  spikeSeconds: number;
  windowKind: WindowKind;
  /** Whether a 429 carries `Retry-After`. */
  retryAfterOn429: boolean;
  /** Whether a refused call uses up quota as well. */
  countRefused: boolean;
  /** Counts each (client, company) on its own instead of each client. */
  perCompany: boolean;
}

export interface ClientOptions {
  id: string;
  secret: string;
  name: string;
  /** Registered redirect addresses, compared letter by letter; '*' accepts any. */
  redirectUris: readonly string[] | '*';
  /** Present: the client may use client_credentials and acts as a service account in these projects. */
  serviceAccount?: { permittedProjectIds: readonly number[] };
}

export interface CompanyOptions {
  id: number;
  name: string;
  /** False: every call into the company is refused, see `notInstalledStatus`. */
  appInstalled: boolean;
  /** A free company is listed only with `include_free_companies=true`. */
  isFree?: boolean;
}

export type AccessLevel = 'none' | 'read_only' | 'standard' | 'admin';
export type GranularRight = 'access_private' | 'see_recycle_bin' | 'see_schedule' | 'delete' | 'move';

export interface UserOptions {
  id: number;
  login: string;
  name: string;
  companyIds: readonly number[];
  /** Company admins see every project of their companies with level admin. */
  companyAdmin: boolean;
}

export interface ProjectOptions {
  id: number;
  companyId: number;
  name: string;
  number: string;
  /** Inactive projects are listed only with `filters[by_status]` All or Inactive. */
  active: boolean;
  /** The project setting "Documents and Folders private by default". */
  privateByDefault: boolean;
  /** Level of the Documents tool by user id; a user who is absent is not in the project. */
  access: Readonly<Record<number, { level: AccessLevel; rights?: readonly GranularRight[] }>>;
}

export interface NameRules {
  /** UTF-16 units; longer names answer 400. */
  maxLength: number;
  rejectEmpty: boolean;
  trim: boolean;
  caseInsensitive: boolean;
  /** Files and folders of one parent share one name space. */
  shared: boolean;
  /** Rewrites `\ / : * ? " < > |` and control characters to `_`, silently. */
  rewriteSpecial: boolean;
}

/** Where a fact of the real service is not known, the option picks the answer. */
export interface Behaviour extends Switches {
  countFileDownloads: boolean;
  /** Rows of the flat list of documents without `per_page`, and the most that one page serves. */
  documentsPerPageDefault: number;
  documentsPerPageCap: number;
  /** Above the cap: serve the cap, or answer 400. */
  overCap: 'clamp' | '400';
  /** A larger `per_page` than this answers 408. */
  timeoutAbovePerPage: number | null;
  /** Whether lists carry `Link`, `Total` and `Per-Page`. */
  pagingHeaders: boolean;
  refuseZeroBytes: boolean;
  /** For so many ms after its creation a version has no `prostore_file` and `size`, and a row no `current_version`. */
  versionLagMs: number;
  /** For so many ms after its creation an item is absent from the flat list. */
  listLagMs: number;
  /** For so many ms after a change `filters[updated_at]` does not find the item by its new time. */
  updateLagMs: number;
  /** Recycled rows keep their parent instead of moving under the bin. */
  recycledKeepParent: boolean;
  /** Moves, deletes and restores set `updated_at`. */
  touchOnMove: boolean;
  /** Someone else's check-out refuses every PATCH, not only new versions. */
  checkOutBlocksEdits: boolean;
  /** Documents admins may write to a file that someone else has checked out. */
  adminsPassCheckOut: boolean;
  uploadTransferSeconds: number;
  uploadAttachSeconds: number;
  /** Smallest segment but the last, in bytes. */
  minSegmentBytes: number;
  /** Life of the signed storage link behind a file link; and of the file link itself (null: no end). */
  storageLinkSeconds: number;
  fileLinkSeconds: number | null;
  tokenLifetimeSeconds: number;
  /** Status of the login host's invalid_grant. */
  invalidGrantStatus: number;
}

export interface Ports {
  login: number;
  api: number;
  files: number;
  storage: number;
}

export interface SandboxOptions {
  host: string;
  /** 0 picks a free port. */
  ports: Ports;
  /** Serves the login pages from the API's port too; `loginUrl` then equals `apiUrl`. */
  loginOnApiPort: boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
  clients: readonly ClientOptions[];
  companies: readonly CompanyOptions[];
  users: readonly UserOptions[];
  projects: readonly ProjectOptions[];
  /** So many more projects in the first company, `Berth 1` and on; 0 for none. */
  extraProjects: number;
  /** Fills the seeded project with folders, files, a check-out and a tag. */
  seedContent: boolean;
  limits: LimitOptions;
  names: NameRules;
  behaviour: Behaviour;
  /** Consents without asking: as the first user (true) or as the user of this login. */
  autoApprove: boolean | string;
  faults: readonly FaultRule[];
  /** Seed of the random numbers of faults with a probability and of shuffled ties. */
  faultSeed: number;
  /** Folder that keeps bytes and state over restarts. Absent: memory, and a temporary folder for what is large. */
  dataDir: string | null;
  /** Bytes held in memory at most when there is no data folder; what does not fit goes to a temporary folder. */
  memoryBytes: number;
}

export type SandboxInput = Partial<Omit<SandboxOptions, 'limits' | 'names' | 'behaviour' | 'ports'>> & {
  limits?: Partial<LimitOptions>;
  names?: Partial<NameRules>;
  behaviour?: Partial<Behaviour>;
  ports?: Partial<Ports>;
};
