import type { Severity } from '@sluice/core/job';
import { and, asc, eq, gt, inArray, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import { SIDES, type Side, type Step } from '@sluice/core/plan';
import type { ClaimedStep, RevisedEntry, StepOutcome, UnverifiedStep } from '@sluice/core/run';
import { ComposedList } from '../db/composed.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import { selectRows } from '../db/rows.js';
import type { RunCounters } from '../db/tables/runs.js';
import { emptyCounters, isItemDone, moveItem, type Counted } from './counters.js';
import { packWholeStep, unpackStep, type StepColumns } from './step-text.js';
import type { LedgerStore } from './store-ledger.js';
import { OutcomeStore, type SettledColumns } from './store-outcomes.js';
import { appendRunEvents } from './store-events.js';
import type { ListingStore } from './store-listings.js';
import { chunks, lockPlan, lockRunAtWork, type StepRow, type StoreContext, type WorkRow } from './store-context.js';

const PAGE_ROWS = 500;
export const MAX_SHOWN_ATTEMPTS = 20;

/** Claims and settles the steps of a plan while they are carried out. */
export class StepWorkStore {
  /** Steps that were claimed and have no outcome yet. */
  private readonly open = new Map<string, HeldRow>();
  /** Number of steps that a former process left and that are not claimed yet; null before the first claim. */
  private inDoubt: number | null = null;
  /** Sequence up to which all steps of a side that are not in doubt are claimed. */
  private readonly positions: Record<Side, number> = { SOURCE: 0, DESTINATION: 0 };
  /**
   * Whether the job has items that failed, and records of former runs; null until it is first asked. Only this run writes
   * them while it is active, so as long as there are none, the statements for them are left out.
   */
  private hasFailures: boolean | null = null;
  private hasFormer: boolean | null = null;
  private readonly outcomes: OutcomeStore;
  private readonly beginning: ComposedList;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly listings: ListingStore,
    private readonly ledger: LedgerStore,
  ) {
    this.outcomes = new OutcomeStore(db);
    const { steps } = db.tables;
    // A step in doubt keeps the time at which it first began: what it may have left at the destination can be that old.
    const begunAt = sql`case when ${steps.isInDoubt} then ${steps.begunAt} else ${sql.placeholder('now')} end`;
    this.beginning = new ComposedList(steps.id, (tx, ids) =>
      tx
        .update(steps)
        .set({ outcome: 'IN_PROGRESS', begunAt })
        .where(sql`${steps.id} in ${ids}`)
        .returning({ one: sql`1` }),
    );
  }

  async claim(limit: number, side: Side = 'DESTINATION'): Promise<ClaimedStep[]> {
    if (this.inDoubt === null) this.inDoubt = await this.write((tx, counters) => this.returnInterrupted(tx, counters));
    const rows = await this.nextPending(limit, side);
    const failures = await this.failuresOf(rows);
    return rows.map((row) => this.take(row, failures.get(row.itemKey)));
  }

  /** The row is held as it was read: the text of a step costs less memory than a copy without it costs time. */
  private take(row: PendingRow, failure: FailureRow | undefined): ClaimedStep {
    this.open.set(row.id, row);
    if (row.isInDoubt) this.inDoubt = (this.inDoubt ?? 0) - 1;
    else this.positions[row.side] = Math.max(this.positions[row.side], row.sequence);
    return {
      id: row.id,
      step: unpackStep(row),
      inDoubtSince: row.isInDoubt ? row.begunAt : null,
      checkpoint: row.checkpoint,
      failedRuns: failure === undefined ? 0 : failure.runCount - (failure.runId === this.storeContext.runId ? 1 : 0),
      attempts: row.attemptCount,
    };
  }

  /** Returns steps to PENDING that are in progress at the first claim of this process: a process that died has left them. */
  private async returnInterrupted(tx: Transaction, counters: RunCounters): Promise<number> {
    const { steps } = this.db.tables;
    const rows = await tx
      .update(steps)
      .set({ outcome: 'PENDING', isInDoubt: true })
      .where(and(eq(steps.planId, this.storeContext.planId), eq(steps.outcome, 'IN_PROGRESS')))
      .returning(this.countedColumns());
    for (const row of rows) moveItem(counters, { ...row, outcome: 'IN_PROGRESS' }, row);
    return tx.$count(steps, and(this.pending(), eq(steps.isInDoubt, true)));
  }

  /** Those in doubt first; then the others, from where the last claim ended. */
  private async nextPending(limit: number, side: Side): Promise<PendingRow[]> {
    const { steps } = this.db.tables;
    const isOfSide = eq(steps.side, side);
    const ofDoubt = and(isOfSide, eq(steps.isInDoubt, true));
    const inDoubt = this.inDoubt ? await this.pendingWhere(limit + this.open.size, ofDoubt) : [];
    const doubtful = inDoubt.filter(({ id }) => !this.open.has(id)).slice(0, limit);
    if (doubtful.length === limit) return doubtful;
    const others = await this.pendingWhere(
      limit - doubtful.length,
      and(isOfSide, eq(steps.isInDoubt, false), gt(steps.sequence, this.positions[side])),
    );
    return [...doubtful, ...others];
  }

  private pendingWhere(limit: number, condition: SQL | undefined): Promise<PendingRow[]> {
    const { steps } = this.db.tables;
    return selectRows({
      reader: this.db.reader,
      from: steps,
      where: and(this.pending(), condition),
      orderBy: [{ column: steps.sequence }],
      limit,
      columns: Object.keys({ ...this.heldColumns(), ...this.textColumns() }),
    });
  }

  /** What the step itself is made of, beside what is held of it. */
  private textColumns() {
    const { planReason, planMessage, isDestructive, step } = this.db.tables.steps;
    return { planReason, planMessage, isDestructive, step };
  }

  private pending(): SQL | undefined {
    const { steps } = this.db.tables;
    return and(eq(steps.planId, this.storeContext.planId), eq(steps.outcome, 'PENDING'));
  }

  private countedColumns() {
    const { outcome, reason, side, byteCount, callCount, versionsDone, isRevised, bytesDone } = this.db.tables.steps;
    return { outcome, reason, side, byteCount, callCount, versionsDone, isRevised, bytesDone };
  }

  /** What the store keeps in memory of a step from its claim to its outcome. */
  private heldColumns() {
    const { id, sequence, action, kind, itemKey, sourceKey, destinationKey, destinationRemoteId } =
      this.db.tables.steps;
    const { attempts, attemptCount, begunAt, isInDoubt, checkpoint } = this.db.tables.steps;
    const item = { id, sequence, action, kind, itemKey, sourceKey, destinationKey, destinationRemoteId };
    return { ...this.countedColumns(), ...item, attempts, attemptCount, begunAt, isInDoubt, checkpoint };
  }

  async begin(stepIds: readonly string[], now: Date): Promise<void> {
    const { steps } = this.db.tables;
    const rows = this.held(stepIds);
    await this.write(async (tx, counters) => {
      await this.beginning.run(tx, stepIds, { now: steps.begunAt.mapToDriverValue(now) });
      for (const row of rows) moveItem(counters, row, { ...countedOf(row), outcome: 'IN_PROGRESS' });
    });
    for (const row of rows) row.outcome = 'IN_PROGRESS';
  }

  private held(stepIds: readonly string[]): HeldRow[] {
    return stepIds.map((id) => {
      const row = this.open.get(id);
      if (row === undefined) throw new Error('A step that is not claimed was begun.');
      return row;
    });
  }

  private async failuresOf(rows: readonly PendingRow[]): Promise<Map<string, FailureRow>> {
    const { itemFailures } = this.db.tables;
    const ofJob = eq(itemFailures.jobId, this.storeContext.jobId);
    const found: FailureRow[] = [];
    this.hasFailures ??= await this.findsFailures(this.db.reader);
    for (const part of this.hasFailures ? chunks(rows.map((row) => row.itemKey)) : []) {
      const isOne = and(ofJob, inArray(itemFailures.itemKey, part));
      found.push(...(await this.db.reader.select().from(itemFailures).where(isOne)));
    }
    return new Map(found.map((row) => [row.itemKey, row]));
  }

  private async findsFailures(tx: Reader): Promise<boolean> {
    const { itemFailures } = this.db.tables;
    const ofJob = eq(itemFailures.jobId, this.storeContext.jobId);
    return (await tx.select({ key: itemFailures.itemKey }).from(itemFailures).where(ofJob).limit(1)).length > 0;
  }

  async release(stepIds: readonly string[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.write(async (tx, counters) => {
      const changes = {
        outcome: 'PENDING',
        begunAt: sql`case when ${steps.isInDoubt} then ${steps.begunAt} end`,
      } as const;
      for (const part of chunks(stepIds)) await tx.update(steps).set(changes).where(inArray(steps.id, part));
      for (const row of this.held(stepIds)) moveItem(counters, row, { ...row, outcome: 'PENDING' });
    });
    for (const { id, isInDoubt, side, sequence } of this.held(stepIds)) {
      this.open.delete(id);
      if (isInDoubt) this.inDoubt = (this.inDoubt ?? 0) + 1;
      else this.positions[side] = Math.min(this.positions[side], sequence - 1);
    }
  }

  async commit(outcomes: readonly StepOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.write(async (tx, counters, run) => {
      const rows = await this.rowsOf(tx, outcomes);
      await this.outcomes.settle(
        tx,
        rows.map(({ row, outcome }) => {
          const changes = this.changesOf(row, outcome);
          const { reason, versionsDone, bytesDone } = changes;
          moveItem(counters, row, { ...countedOf(row), outcome: outcome.outcome, reason, versionsDone, bytesDone });
          const isFinal = isItemDone(outcome.outcome) && outcome.verifiedBy !== 'NONE';
          return Object.assign(changes, { id: row.id, isFinal });
        }),
      );
      await this.forgetFormer(tx, rows);
      await this.writeAround(tx, rows);
      if (run !== null) await this.tell(tx, run, outcomes);
    });
    for (const { stepId } of outcomes) this.open.delete(stepId);
  }

  /** The steps are held in memory from their claim on; those that had an outcome before are read. */
  private async rowsOf(tx: Transaction, outcomes: readonly StepOutcome[]): Promise<Committed[]> {
    const { steps } = this.db.tables;
    const read = new Map<string, HeldRow>();
    for (const part of chunks(outcomes.map(({ stepId }) => stepId).filter((id) => !this.open.has(id)))) {
      const found = await tx.select(this.heldColumns()).from(steps).where(inArray(steps.id, part));
      for (const row of found) read.set(row.id, row);
    }
    return outcomes.map((outcome) => {
      const row = this.open.get(outcome.stepId) ?? read.get(outcome.stepId);
      if (row === undefined) throw new Error('A step that does not exist was committed.');
      return { row, outcome };
    });
  }

  private changesOf(row: HeldRow, outcome: StepOutcome): SettledColumns {
    const { attempt } = outcome;
    const isDone = isItemDone(outcome.outcome);
    const attempts =
      attempt === null ? row.attempts : [...row.attempts, { ...attempt, startedAt: attempt.startedAt.toISOString() }];
    const isTransfer = row.kind === 'FILE' && (outcome.outcome === 'CREATED' || outcome.outcome === 'UPDATED');
    return {
      outcome: outcome.outcome,
      reason: outcome.reason,
      message: outcome.message,
      remedy: outcome.remedy,
      sha256: outcome.sha256,
      verifiedBy: outcome.verifiedBy,
      ...placeOf(row, outcome),
      bytesDone: isDone ? outcome.byteCount : 0,
      versionsDone: isTransfer ? 1 : 0,
      attempts: attempts.slice(-MAX_SHOWN_ATTEMPTS),
      attemptCount: row.attemptCount + (attempt === null ? 0 : 1),
      checkpoint: isDone ? null : row.checkpoint,
      finishedAt: isDone ? this.storeContext.now() : null,
    };
  }

  private async forgetFormer(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const { steps } = this.db.tables;
    const former = and(
      eq(steps.jobId, this.storeContext.jobId),
      eq(steps.isLatest, true),
      ne(steps.planId, this.storeContext.planId),
    );
    this.hasFormer ??= (await tx.select({ id: steps.id }).from(steps).where(former).limit(1)).length > 0;
    if (!this.hasFormer) return;
    for (const part of chunks(rows.map(({ row }) => row.itemKey))) {
      await tx
        .update(steps)
        .set({ isLatest: false })
        .where(and(former, inArray(steps.itemKey, part)));
    }
  }

  /** Updates the ledger, the listings and the failures, which later steps and runs read. */
  private async writeAround(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const forgotten = rows.flatMap(({ row, outcome }) => (outcome.forgetLedger ? [row] : []));
    await this.ledger.learn(
      tx,
      rows.map(({ outcome }) => outcome),
      forgotten,
    );
    // Only folders are looked up again, by what comes into them.
    for (const side of SIDES) {
      const folders = rows.flatMap(({ row, outcome }) =>
        row.kind === 'FOLDER' && sideOf(outcome) === side ? (outcome.destination ?? []) : [],
      );
      if (folders.length > 0) await this.listings.restageFolders(tx, side, folders);
    }
    await this.countFailures(tx, rows);
  }

  private async countFailures(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const { itemFailures } = this.db.tables;
    const { jobId, runId } = this.storeContext;
    const failing = new Set(rows.filter(({ outcome }) => outcome.outcome === 'RETRYING').map(({ row }) => row.itemKey));
    const settled = rows
      .filter(({ row, outcome }) => settlesFailures(row, outcome) && !failing.has(row.itemKey))
      .map(({ row }) => row.itemKey);
    this.hasFailures ??= await this.findsFailures(tx);
    for (const part of this.hasFailures ? chunks(settled) : []) {
      await tx.delete(itemFailures).where(and(eq(itemFailures.jobId, jobId), inArray(itemFailures.itemKey, part)));
    }
    this.hasFailures ||= failing.size > 0;
    for (const itemKey of failing) {
      await tx
        .insert(itemFailures)
        .values({ jobId, itemKey, runCount: 1, runId: runId ?? '' })
        .onConflictDoUpdate({
          target: [itemFailures.jobId, itemFailures.itemKey],
          set: { runCount: sql`${itemFailures.runCount} + 1`, runId: runId ?? '' },
          setWhere: ne(itemFailures.runId, runId ?? ''),
        });
    }
  }

  /** Writes events for items that need attention; all others are counted in the figures only. */
  private async tell(tx: Transaction, run: WorkRow, outcomes: readonly StepOutcome[]): Promise<void> {
    const events = outcomes
      .filter(({ outcome }) => outcome === 'FLAGGED' || outcome === 'RETRYING')
      .map(({ stepId }) => ({ kind: 'ITEM' as const, stepId }));
    await appendRunEvents(tx, this.db, run, events, this.storeContext.now());
  }

  async reviseEntries(revised: readonly RevisedEntry[]): Promise<void> {
    await this.write((tx) => this.ledger.revise(tx, revised));
  }

  async saveCheckpoint(stepId: string, checkpoint: string): Promise<void> {
    const { steps } = this.db.tables;
    await this.write(async (tx) => void (await tx.update(steps).set({ checkpoint }).where(eq(steps.id, stepId))));
  }

  async requeue(maxAttempts: number): Promise<number> {
    const { steps } = this.db.tables;
    const again = await this.write(async (tx, counters) => {
      const rows = await tx
        .update(steps)
        .set({ outcome: 'PENDING' })
        .where(
          and(
            eq(steps.planId, this.storeContext.planId),
            eq(steps.outcome, 'RETRYING'),
            lt(steps.attemptCount, maxAttempts),
          ),
        )
        .returning(this.countedColumns());
      for (const row of rows) moveItem(counters, { ...row, outcome: 'RETRYING' }, row);
      return rows.length;
    });
    if (again > 0) for (const side of SIDES) this.positions[side] = 0;
    return again;
  }

  async revise(revised: readonly { stepId: string; step: Step }[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.write(async (tx) => {
      for (const { stepId, step } of revised)
        await tx
          .update(steps)
          .set({ step: packWholeStep(step) })
          .where(eq(steps.id, stepId));
    });
  }

  async *unverified(): AsyncIterable<UnverifiedStep> {
    const { steps } = this.db.tables;
    for (let after = 0; ;) {
      const rows = await this.db.reader
        .select()
        .from(steps)
        .where(
          and(
            eq(steps.planId, this.storeContext.planId),
            or(eq(steps.outcome, 'CREATED'), eq(steps.outcome, 'UPDATED')),
            eq(steps.verifiedBy, 'NONE'),
            eq(steps.kind, 'FILE'),
            gt(steps.sequence, after),
          ),
        )
        .orderBy(asc(steps.sequence))
        .limit(PAGE_ROWS);
      for (const row of rows) {
        const key = row.side === 'SOURCE' ? row.sourceKey : row.destinationKey;
        if (key !== null) yield toUnverified(row, key);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      after = last.sequence;
    }
  }

  async log(severity: Severity, message: string): Promise<void> {
    await this.write(async (tx, _counters, run) => {
      if (run !== null)
        await appendRunEvents(tx, this.db, run, [{ kind: 'LOG', severity, message }], this.storeContext.now());
    });
  }

  /** One transaction under the locks of plan and run; the counters are saved with it. */
  private write<T>(work: (tx: Transaction, counters: RunCounters, run: WorkRow | null) => Promise<T>): Promise<T> {
    const { runs } = this.db.tables;
    return this.db.transact(async (tx) => {
      const run = await lockRunAtWork(tx, this.db, this.storeContext);
      if (run === null) await lockPlan(tx, this.db, this.storeContext);
      const counters = run?.counters ?? emptyCounters();
      const eventCount = run?.eventCount;
      const result = await work(tx, counters, run);
      if (run !== null) await tx.update(runs).set({ counters }).where(eq(runs.id, run.id));
      if (run !== null && run.eventCount !== eventCount) tx.onCommit(() => this.storeContext.onEvents(run.id));
      return result;
    });
  }
}

type HeldRow = Pick<
  StepRow,
  | 'id'
  | 'sequence'
  | 'action'
  | 'kind'
  | 'itemKey'
  | 'sourceKey'
  | 'destinationKey'
  | 'destinationRemoteId'
  | 'attempts'
  | 'attemptCount'
  | 'begunAt'
  | 'isInDoubt'
  | 'checkpoint'
> &
  Counted;
type PendingRow = HeldRow & StepColumns & Pick<StepRow, 'step'>;
type FailureRow = Database['tables']['itemFailures']['$inferSelect'];

/** What counts of a step, without what is held of it besides. */
function countedOf({
  outcome,
  reason,
  side,
  byteCount,
  callCount,
  versionsDone,
  isRevised,
  bytesDone,
}: Counted): Counted {
  return { outcome, reason, side, byteCount, callCount, versionsDone, isRevised, bytesDone };
}

const sideOf = ({ side = 'DESTINATION' }: Pick<StepOutcome, 'side'>): Side => side;

/** What stands at the destination now; where the source was changed, the item there is as the plan says. */
function placeOf(row: HeldRow, outcome: StepOutcome): Pick<SettledColumns, 'destinationKey' | 'destinationRemoteId'> {
  const there = sideOf(outcome) === 'DESTINATION' ? outcome.destination : null;
  const { destinationKey, destinationRemoteId } = row;
  return { destinationKey: there?.key ?? destinationKey, destinationRemoteId: there?.item.id ?? destinationRemoteId };
}

/** A removal that is left out says nothing of the transfer before it. */
const settlesFailures = ({ action }: HeldRow, { outcome }: StepOutcome): boolean =>
  outcome !== 'PENDING' && !(action === 'DELETE' && outcome === 'SKIPPED');

interface Committed {
  row: HeldRow;
  outcome: StepOutcome;
}

function toUnverified(row: StepRow, destinationKey: string): UnverifiedStep {
  const { id: stepId, outcome, reason, message, bytesDone: byteCount, sha256 } = row;
  return { stepId, step: unpackStep(row), outcome, reason, message, destinationKey, byteCount, sha256 };
}
