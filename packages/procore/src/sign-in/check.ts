import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Check, CheckStep, Platform } from '@sluice/core/platform';
import type { ProcoreClient, Reply } from '../api/client.js';
import { isKind, statusOf } from '../errors.js';
import { idOf, recordOf, rowsOf } from '../api/json.js';
import { documentsLevel } from './permissions.js';
import type { Project } from '../listing/project.js';
import { aborted } from '../api/waits.js';
import { probeWriting } from './write-probe.js';

/** A check answers within this time, whatever Procore does. */
const DEADLINE = 14_000;
const CLOCK_TOLERANCE = 5 * 60_000;

const STEPS: readonly CheckStep[] = [
  'REACH_HOST',
  'SIGN_IN',
  'COMPANY',
  'PROJECT',
  'DOCUMENTS_PERMISSION',
  'LIST_ROOT',
  'WRITE_PROBE',
  'CLOCK',
];

export interface CheckOptions {
  client: ProcoreClient;
  project: Project;
  platform: Pick<Platform, 'find' | 'destination'>;
  companyId: string | null;
  projectId: string | null;
}

/** A step that did not pass: the message says what was found, the remedy what to do. */
class Finding extends Error {
  constructor(
    readonly step: CheckStep,
    readonly outcome: 'FAILED' | 'WARNED',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Tries the connection step by step; rejects only with `ABORTED`. */
export async function checkConnection(options: CheckOptions, call: Call, writeProbeIn?: Address): Promise<Check[]> {
  const late = new AbortController();
  const done = new AbortController();
  const { clock } = options.project.session.waits;
  void clock.sleep(DEADLINE, done.signal).then(
    () => late.abort(),
    () => undefined,
  );
  const signal = AbortSignal.any([call.signal, late.signal]);
  try {
    return await new Ladder(options, { ...call, signal }, call.signal, writeProbeIn).climb();
  } finally {
    done.abort();
  }
}

/** The steps in their order; after the first failure the others are skipped. */
class Ladder {
  private readonly checks: Check[] = [];
  private serverTime: number | null = null;

  constructor(
    private readonly options: CheckOptions,
    private readonly call: Call,
    private readonly asked: AbortSignal,
    private readonly writeProbeIn: Address | undefined,
  ) {}

  async climb(): Promise<Check[]> {
    const works: Record<CheckStep, () => Promise<void>> = {
      REACH_HOST: () => this.reach(),
      SIGN_IN: () => Promise.resolve(),
      COMPANY: () => this.company(),
      PROJECT: () => Promise.resolve(),
      DOCUMENTS_PERMISSION: () => this.permission(),
      LIST_ROOT: () => this.listRoot(),
      WRITE_PROBE: () => this.writeProbe(),
      CLOCK: () => this.clock(),
    };
    for (const step of STEPS) {
      if (this.hasFailed || (step === 'WRITE_PROBE' && !this.writeProbeIn)) this.note(step, 'SKIPPED');
      else await this.climbOne(step, works[step]);
    }
    return this.checks;
  }

  private get hasFailed(): boolean {
    return this.checks.some(({ outcome }) => outcome === 'FAILED');
  }

  private note(
    step: CheckStep,
    outcome: Check['outcome'],
    message: string | null = null,
    remedy: string | null = null,
  ): void {
    if (!this.checks.some((check) => check.step === step)) this.checks.push({ step, outcome, message, remedy });
  }

  private async climbOne(step: CheckStep, work: () => Promise<void>): Promise<void> {
    if (this.asked.aborted) throw aborted(this.asked.reason);
    if (this.checks.some((check) => check.step === step)) return;
    try {
      await work();
      this.note(step, 'PASSED');
    } catch (error) {
      if (this.asked.aborted) throw aborted(this.asked.reason);
      this.found(step, findingOf(step, error));
    }
  }

  /** A fault that belongs to a later step means that the steps before it have passed. */
  private found(step: CheckStep, finding: Finding): void {
    for (const earlier of STEPS.slice(STEPS.indexOf(step), STEPS.indexOf(finding.step))) this.note(earlier, 'PASSED');
    this.note(finding.step, finding.outcome, finding.message, finding.remedy);
  }

  /** One call tells whether the hosts answer and the sign-in is good. */
  private async reach(): Promise<void> {
    try {
      const reply = await this.options.client.me(this.call);
      this.see(reply);
      await this.options.project.session.meet(reply.json);
    } catch (error) {
      if (isKind(error, 'SIGN_IN_REQUIRED', 'CREDENTIALS_INVALID'))
        throw failed('SIGN_IN', error.message, error.remedy ?? 'Sign in again.');
      if (statusOf(error) === null) throw error;
    }
  }

  private see({ headers }: Reply): void {
    const time = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(time)) this.serverTime = time;
  }

  private async company(): Promise<void> {
    const { companyId, projectId } = this.options;
    if (companyId === null)
      throw failed('COMPANY', 'No company has been chosen.', 'Choose the company of the connection.');
    if (projectId === null) {
      await this.findCompany(companyId);
      throw failed('PROJECT', 'No project has been chosen.', 'Choose the project of the connection.');
    }
    try {
      this.see(await this.options.client.project(this.call));
    } catch (error) {
      if (![400, 403, 404].includes(statusOf(error) ?? 0)) throw error;
      await this.findCompany(companyId);
      await this.enterCompany(companyId);
      throw failed(
        'PROJECT',
        'The account does not see the project.',
        'Add the account to the project. For a service account, choose the project among the permitted projects of the app; updating the app clears that choice.',
      );
    }
  }

  private async findCompany(companyId: string): Promise<void> {
    const { json } = await this.options.client.companies({ per_page: 100 }, this.call);
    const rows = rowsOf(json) ?? [];
    if (rows.length >= 100 || rows.some((row) => idOf(recordOf(row)?.['id']) === companyId)) return;
    throw failed(
      'COMPANY',
      'The account does not belong to the company.',
      'Choose another company, or sign in with an account of this one.',
    );
  }

  private async enterCompany(companyId: string): Promise<void> {
    const refused = await this.options.client.projects('v1.1', companyId, { per_page: 1 }, this.call).then(
      () => false,
      (error: unknown) => statusOf(error) === 403,
    );
    if (refused)
      throw failed(
        'COMPANY',
        'The company does not let the app in.',
        'Have an administrator of the company install the app in its App Management.',
      );
  }

  private async permission(): Promise<void> {
    const reply = await this.options.client.permissions(this.call).catch((error: unknown) => {
      if (statusOf(error) === null) throw error;
      return null;
    });
    const level = documentsLevel(reply?.json);
    const remedy = 'Give the account the level Admin in the Documents tool of the project.';
    if (level === 'NONE')
      throw failed('DOCUMENTS_PERMISSION', 'The account has no access to the Documents tool.', remedy);
    if (level === 'READ_ONLY')
      throw warned(
        'DOCUMENTS_PERMISSION',
        'The account may read the Documents tool only, and not what is private.',
        remedy,
      );
    if (level === 'STANDARD')
      throw warned('DOCUMENTS_PERMISSION', 'The account does not see private items of others.', remedy);
    if (level === 'ABSENT')
      throw warned(
        'DOCUMENTS_PERMISSION',
        'Procore does not name the Documents tool among the tools of the account.',
        'Switch the Documents tool of the project on.',
      );
  }

  private async listRoot(): Promise<void> {
    await this.options.project.session.contents(null, { exclude_files: true }, this.call);
  }

  private async writeProbe(): Promise<void> {
    const { platform, project } = this.options;
    if (!this.writeProbeIn || !platform.destination) return;
    const left = await probeWriting(
      platform,
      platform.destination,
      this.writeProbeIn,
      project.session.waits.random,
      this.call,
    );
    if (left)
      throw warned(
        'WRITE_PROBE',
        `The test file “${left}” could be written and not removed.`,
        'Give the account the right to delete in the Documents tool, and remove the file by hand.',
      );
  }

  private async clock(): Promise<void> {
    const now = this.options.project.session.waits.clock.now();
    if (this.serverTime === null || Math.abs(this.serverTime - now) <= CLOCK_TOLERANCE) return;
    throw warned(
      'CLOCK',
      'The clock of this machine and that of Procore differ by more than five minutes.',
      'Set the clock of this machine, best by NTP.',
    );
  }
}

function failed(step: CheckStep, message: string, remedy: string): Finding {
  return new Finding(step, 'FAILED', message, remedy);
}

function warned(step: CheckStep, message: string, remedy: string): Finding {
  return new Finding(step, 'WARNED', message, remedy);
}

function findingOf(step: CheckStep, error: unknown): Finding {
  if (error instanceof Finding) return error;
  if (!(error instanceof PlatformError)) throw error;
  if (error.kind === 'ABORTED')
    return failed(step, 'Procore did not answer in time.', 'Try again later; check the addresses and the network.');
  return failed(step, error.message, error.remedy ?? REMEDIES[step]);
}

const REMEDIES: Readonly<Record<CheckStep, string>> = {
  REACH_HOST: 'Check the addresses of the connection and the network, and try again later.',
  SIGN_IN: 'Sign in again.',
  COMPANY: 'Choose the company again.',
  PROJECT: 'Choose the project again.',
  DOCUMENTS_PERMISSION: 'Check the rights of the account in the Documents tool.',
  LIST_ROOT: 'Switch the Documents tool of the project on and give the account a level there.',
  WRITE_PROBE: 'Give the account the right to write in the Documents tool, or choose another folder.',
  CLOCK: 'Set the clock of this machine.',
};
