import type { Severity } from '@sluice/core/job';
import { and, asc, eq, gt, inArray, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import { SIDES, type Side, type Step } from '@sluice/core/plan';
import type { ClaimedStep, RevisedEntry, StepOutcome, UnverifiedStep } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import type { PlanRow } from '../../../db/row-types.js';
import { ComposedList } from '../../../db/composed.js';
import type { Database, Reader, Transaction, TransactionOptions } from '../../../db/database.js';
import { selectRows } from '../../../db/rows.js';
import { stepsOfOrdinal } from '../../../db/plan-steps.js';
import { itemIdOf, itemNumberOf } from '../../../db/item-ids.js';
import type { RunCounters } from '../../../db/tables/runs.js';
import { emptyCounters, isItemDone, moveItem, type Counted } from '../counters.js';
import { countedColumns, countedOf, heldColumns, toHeld, type HeldRow } from './held-step.js';
import { latestStepsOf, stepsOfPlan } from '../store-plan-numbers.js';
import { packKey, packRemoteId, sourceKeyOf, unpackKey } from '../step-keys.js';
import type { StoredStep } from './step-row.js';
import { packWholeStep, unpackStep, type StepColumns } from './step-text.js';
import type { LedgerStore } from '../ledger/store-ledger.js';
import { isNeededToUndo } from './store-effects.js';
import { OutcomeStore, type SettledColumns, type SettledRow } from './store-outcomes.js';
import { appendRunEvents } from '../store-events.js';
import type { ListingStore } from '../listings/store-listings.js';
import { lockPlan, lockRunAtWork, type StoreContext, type WorkRow } from '../store-context.js';

const PAGE_ROWS = 500;
/** Plans are numbered from 1. */
const BEFORE_ALL = itemIdOf(0);
/** The identifier before another one. */
const before = (id: string) => itemIdOf(itemNumberOf(id) - 1);
export const MAX_SHOWN_ATTEMPTS = 20;

/** Claims and settles the steps of a plan while they are carried out. */
export class StepWorkStore {
  /** Steps that were claimed and have no outcome yet. */
  private readonly open = new Map<string, HeldRow>();
  /** Number of steps that a former process left and that are not claimed yet; null before the first claim. */
  private inDoubt: number | null = null;
  /** Turn up to which all steps of a side that are not in doubt are claimed. */
  private readonly positions: Record<Side, string> = { SOURCE: BEFORE_ALL, DESTINATION: BEFORE_ALL };
  /** Null until it is first asked for. */
  private plan: WorkPlan | null = null;
  /**
   * Whether the job has items that failed, and records of former runs; null until it is first asked. Only this run writes
   * them while it is active, so as long as there are none, the statements for them are left out.
   */
  private hasFailures: boolean | null = null;
  private hasFormer: boolean | null = null;
  private readonly outcomes: OutcomeStore;
  private readonly beginning: ComposedList;
  private readonly forgetting: ComposedList;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly listings: ListingStore,
    private readonly ledger: LedgerStore,
  ) {
    this.outcomes = new OutcomeStore(db);
    const { steps } = db.tables;
    // A step in doubt keeps the time at which it first began: what it may have left at the destination can be that old. One
    // that is to begin anew since then has none.
    const begunAt = sql`coalesce(case when ${steps.isInDoubt} then ${steps.begunAt} end, ${sql.placeholder('now')})`;
    this.beginning = new ComposedList(steps.id, (tx, ids) =>
      tx
        .update(steps)
        .set({ outcome: 'IN_PROGRESS', begunAt })
        .where(sql`${steps.id} in ${ids}`),
    );
    this.forgetting = new ComposedList(steps.itemKey, (tx, keys) =>
      tx
        .update(steps)
        .set({ latestOf: null })
        .where(and(this.isFormer(), sql`${steps.itemKey} in ${keys}`)),
    );
  }

  async claim(limit: number, side: Side = 'DESTINATION'): Promise<ClaimedStep[]> {
    if (this.inDoubt === null) this.inDoubt = await this.write((tx, counters) => this.returnInterrupted(tx, counters));
    const rows = await this.nextPending(limit, side);
    const failures = await this.failuresOf(rows);
    return rows.map((row) => this.take(row, failures.get(row.row.itemKey)));
  }

  private take({ text, row }: PendingRow, failure: FailureRow | undefined): ClaimedStep {
    this.open.set(row.id, row);
    if (row.isInDoubt) this.inDoubt = (this.inDoubt ?? 0) - 1;
    else if (turnOf(row) > this.positions[row.side]) this.positions[row.side] = turnOf(row);
    return {
      id: row.id,
      step: unpackStep(text),
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
      .where(and(this.ofPlan(), eq(steps.outcome, 'IN_PROGRESS')))
      .returning(countedColumns(this.db));
    for (const row of rows) moveItem(counters, { ...row, outcome: 'IN_PROGRESS' }, row);
    return tx.$count(steps, and(this.ofPlan(), eq(steps.outcome, 'PENDING'), eq(steps.isInDoubt, true)));
  }

  /** Those in doubt first; then the others, from where the last claim ended. */
  private async nextPending(limit: number, side: Side): Promise<PendingRow[]> {
    const { steps } = this.db.tables;
    const isOfSide = eq(steps.side, side);
    const ofDoubt = and(isOfSide, eq(steps.isInDoubt, true));
    const inDoubt = this.inDoubt ? await this.pendingWhere(limit + this.open.size, ofDoubt) : [];
    const doubtful = inDoubt.filter(({ row }) => !this.open.has(row.id)).slice(0, limit);
    if (doubtful.length === limit) return doubtful;
    const isOther = and(isOfSide, eq(steps.isInDoubt, false));
    const others = await this.pendingWhere(limit - doubtful.length, isOther, this.positions[side]);
    return [...doubtful, ...others];
  }

  /** Those whose turn comes after another one. */
  private async pendingWhere(limit: number, condition: SQL | undefined, after = BEFORE_ALL): Promise<PendingRow[]> {
    const { steps } = this.db.tables;
    const { ordinal, isFrozen } = await this.planAtWork(this.db.reader);
    const turn = isFrozen ? steps.turn : steps.id;
    const isOfPlan = stepsOfOrdinal(this.db, ordinal, turn);
    const rows = await selectRows({
      reader: this.db.reader,
      from: steps,
      where: and(isOfPlan, gt(turn, after), eq(steps.outcome, 'PENDING'), condition),
      orderBy: [{ column: turn }],
      limit,
      columns: Object.keys({ ...heldColumns(this.db), ...this.textColumns() }),
    });
    return rows.map((row) => ({ text: row, row: toHeld(row) }));
  }

  private ofPlan(): SQL {
    return stepsOfPlan(this.db, this.storeContext.planId);
  }

  /** What the step itself is made of, beside what is held of it. */
  private textColumns() {
    const { planReason, planMessage, isDestructive, step } = this.db.tables.steps;
    return { planReason, planMessage, isDestructive, step };
  }

  private async planAtWork(reader: Reader): Promise<WorkPlan> {
    if (this.plan !== null) return this.plan;
    const { id, ordinal, jobOrdinal, isFrozen } = this.db.tables.plans;
    const isOwn = eq(id, this.storeContext.planId);
    const [plan] = await reader.select({ ordinal, jobOrdinal, isFrozen }).from(this.db.tables.plans).where(isOwn);
    if (plan === undefined) throw new Error('The plan does not exist.');
    return (this.plan = plan);
  }

  async begin(stepIds: readonly string[], now: Date): Promise<void> {
    const { steps } = this.db.tables;
    const rows = this.held(stepIds);
    const begin = async (tx: Transaction, counters: RunCounters) => {
      await this.beginning.run(tx, stepIds, { now: steps.begunAt.mapToDriverValue(now) });
      for (const row of rows) moveItem(counters, row, { ...countedOf(row), outcome: 'IN_PROGRESS' });
    };
    // Platforms keep what comes next whatever happens to this machine, so it must not be forgotten here.
    await this.write(begin, { isDurable: true });
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
    for (const part of this.hasFailures ? chunks(rows.map(({ row }) => row.itemKey)) : []) {
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
    for (const row of this.held(stepIds)) {
      this.open.delete(row.id);
      if (row.isInDoubt) this.inDoubt = (this.inDoubt ?? 0) + 1;
      else if (before(turnOf(row)) < this.positions[row.side]) this.positions[row.side] = before(turnOf(row));
    }
  }

  async commit(outcomes: readonly StepOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.write(async (tx, counters, run) => {
      const rows = await this.rowsOf(tx, outcomes);
      const { jobOrdinal: latestOf } = await this.planAtWork(tx);
      const now = this.storeContext.now();
      const settled = rows.map(({ row, outcome }) => settledRow(row, outcome, { now, latestOf }));
      rows.forEach(({ row }, index) => moveItem(counters, row, countedAfter(row, settled[index]!)));
      await this.outcomes.settle(tx, settled);
      await this.forgetFormer(tx, rows);
      await this.writeAround(tx, rows);
      if (run !== null) await this.tell(tx, run, outcomes);
    });
    for (const { stepId, outcome, byteCount } of outcomes) {
      this.open.delete(stepId);
      this.storeContext.onItems?.(outcome, 1, byteCount);
    }
  }

  /** The steps are held in memory from their claim on; those that had an outcome before are read. */
  private async rowsOf(tx: Transaction, outcomes: readonly StepOutcome[]): Promise<Committed[]> {
    const { steps } = this.db.tables;
    const read = new Map<string, HeldRow>();
    for (const part of chunks(outcomes.map(({ stepId }) => stepId).filter((id) => !this.open.has(id)))) {
      const found = await tx.select(heldColumns(this.db)).from(steps).where(inArray(steps.id, part));
      for (const row of found) read.set(row.id, toHeld(row));
    }
    return outcomes.map((outcome) => {
      const row = this.open.get(outcome.stepId) ?? read.get(outcome.stepId);
      if (row === undefined) throw new Error('A step that does not exist was committed.');
      return { row, outcome };
    });
  }

  private async forgetFormer(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const { steps } = this.db.tables;
    this.hasFormer ??= (await tx.select({ id: steps.id }).from(steps).where(this.isFormer()).limit(1)).length > 0;
    if (!this.hasFormer) return;
    const keys = rows.map(({ row }) => row.itemKey);
    await this.forgetting.run(tx, keys);
  }

  /** Of a former run of the job. */
  private isFormer(): SQL | undefined {
    return and(latestStepsOf(this.db, this.storeContext.jobId), sql`not (${this.ofPlan()})`);
  }

  /** Updates the ledger, the listings and the failures, which later steps and runs read. */
  private async writeAround(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const forgotten = rows.flatMap(({ row, outcome }) => (outcome.forgetLedger && !outcome.forgottenId ? [row] : []));
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
        .where(and(this.ofPlan(), eq(steps.outcome, 'RETRYING'), lt(steps.attemptCount, maxAttempts)))
        .returning(countedColumns(this.db));
      for (const row of rows) moveItem(counters, { ...row, outcome: 'RETRYING' }, row);
      return rows.length;
    });
    if (again > 0) for (const side of SIDES) this.positions[side] = BEFORE_ALL;
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
    for (let after = BEFORE_ALL; ;) {
      const rows = await this.db.reader
        .select()
        .from(steps)
        .where(
          and(
            this.ofPlan(),
            or(eq(steps.outcome, 'CREATED'), eq(steps.outcome, 'UPDATED')),
            eq(steps.verifiedBy, 'NONE'),
            eq(steps.kind, 'FILE'),
            gt(steps.id, after),
          ),
        )
        .orderBy(asc(steps.id))
        .limit(PAGE_ROWS);
      for (const row of rows) {
        const { itemKey, side, destinationKey } = row;
        const key = side === 'SOURCE' ? sourceKeyOf(itemKey) : unpackKey(itemKey, destinationKey);
        if (key !== null) yield toUnverified(row, key);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      after = last.id;
    }
  }

  async log(severity: Severity, message: string): Promise<void> {
    await this.write(async (tx, _counters, run) => {
      if (run !== null)
        await appendRunEvents(tx, this.db, run, [{ kind: 'LOG', severity, message }], this.storeContext.now());
    });
  }

  /** One transaction under the locks of plan and run; the counters are saved with it. */
  private write<T>(
    work: (tx: Transaction, counters: RunCounters, run: WorkRow | null) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
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
    }, options);
  }
}

