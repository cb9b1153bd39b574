import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import type { ProcoreClient } from '../api/client.js';
import type { Reply } from '../api/sender.js';
import { idOf, recordOf, rowsOf } from '../api/json.js';
import { throwIfAborted } from '../api/waits.js';
import type { Waits } from '../api/waits.js';
import { isAppRefusal, isKind, isRefusal, statusOf } from '../errors.js';
import { mayDo, readRights } from './rights.js';
import type { DocumentRights } from './rights.js';

/** What stands between an account and its documents, from the bottom up; below them are the host and the network. */
export type Rung = 'SIGN_IN' | 'COMPANY' | 'APP' | 'PROJECT' | 'TOOL';

export interface Finding {
  rung: Rung;
  message: string;
  remedy: string;
}

export interface Place {
  companyId: string | null;
  projectId: string | null;
  isServiceAccount: boolean;
}

/** One finding serves all requests that are refused so shortly after it: refused calls are counted too. */
const FINDING_SERVES_MS = 60_000;
const COMPANIES_PER_PAGE = 100;

const INSTALL =
  'Have an administrator of the company install the app in its App Management. Where “Install App” is missing, give the app a data connection component and a version first, or ask Procore to allow custom apps for the company.';

export const FINDINGS = {
  NO_COMPANY: {
    rung: 'COMPANY',
    message: 'No company has been chosen.',
    remedy: 'Choose the company of the connection.',
  },
  NO_SERVICE_COMPANY: {
    rung: 'COMPANY',
    message: 'A service account works within one company, and none has been given.',
    remedy: 'Enter the identifier of the company, or paste the address of one of its projects.',
  },
  FOREIGN_COMPANY: {
    rung: 'COMPANY',
    message: 'The account does not belong to the company.',
    remedy: 'Choose another company, or sign in with an account of this one.',
  },
  NO_APP: { rung: 'APP', message: 'The company does not let the app in: it is not installed there.', remedy: INSTALL },
  NO_PROJECT: {
    rung: 'PROJECT',
    message: 'No project has been chosen.',
    remedy: 'Choose the project of the connection.',
  },
  HIDDEN_PROJECT: {
    rung: 'PROJECT',
    message: 'The project does not exist, or the account of the connection may not see it.',
    remedy:
      'Add the account to the project. For a service account, choose the project among the permitted projects of the app in Procore; updating the app clears that choice.',
  },
  NO_TOOL: {
    rung: 'TOOL',
    message: 'Procore does not name the Documents tool among the tools of the account in this project.',
    remedy: 'Switch the Documents tool of the project on.',
  },
  NO_ACCESS: {
    rung: 'TOOL',
    message: 'The account has no access to the Documents tool.',
    remedy: 'Give the account the level Admin in the Documents tool of the project.',
  },
} as const satisfies Record<string, Finding>;

/** Finds the lowest thing that refuses an account: the same for the check, the lists to choose from, and runs. */
export class AccessLadder {
  private recent: { finding: Promise<Finding | null>; at: number } | null = null;

  constructor(
    private readonly client: ProcoreClient,
    private readonly place: Place,
    private readonly waits: Waits,
  ) {}

  /** Null where nothing refuses the account up to its project. Throws what is no verdict, such as a host in trouble. */
  async findProject(call: Call, seen: (reply: Reply) => void = () => undefined): Promise<Finding | null> {
    const { companyId, projectId, isServiceAccount } = this.place;
    if (companyId === null) return isServiceAccount ? FINDINGS.NO_SERVICE_COMPANY : FINDINGS.NO_COMPANY;
    if (projectId === null) return (await this.findCompany(companyId, call)) ?? FINDINGS.NO_PROJECT;
    try {
      seen(await this.client.project(call));
      return null;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return (await this.findCompany(companyId, call)) ?? FINDINGS.HIDDEN_PROJECT;
    }
  }

  /** Null where the account and its app may enter the company. */
  async findCompany(companyId: string | null, call: Call): Promise<Finding | null> {
    if (companyId === null) return this.place.isServiceAccount ? FINDINGS.NO_SERVICE_COMPANY : null;
    const isMember = await this.isMember(companyId, call);
    if (isMember === false) return FINDINGS.FOREIGN_COMPANY;
    try {
      await this.client.projects('v1.1', companyId, { per_page: 1 }, call);
      return null;
    } catch (error) {
      if (isAppRefusal(error) || statusOf(error) === 403) return FINDINGS.NO_APP;
      if (!isRefusal(error)) throw error;
      return null;
    }
  }

  /** Null: the list is too long, or refused, to tell. */
  private async isMember(companyId: string, call: Call): Promise<boolean | null> {
    try {
      const query = { per_page: COMPANIES_PER_PAGE, include_free_companies: true };
      const rows = rowsOf((await this.client.companies(query, call)).json) ?? [];
      if (rows.some((row) => idOf(recordOf(row)?.['id']) === companyId)) return true;
      return rows.length >= COMPANIES_PER_PAGE ? null : false;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return null;
    }
  }

  /** Throws `REJECTED` for a service account without a company, for which Procore answers nothing. */
  assertCompany(): void {
    if (this.place.companyId !== null || !this.place.isServiceAccount) return;
    const { message, remedy } = FINDINGS.NO_SERVICE_COMPANY;
    throw new PlatformError('REJECTED', message, { remedy });
  }

  /** The rights of the account; level `UNKNOWN` where Procore does not tell them. */
  async rights(call: Call): Promise<DocumentRights> {
    const reply = await this.client.permissions(call).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      return null;
    });
    return readRights(reply?.json);
  }

  /** Null where the account may read the documents, as far as Procore tells. */
  findTool(rights: DocumentRights): Finding | null {
    if (rights.level === 'ABSENT') return FINDINGS.NO_TOOL;
    return mayDo(rights, 'READ') === false ? FINDINGS.NO_ACCESS : null;
  }

  /** Turns a refusal of documents into what stands behind it; any other error is returned as it is. */
  async explained(error: unknown, call: Call): Promise<unknown> {
    if (!isRefusal(error)) return error;
    const finding = await this.recentFinding(call).catch((trouble: unknown) => {
      throwIfAborted(call.signal);
      if (isKind(trouble, 'SIGN_IN_REQUIRED', 'CREDENTIALS_INVALID')) throw trouble;
      return null;
    });
    return finding ? withFinding(error, finding) : error;
  }

  /** Turns a refusal inside a company into what stands behind it. */
  async explainedInCompany(error: unknown, companyId: string | null, call: Call): Promise<unknown> {
    if (!isRefusal(error)) return error;
    const finding = await this.findCompany(companyId, call).catch(() => null);
    return finding ? withFinding(error, finding) : error;
  }

  private recentFinding(call: Call): Promise<Finding | null> {
    const now = this.waits.clock.now();
    if (this.recent && now - this.recent.at < FINDING_SERVES_MS) return this.recent.finding;
    const finding = this.findAny(call);
    this.recent = { finding, at: now };
    finding.catch(() => (this.recent = null));
    return finding;
  }

  private async findAny(call: Call): Promise<Finding | null> {
    return (await this.findProject(call)) ?? this.findTool(await this.rights(call));
  }
}

function withFinding(error: PlatformError, { message, remedy }: Finding): PlatformError {
  const kind = statusOf(error) === 404 ? 'NOT_FOUND' : 'ACCESS_DENIED';
  const { remoteStatus, remoteRequestId } = error;
  return new PlatformError(kind, message, {
    remedy,
    remoteStatus: remoteStatus ?? undefined,
    remoteRequestId: remoteRequestId ?? undefined,
    cause: error,
  });
}
