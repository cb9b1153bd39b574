import { CHECK_STEPS, PlatformError } from '@sluice/core/platform';
import type { Address, Call, Check, CheckStep, Content, Destination, Platform } from '@sluice/core/platform';
import type { Reply } from '../api/sender.js';
import { aborted } from '../api/waits.js';
import type { Waits } from '../api/waits.js';
import { isAppRefusal, isKind, isRefusal } from '../errors.js';
import type { Project } from '../listing/project.js';
import { failed, refused, stepErrorOf, warned } from './check-steps.js';
import type { StepError } from './check-steps.js';
import { FINDINGS } from './ladder.js';
import type { AccessLadder } from './ladder.js';
import { deniedWorks } from './denials.js';
import type { DocumentRights } from './rights.js';

/** A check answers within this time, whatever Procore does. */
const CHECK_TIMEOUT_MS = 14_000;
const CLOCK_TOLERANCE_MS = 5 * 60_000;

export interface CheckOptions {
  ladder: AccessLadder;
  project: Project;
  platform: Pick<Platform, 'find' | 'destination'>;
}

/** Tries the connection step by step; rejects only with `ABORTED`. */
export async function checkConnection(options: CheckOptions, call: Call, writeProbeIn?: Address): Promise<Check[]> {
  const late = new AbortController();
  const done = new AbortController();
  const { clock } = options.project.session.waits;
  void clock.sleep(CHECK_TIMEOUT_MS, done.signal).then(
    () => late.abort(),
    () => undefined,
  );
  const signal = AbortSignal.any([call.signal, late.signal]);
  try {
    return await new ConnectionCheck(options, { ...call, signal }, call.signal, writeProbeIn).run();
  } finally {
    done.abort();
  }
}

/** The steps in their order; after the first failure the others are skipped. */
class ConnectionCheck {
  private readonly checks: Check[] = [];
  private serverTime: number | null = null;
  private rights: DocumentRights | null = null;

  constructor(
    private readonly options: CheckOptions,
    private readonly call: Call,
    private readonly asked: AbortSignal,
    private readonly writeProbeIn: Address | undefined,
  ) {}

  async run(): Promise<Check[]> {
    const works: Record<CheckStep, () => Promise<void>> = {
      REACH_HOST: () => this.reach(),
      SIGN_IN: () => Promise.resolve(),
      COMPANY: () => this.findProject(),
      PROJECT: () => Promise.resolve(),
      DOCUMENTS_PERMISSION: () => this.permission(),
      LIST_ROOT: () => this.listRoot(),
      WRITE_PROBE: () => this.writeProbe(),
      CLOCK: () => this.clock(),
    };
    for (const step of CHECK_STEPS) {
      if (this.hasFailed || (step === 'WRITE_PROBE' && !this.writeProbeIn)) this.note(step, 'SKIPPED');
      else await this.try(step, works[step]);
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

  private async try(step: CheckStep, work: () => Promise<void>): Promise<void> {
    if (this.asked.aborted) throw aborted(this.asked.reason);
    if (this.checks.some((check) => check.step === step)) return;
    try {
      await work();
      this.note(step, 'PASSED');
    } catch (error) {
      if (this.asked.aborted) throw aborted(this.asked.reason);
      this.noteError(step, stepErrorOf(step, error));
    }
  }

  /** A fault that belongs to a later step means that the steps before it have passed. */
  private noteError(step: CheckStep, error: StepError): void {
    for (const earlier of CHECK_STEPS.slice(CHECK_STEPS.indexOf(step), CHECK_STEPS.indexOf(error.step)))
      this.note(earlier, 'PASSED');
    this.note(error.step, error.outcome, error.message, error.remedy);
  }

  /** One call tells whether the hosts answer and the sign-in is good. */
  private async reach(): Promise<void> {
    const { session } = this.options.project;
    try {
      const reply = await session.client.me(this.call);
      this.see(reply);
      await session.meet(reply.json);
    } catch (error) {
      if (isAppRefusal(error)) throw refused(FINDINGS.NO_APP);
      if (isKind(error, 'SIGN_IN_REQUIRED', 'CREDENTIALS_INVALID'))
        throw failed('SIGN_IN', error.message, error.remedy ?? 'Sign in again.');
      if (!isRefusal(error)) throw error;
    }
  }

  private see({ headers }: Reply): void {
    const time = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(time)) this.serverTime = time;
  }

  private async findProject(): Promise<void> {
    const finding = await this.options.ladder.findProject(this.call, (reply) => this.see(reply));
    if (finding) throw refused(finding);
  }

  private async permission(): Promise<void> {
    const { ladder, project } = this.options;
    this.rights = await ladder.rights(this.call);
    await project.session.notes.write({ rights: this.rights });
    const finding = ladder.findTool(this.rights);
    // A tool that is not named may still answer: only listing the root can tell.
    if (finding === FINDINGS.NO_TOOL) throw warned('DOCUMENTS_PERMISSION', finding.message, finding.remedy);
    if (finding) throw refused(finding);
    const denied = deniedWorks(this.rights);
    if (denied.length === 0) return;
    const message = `The account may not: ${denied.map(({ name }) => name).join(', ')}.`;
    const remedy =
      'Give the account the level Admin in the Documents tool of the project, or the rights that are missing.';
    throw warned('DOCUMENTS_PERMISSION', message, remedy);
  }

  private async listRoot(): Promise<void> {
    await this.options.project.session.contents(null, { exclude_files: true }, this.call);
  }

  private async writeProbe(): Promise<void> {
    const { platform, project } = this.options;
    if (!this.writeProbeIn || !platform.destination) return;
    const { waits } = project.session;
    const left = await probeWriting(platform, platform.destination, this.writeProbeIn, waits, this.call);
    if (left)
      throw warned(
        'WRITE_PROBE',
        `The test file “${left}” could be written and not removed.`,
        'Give the account the right to delete in the Documents tool, and remove the file by hand.',
      );
  }

  private async clock(): Promise<void> {
    const now = this.options.project.session.waits.clock.now();
    if (this.serverTime === null || Math.abs(this.serverTime - now) <= CLOCK_TOLERANCE_MS) return;
    throw warned(
      'CLOCK',
      'The clock of this machine and that of Procore differ by more than five minutes.',
      'Set the clock of this machine, best by NTP.',
    );
  }
}

const PROBE_BYTES = new TextEncoder().encode('Sluice tried whether it may write here.\n');
const PROBE_CONTENT: Content = {
  size: PROBE_BYTES.length,
  async *read(range) {
    yield PROBE_BYTES.subarray(range?.start ?? 0, range?.end);
  },
};

/** Writes a small file and removes it; returns its name if it could not be removed. Throws why it could not be written. */
async function probeWriting(
  platform: Pick<Platform, 'find'>,
  destination: Destination,
  folder: Address,
  { random, clock }: Pick<Waits, 'random' | 'clock'>,
  call: Call,
): Promise<string | null> {
  const parent = await platform.find(folder, call);
  if (parent?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder to write to does not exist.');
  const name = `sluice-test-${Math.floor(random() * 36 ** 8).toString(36)}.txt`;
  const { item } = await destination.write({ parent, name, content: PROBE_CONTENT }, call);
  try {
    await destination.remove?.({ item, trash: { root: parent.path, at: new Date(clock.now()) } }, call);
    return null;
  } catch (error) {
    if (error instanceof PlatformError && error.kind !== 'ABORTED') return name;
    throw error;
  }
}