/** A plan that is made again before it is carried out gives its steps other turns. */
type WorkPlan = Pick<PlanRow, 'ordinal' | 'jobOrdinal' | 'isFrozen'>;

const turnOf = ({ id, turn }: HeldRow): string => turn ?? id;

interface PendingRow {
  row: HeldRow;
  text: StepColumns & Pick<StoredStep, 'step'>;
}
type FailureRow = Database['tables']['itemFailures']['$inferSelect'];

const sideOf = ({ side = 'DESTINATION' }: Pick<StepOutcome, 'side'>): Side => side;

/** Field by field, since there are as many as items. */
function settledRow(
  row: HeldRow,
  outcome: StepOutcome,
  { now, latestOf }: { now: Date; latestOf: number },
): SettledRow {
  const { attempt } = outcome;
  const isDone = isItemDone(outcome.outcome);
  const attempts =
    attempt === null ? row.attempts : [...row.attempts, { ...attempt, startedAt: attempt.startedAt.toISOString() }];
  const isTransfer = row.kind === 'FILE' && (outcome.outcome === 'CREATED' || outcome.outcome === 'UPDATED');
  const { destinationKey, destinationRemoteId } = placeOf(row, outcome);
  return {
    id: row.id,
    isFinal: isDone && outcome.verifiedBy !== 'NONE' && !isNeededToUndo(row, outcome),
    outcome: outcome.outcome,
    reason: outcome.reason,
    message: outcome.message === row.planMessage ? null : outcome.message,
    remedy: outcome.remedy,
    sha256: outcome.sha256,
    verifiedBy: outcome.verifiedBy,
    destinationKey,
    destinationRemoteId,
    bytesDone: isDone ? outcome.byteCount : 0,
    versionsDone: outcome.versionCount ?? (isTransfer ? 1 : 0),
    attempts: attempts.slice(-MAX_SHOWN_ATTEMPTS),
    attemptCount: row.attemptCount + (attempt === null ? 0 : 1),
    checkpoint: isDone ? null : row.checkpoint,
    finishedAt: isDone ? now : null,
    latestOf,
  };
}

