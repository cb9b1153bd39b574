import { PlatformError } from '../platform/index.js';
import type { PolicyValue, Step } from '../plan/index.js';
import { adoptItems } from './adoption.js';
import { Committer } from './committer.js';
import { callTo, type ActiveContext, type RunEnd } from './context.js';
import type { DestinationFolders } from './destination-folders.js';
import { directTransfers, DirectWork } from './direct-work.js';
import type { FinishedStep } from './finished.js';
import { Intents } from './intents.js';
import { Outages } from './outages.js';
import { attemptOf, failureOutcome } from './outcome.js';
import type { ClaimedStep } from './ports/index.js';
import { carryOutStep } from './carry-out-step.js';
import { placesOf } from './move-item.js';
import { RefusalStreak } from './refusal-streak.js';
import { UnderWay } from './under-way.js';

/** Steps that are claimed at once. */
const CLAIMED_STEPS = 1_024;
/**
 * Folders that are made at the same time where files come over directly: what is about to be made is written down together
 * before, which waits for the disk each time.
 */
const OPEN_FOLDERS = 64;
const ENDS_RUN: Readonly<Record<PolicyValue<'failure'>, boolean>> = { CONTINUE: false, HALT: true };

/** Carries out the pending steps once, in order, as many at a time as the policies and both platforms allow. */
export class Execution {
  private readonly queue: ClaimedStep[] = [];
  private readonly streams = new Set<Promise<void>>();
  private streamedBytes = 0;
  private readonly committer: Committer;
  private readonly intents: Intents;
  private readonly direct: DirectWork | null;
  private readonly breaker = new AbortController();
  private readonly refusals: RefusalStreak;
  private readonly removals = new UnderWay();
  private readonly moves = new UnderWay();
  private readonly outages: Outages;
  private ending: RunEnd | null = null;
  private defect: { error: unknown } | null = null;
  private readonly signal: AbortSignal;
  private wake: () => void = () => undefined;

  constructor(
    private readonly context: ActiveContext,
    private readonly folders: DestinationFolders,
  ) {
    this.signal = AbortSignal.any([context.control.signal, this.breaker.signal]);
    this.outages = new Outages(context, this.signal);
    this.refusals = new RefusalStreak(context);
    this.intents = new Intents(context.store, context.clock);
    this.committer = new Committer(context.store, context.clock, (failure) => {
      if (failure) this.fail(failure.cause);
      this.wake();
    });
    this.direct = this.openDirect();
  }

  private openDirect(): DirectWork | null {
    const { context, folders, intents, moves, signal } = this;
    const { throttle } = context;
    const transfers = throttle?.isSet ? null : directTransfers(context);
    if (throttle) throttle.isBypassed = transfers !== null;
    if (!transfers) return null;
    return new DirectWork(transfers, {
      ...{ context, folders, intents, moves, signal },
      isEnding: () => this.isEnding(),
      finished: (claimed, startedAt, step) => this.settle(claimed, startedAt, step),
      failed: (claimed, startedAt, error) => this.track(this.settleFailure(claimed, startedAt, error)),
      broken: (error) => this.fail(error),
      moved: () => this.moved(),
    });
  }

