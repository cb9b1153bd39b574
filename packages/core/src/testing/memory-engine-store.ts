import {
  INERT_ACTIONS,
  isTakenAsItIs,
  parentKey,
  type Inert,
  type ItemOutcome,
  type Side,
  type Step,
} from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { UnmappedName } from '../mapping/index.js';
import type {
  ClaimedStep,
  EngineStore,
  LossCounts,
  OpenIntent,
  Phase,
  SettledIntent,
  StepAttempt,
  StepOutcome,
  UnverifiedStep,
  WrittenFolder,
} from '../run/index.js';
import { copyOf } from './copy-of.js';
import { newRow, type Row } from './memory-store/job.js';
import { MemoryKnownListings } from './memory-store/known-listings.js';

/** A run store in memory; `restarted()` is what a new process finds after `kill -9`. */
export class MemoryEngineStore extends MemoryKnownListings implements EngineStore {
  private now: Phase = 'NEW';
  private readonly rows: Row[] = [];
  readonly unchanged = { items: 0, bytes: 0 };
  readonly logged: { severity: string; message: string }[] = [];
  /** What could not be mapped. */
  unmapped: readonly UnmappedName[] = [];
  losses: LossCounts = {};
  digest: string | null = null;
  private asked: string | null = null;

  restarted(): this {
    for (const row of this.rows) {
      if (row.outcome === 'IN_PROGRESS') Object.assign(row, { outcome: 'PENDING', inDoubtSince: row.startedAt });
      row.isClaimed = false;
    }
    return this;
  }

  /** Steps with their outcome and result, in order. */
  steps(): { step: Step; outcome: ItemOutcome; result: StepOutcome | null; attempts: StepAttempt[] }[] {
    return this.rows;
  }

  /** Outcome and reason of each step, such as `CREATED NEW`, by the item's key at the source. */
  outcomes(): Record<string, string> {
    return Object.fromEntries(
      this.rows.map(({ step, outcome, result }) => [
        step.sourceKey ?? '',
        `${outcome} ${result?.reason ?? step.reason}`,
      ]),
    );
  }

  async phase(): Promise<Phase> {
    return this.now;
  }

  async enter(phase: Phase): Promise<void> {
    this.now = phase;
    const removed = this.rows.filter(({ outcome }) => outcome === 'DELETED').map(({ step }) => step.existing);
    if (phase === 'DONE') this.takeListings(new Set(removed.flatMap((item) => (item ? [identityOf(item)] : []))));
  }

  async reset(): Promise<void> {
    this.forgetListings();
    for (const { id } of this.rows.splice(0)) this.job.rows.delete(id);
    this.unchanged.items = this.unchanged.bytes = 0;
    this.unmapped = [];
    this.losses = {};
    this.digest = null;
  }

  async isAccepted(question: string): Promise<boolean> {
    const isAnswered = this.asked === question;
    this.asked = question;
    return isAnswered;
  }