function countedAfter(
  { side, byteCount, callCount, readCallCount, isRevised }: HeldRow,
  { outcome, reason, versionsDone, bytesDone }: SettledRow,
): Counted {
  return { side, outcome, reason, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone };
}

/** What stands at the destination now; where the source was changed, the item there is as the plan says. */
function placeOf(row: HeldRow, outcome: StepOutcome): Pick<SettledColumns, 'destinationKey' | 'destinationRemoteId'> {
  const there = sideOf(outcome) === 'DESTINATION' ? outcome.destination : null;
  const { itemKey, destinationKey, destinationRemoteId } = row;
  return {
    destinationKey: packKey(itemKey, there?.key ?? destinationKey),
    destinationRemoteId: packRemoteId(itemKey, there?.item.id ?? destinationRemoteId),
  };
}

/** A removal that is left out says nothing of the transfer before it. */
const settlesFailures = ({ action }: HeldRow, { outcome }: StepOutcome): boolean =>
  outcome !== 'PENDING' && !(action === 'DELETE' && outcome === 'SKIPPED');

interface Committed {
  row: HeldRow;
  outcome: StepOutcome;
}

function toUnverified(row: StoredStep, destinationKey: string): UnverifiedStep {
  const { id: stepId, outcome, reason, bytesDone: byteCount, sha256 } = row;
  const message = row.message ?? row.planMessage;
  return { stepId, step: unpackStep(row), outcome, reason, message, destinationKey, byteCount, sha256 };
}