  async run(): Promise<RunEnd> {
    this.abortWaitsOnStop();
    try {
      await this.folders.ensureRoot(callTo('DESTINATION', this.context, this.signal));
      await adoptItems(this.context, () => this.isEnding());
      await this.feed();
    } catch (error) {
      this.fail(error);
    } finally {
      await Promise.all(this.streams);
      await this.direct?.settled();
      await Promise.all(this.streams);
      await this.committer.flush();
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
    let isDry = false;
    while (!this.isEnding()) {
      if (!isDry && this.queue.length < CLAIMED_STEPS / 2) {
        const claimed = await this.context.store.claim(CLAIMED_STEPS);
        this.queue.push(...claimed);
        isDry = claimed.length === 0;
        continue;
      }
      while (!this.isEnding() && this.queue[0] && this.hasRoomFor(this.queue[0])) this.begin(this.queue.shift()!);
      if (this.isEnding() || (isDry && this.queue.length === 0 && !this.isAtWork())) return;
      if (this.queue.length === 0 || !this.hasRoomFor(this.queue[0]!)) await this.change();
    }
  }

  private isAtWork(): boolean {
    return this.streams.size > 0 || (this.direct?.openFiles ?? 0) > 0;
  }

  private isEnding(): boolean {
    if (!this.ending && !this.defect && (this.context.control.isStopping || this.context.control.signal.aborted))
      this.ending = { kind: 'STOPPED' };
    return this.ending !== null || this.defect !== null;
  }

  private hasRoomFor({ step }: ClaimedStep): boolean {
    if (this.committer.isFull) return false;
    if (step.type === 'TRANSFER' && this.direct) return !this.direct.isFull;
    return this.streams.size < this.mostOf(step);
  }

  private mostOf({ type }: Step): number {
    const { policies, undo } = this.context;
    return type === 'MAKE_FOLDER' && this.direct && !undo ? OPEN_FOLDERS : policies.maxParallelTransfers;
  }

  /** Resolves when something that is under way has come to an end, or outcomes were committed. */
  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  private moved(): void {
    const { report } = this.context;
    const [files, bytes] = [this.direct?.openFiles ?? 0, this.direct?.openBytes ?? 0];
    report.inFlight(this.streams.size + files, this.streamedBytes + bytes);
    this.wake();
  }

  private begin(claimed: ClaimedStep): void {
    const { step } = claimed;
    if (step.type === 'TRANSFER' && this.direct?.takes({ ...claimed, step }))
      return this.direct.add({ ...claimed, step });
    this.streamedBytes += step.byteCount;
    this.track(this.work(claimed).finally(() => (this.streamedBytes -= step.byteCount)));
    this.moved();
  }

  /** The run does not end before this has come to its end. */
  private track(given: Promise<void>): void {
    const work: Promise<void> = given
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.streams.delete(work);
        this.moved();
      });
    this.streams.add(work);
  }

  private async work(claimed: ClaimedStep): Promise<void> {
    const startedAt = new Date(this.context.clock.now());
    const { context, folders, signal, intents } = this;
    const attempt = carryOutStep(claimed, {
      ...{ context, folders, signal, removals: this.removals, moves: this.moves },
      begin: () => intents.begin([claimed.id]),
      hashed: (sha256) => intents.hashed(claimed.id, sha256),
      revise: (step) => context.store.reviseSteps([{ stepId: claimed.id, step }]),
      arrived: (step, { ledger, replaced }) =>
        context.store.forgetIntents([{ stepId: claimed.id, step, ledger, replaced }]),
    });
    this.announce(claimed, attempt);
    try {
      this.settle(claimed, startedAt, await attempt);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      await this.settleFailure(claimed, startedAt, error);
    }
  }

  /** Steps below a folder wait for it; the removal of a folder waits for those below. */
  private announce({ step }: ClaimedStep, attempt: Promise<FinishedStep>): void {
    if (step.type === 'REMOVE') return this.removals.announce([step.destinationKey!], attempt);
    if (step.type === 'MOVE') this.moves.announce(placesOf(step, this.context), attempt);
    if (step.kind !== 'FOLDER' || step.destinationKey === null) return;
    this.folders.announce(
      step.destinationKey,
      attempt.then(({ destination }) => destination!.item),
    );
  }

  private settle(claimed: ClaimedStep, startedAt: Date, step: FinishedStep): void {
    this.refusals.succeeded(claimed.step.type);
    this.committer.add(Object.assign(step, { attempt: attemptOf(startedAt, this.context.clock.now(), null) }));
    // An undo may move one item several times: what became of one move is known before the next one begins.
    if (this.context.undo) this.track(this.committer.flush());
  }

  private async settleFailure(claimed: ClaimedStep, startedAt: Date, error: PlatformError): Promise<void> {
    if (error.kind === 'ABORTED' || this.signal.aborted) return this.abandon();
    if (error.concernsAccount || error.kind === 'BUDGET_EXHAUSTED') {
      this.fail(error);
      return this.context.store.release([claimed.id]).catch((cause: unknown) => this.fail(cause));
    }
    const isOutage = await this.outages.isBehind(error);
    if (this.signal.aborted) return this.abandon();
    if (isOutage) return this.fail(error);
    const attempt = attemptOf(startedAt, this.context.clock.now(), error);
    const outcome = failureOutcome(claimed, error, this.context.policies, attempt);
    this.committer.add(outcome);
    const end = this.refusals.failed(claimed.step.type, error);
    if (end) this.fail(end);
    if (ENDS_RUN[this.context.policies.failure] && outcome.outcome !== 'SKIPPED') {
      this.ending ??= { kind: 'HALTED', message: `"/${claimed.step.sourceKey}": ${error.message}` };
    }
  }

  /** The step stays IN_PROGRESS: what was sent may have been carried out, and the next try looks first. */
  private abandon(): void {
    if (!this.defect) this.ending ??= { kind: 'STOPPED' };
  }

  /** Ends the run for what is no matter of one item. */
  fail(error: unknown): void {
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