  async appendSteps(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const row = newRow(`item ${(this.job.rowCount += 1)}`, this.pair, copyOf(step));
      this.rows.push(row);
      this.job.rows.set(row.id, row);
    }
  }

  async countUnchanged(items: number, bytes: number): Promise<void> {
    this.unchanged.items += items;
    this.unchanged.bytes += bytes;
  }

  async noteUnmapped(names: readonly UnmappedName[]): Promise<void> {
    this.unmapped = copyOf(names);
  }

  async noteLosses(counts: LossCounts): Promise<void> {
    this.losses = counts;
  }

  async finishPlan(digest: string): Promise<void> {
    this.digest = digest;
    for (const row of this.rows.filter(({ step }) => INERT_ACTIONS.has(step.action))) {
      row.outcome = row.step.action === 'SKIP' ? 'SKIPPED' : 'FLAGGED';
    }
  }

  async claim(limit: number, side: Side = 'DESTINATION'): Promise<ClaimedStep[]> {
    const free = this.rows.filter(({ isClaimed, step }) => !isClaimed && step.side === side);
    const inDoubt = free.filter(({ outcome, inDoubtSince }) => outcome === 'PENDING' && inDoubtSince !== null);
    const pending = free.filter(({ outcome, inDoubtSince }) => outcome === 'PENDING' && inDoubtSince === null);
    return [...inDoubt, ...pending].slice(0, limit).map((row) => this.take(row));
  }

  async claimInert(limit: number, side: Side = 'DESTINATION'): Promise<(ClaimedStep & { step: Inert })[]> {
    const isMeant = ({ isClaimed, outcome, step }: Row) =>
      !isClaimed && outcome === 'PENDING' && step.side === side && isTakenAsItIs(step);
    return this.rows
      .filter(isMeant)
      .slice(0, limit)
      .map((row) => this.take(row) as ClaimedStep & { step: Inert });
  }

  private take(row: Row): ClaimedStep {
    row.isClaimed = true;
    return {
      id: row.id,
      step: copyOf(row.step),
      inDoubtSince: row.inDoubtSince,
      checkpoint: row.checkpoint,
      failedRuns: (this.job.failedRuns.get(row.step.sourceKey ?? '') ?? 0) - (row.countedAsFailed ? 1 : 0),
      attempts: row.attempts.length,
    };
  }

  async begin(stepIds: readonly string[], now: Date): Promise<void> {
    for (const row of this.find(stepIds))
      Object.assign(row, { outcome: 'IN_PROGRESS', startedAt: row.startedAt ?? now });
  }

  async reviseSteps(revised: readonly { stepId: string; step: Step }[]): Promise<void> {
    for (const { stepId, step } of revised) for (const row of this.find([stepId])) row.step = copyOf(step);
  }

  async noteHashes(hashes: readonly { stepId: string; sha256: string }[]): Promise<void> {
    for (const { stepId, sha256 } of hashes) for (const row of this.find([stepId])) row.sha256 = sha256;
  }

  async *openIntents(): AsyncIterable<OpenIntent> {
    for (const row of [...this.job.rows.values()]) {
      const { id: stepId, step, startedAt: begunAt, sha256 } = row;
      if (begunAt && row.pair === this.pair)
        yield { stepId, step: copyOf(step), isOfThisRun: this.rows.includes(row), begunAt, sha256 };
    }
  }

  async forgetIntents(intents: readonly SettledIntent[]): Promise<void> {
    for (const intent of intents) {
      for (const row of this.find([intent.stepId])) {
        Object.assign(row, SURE);
        if (intent.step) Object.assign(row, { step: copyOf(intent.step), checkpoint: null });
        this.learn(row, intent);
      }
    }
  }

  private learn({ step }: Row, { ledger, replaced, moved, forgetLedger, forgottenId }: SettledIntent): void {
    if (ledger) this.remember(copyOf(ledger), replaced);
    if (moved && ledger) this.follow(moved, ledger);
    if (!forgetLedger) return;
    if (forgottenId) this.forget(({ id }) => id === forgottenId);
    else this.forget(({ sourceKey, kind }) => sourceKey === step.sourceKey && kind === step.kind);
  }

  async release(stepIds: readonly string[]): Promise<void> {
    for (const row of this.find(stepIds))
      Object.assign(row, { outcome: 'PENDING', isClaimed: false, startedAt: row.inDoubtSince });
  }

  async commit(outcomes: readonly StepOutcome[]): Promise<void> {
    for (const outcome of outcomes) for (const row of this.find([outcome.stepId])) this.apply(row, outcome);
  }

  private apply(row: Row, outcome: StepOutcome): void {
    Object.assign(row, { outcome: outcome.outcome, isClaimed: false, result: outcome, ...SURE });
    if (outcome.attempt) row.attempts.push(outcome.attempt);
    const key = row.step.sourceKey ?? '';
    if (outcome.destination) this.restage(outcome.side ?? 'DESTINATION', outcome.destination);
    this.learn(row, outcome);
    if (outcome.outcome !== 'RETRYING') this.settleFailures(row, outcome, key);
    else if (!row.countedAsFailed) this.job.failedRuns.set(key, (this.job.failedRuns.get(key) ?? 0) + 1);
    row.countedAsFailed = outcome.outcome === 'RETRYING';
  }

  /** A removal that is left out says nothing of the transfer before it. */
  private settleFailures({ step }: Row, { outcome }: StepOutcome, key: string): void {
    if (step.type !== 'REMOVE' || outcome !== 'SKIPPED') this.job.failedRuns.delete(key);
  }

  async saveCheckpoint(stepId: string, checkpoint: string): Promise<void> {
    for (const row of this.find([stepId])) row.checkpoint = checkpoint;
  }

  async requeue(maxAttempts: number): Promise<number> {
    const again = this.rows.filter((row) => row.outcome === 'RETRYING' && row.attempts.length < maxAttempts);
    for (const row of again) row.outcome = 'PENDING';
    return again.length;
  }

  async *unverified(): AsyncIterable<UnverifiedStep> {
    for (const { id, step, outcome, result } of [...this.rows]) {
      if ((outcome !== 'CREATED' && outcome !== 'UPDATED') || result?.verifiedBy !== 'NONE') continue;
      const { reason, message, sha256, byteCount } = result;
      yield { stepId: id, step, outcome, reason, message, destinationKey: result.destination!.key, byteCount, sha256 };
    }
  }

  async *foldersWritten(side: Side = 'DESTINATION'): AsyncIterable<WrittenFolder> {
    const written = this.rows.filter(
      ({ outcome, step }) => step.side === side && (outcome === 'CREATED' || outcome === 'UPDATED'),
    );
    const keys = new Set(written.flatMap(({ step }) => [step.sourceKey ?? '', parentKey(step.sourceKey ?? '') ?? '']));
    const folder = (of: Side, key: string) =>
      [...this.staged[of].values()].find((staged) => staged.key === key && staged.item.kind === 'FOLDER');
    for (const key of keys) {
      const source = key === '' ? undefined : folder('SOURCE', key);
      const entry = [...this.ledger.values()].find(({ sourceKey, kind }) => sourceKey === key && kind === 'FOLDER');
      const destination = folder('DESTINATION', entry?.destinationKey ?? '');
      if (source?.item.kind === 'FOLDER' && destination) yield { source: source.item, destination: destination.item };
    }
  }

  /** Its folders are never bare. */
  async *recordRest(): AsyncIterable<void> {}

  async log(severity: string, message: string): Promise<void> {
    this.logged.push({ severity, message });
  }

  private find(ids: readonly string[]): Row[] {
    return ids.flatMap((id) => this.job.rows.get(id) ?? []);
  }
}

/** Nothing is under way for the step. */
const SURE = { inDoubtSince: null, startedAt: null, sha256: null };
