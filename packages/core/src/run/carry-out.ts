import { PlatformError } from '../platform/index.js';
import type { PlanAction, PolicyValue } from '../plan/index.js';
import { Committer } from './committer.js';
import { activate, callTo, type ActiveContext, type RunContext, type RunEnd } from './context.js';
import { DestinationFolders } from './destination-folders.js';
import { ATTEMPTS_PER_RUN, attemptOf, failureOutcome } from './outcome.js';
import type { ClaimedStep, StepOutcome } from './ports.js';
import { carryOutStep } from './carry-out-step.js';
import { RefusalStreak } from './refusal-streak.js';
import { keepFolderTimes } from './folder-times.js';
import { verifyByListing } from './verify.js';

const ENDS_RUN: Readonly<Record<PolicyValue<'failure'>, boolean>> = { CONTINUE: false, HALT: true };

/** Carries out the pending steps and verifies what could not be verified at once. Goes on after a crash. */
export async function carryOut(given: RunContext): Promise<RunEnd> {
  const context = activate(given);
  const { store, policies } = context;
  await store.enter('TRANSFERRING');
  const folders = new DestinationFolders(context);
  let end = await new Execution(context, folders).run();
  while (end.kind === 'DONE' && (await store.requeue(ATTEMPTS_PER_RUN)) > 0)
    end = await new Execution(context, folders).run();
  if (end.kind === 'DONE' || end.kind === 'HALTED') await keepFolderTimes(context);
  if (end.kind !== 'DONE') return end;
  if (policies.verification !== 'NONE') {
    await store.enter('VERIFYING');
    await verifyByListing(context);
  }
  await store.enter('DONE');
  return end;
}

const WRITES: ReadonlySet<PlanAction> = new Set(['CREATE', 'UPDATE']);

class Execution {
  private readonly committer: Committer;
  private readonly underWay = new Map<string, { work: Promise<void>; bytes: number }>();
  private readonly breaker = new AbortController();
  private readonly refusals = new RefusalStreak();
  private ending: RunEnd | null = null;
  private defect: { error: unknown } | null = null;
  private readonly signal: AbortSignal;

  constructor(
    private readonly context: ActiveContext,
    private readonly folders: DestinationFolders,
  ) {
    this.signal = AbortSignal.any([context.control.signal, this.breaker.signal]);
    this.committer = new Committer(context.store);
  }

  async run(): Promise<RunEnd> {
    this.abortWaitsOnStop();
    try {
      await this.folders.ensureRoot(callTo('DESTINATION', this.context, this.signal));
      await this.feed();
    } catch (error) {
      this.fail(error);
    } finally {
      await Promise.all([...this.underWay.values()].map(({ work }) => work));
    }
    if (this.defect) throw this.defect.error;
    return this.ending ?? { kind: 'DONE' };
  }

  /** Items under way may finish when the run is to stop, but not wait for calls until the next hour. */
  private abortWaitsOnStop(): void {
    const { waits, control } = this.context;
    const abortIfIdle = () => {
      if (control.isStopping && waits.isWaiting)
        this.breaker.abort(new PlatformError('ABORTED', 'The run is stopping.'));
    };
    waits.onChange(abortIfIdle);
    control.onStopping(abortIfIdle);
  }

  private async feed(): Promise<void> {
    const width = this.context.policies.maxParallelTransfers;
    while (!this.isEnding()) {
      const claimed = await this.context.store.claim(
        Math.max(1, width - this.underWay.size),
        new Date(this.context.clock.now()),
      );
      if (claimed.length === 0 && this.underWay.size === 0) return;
      for (const step of claimed) this.begin(step);
      if (this.underWay.size >= width || claimed.length === 0) await this.oneDone();
    }
  }

  private isEnding(): boolean {
    if (!this.ending && !this.defect && (this.context.control.isStopping || this.context.control.signal.aborted))
      this.ending = { kind: 'STOPPED' };
    return this.ending !== null || this.defect !== null;
  }

  private async oneDone(): Promise<void> {
    await Promise.race([...this.underWay.values()].map(({ work }) => work));
  }

  private begin(claimed: ClaimedStep): void {
    const work = this.work(claimed)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.underWay.delete(claimed.id);
        this.reportInFlight();
      });
    this.underWay.set(claimed.id, { work, bytes: claimed.step.byteCount });
    this.reportInFlight();
  }

  private reportInFlight(): void {
    const bytes = [...this.underWay.values()].reduce((sum, item) => sum + item.bytes, 0);
    this.context.report.inFlight(this.underWay.size, bytes);
  }

  private async work(claimed: ClaimedStep): Promise<void> {
    const startedAt = new Date(this.context.clock.now());
    const attempt = carryOutStep(claimed, this.context, this.folders, this.signal);
    if (claimed.step.kind === 'FOLDER' && claimed.step.destinationKey !== null) {
      this.folders.announce(
        claimed.step.destinationKey,
        attempt.then(({ destination }) => destination!.item),
      );
    }
    try {
      const outcome = await attempt;
      if (WRITES.has(claimed.step.action)) this.refusals.wrote();
      await this.committer.commit({ ...outcome, attempt: attemptOf(startedAt, this.context.clock.now(), null) });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      await this.settleFailure(claimed, error, startedAt);
    }
  }

  private async settleFailure(claimed: ClaimedStep, error: PlatformError, startedAt: Date): Promise<void> {
    if (error.kind === 'ABORTED' || this.signal.aborted) return this.abandon();
    if (error.concernsAccount || error.kind === 'BUDGET_EXHAUSTED') {
      await this.context.store.release([claimed.id]);
      throw error;
    }
    const attempt = attemptOf(startedAt, this.context.clock.now(), error);
    const outcome: StepOutcome = failureOutcome(claimed, error, this.context.policies, attempt);
    await this.committer.commit(outcome);
    const end = this.refusals.refused(error);
    if (end) throw end;
    if (ENDS_RUN[this.context.policies.failure] && outcome.outcome !== 'SKIPPED') {
      this.ending ??= { kind: 'HALTED', message: `"/${claimed.step.sourceKey}": ${error.message}` };
    }
  }

  /** The step stays IN_PROGRESS: what was sent may have been carried out, and the next try looks first. */
  private abandon(): void {
    if (!this.defect) this.ending ??= { kind: 'STOPPED' };
  }

  private fail(error: unknown): void {
    if (error instanceof PlatformError) {
      if (error.kind === 'ABORTED') return this.abandon();
      this.ending = this.ending?.kind === 'BROKEN' ? this.ending : { kind: 'BROKEN', error };
    } else if (this.context.control.signal.aborted) {
      return this.abandon();
    } else {
      this.defect ??= { error };
    }
    this.breaker.abort(new PlatformError('ABORTED', 'The run ends.'));
  }
}
