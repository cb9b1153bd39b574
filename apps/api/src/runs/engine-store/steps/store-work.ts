import type { Severity } from '@sluice/core/job';
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { SIDES, type Step } from '@sluice/core/plan';
import type { RevisedEntry, StepOutcome } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import { ComposedList } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import { moveItem } from '../counters.js';
import type { LedgerStore } from '../ledger/store-ledger.js';
import type { ListingStore } from '../listings/store-listings.js';
import type { StoreContext } from '../store-context.js';
import type { WorkRow } from '../store-locks.js';
import { appendRunEvents } from '../store-events.js';
import { latestStepsOf } from '../store-plan-numbers.js';
import { heldColumns, toHeld, type HeldRow } from './held-step.js';
import { AttemptLists, countedAfter, settledRow, sideOf, type Committed } from './settled-step.js';
import { packWholeStep } from './step-text.js';
import type { ClaimStore } from './store-claims.js';
import type { FailureStore } from './store-failures.js';
import { OutcomeStore } from './store-outcomes.js';
import type { PlanAtWork } from './store-plan-at-work.js';
import type { WorkTransactions } from './store-work-transaction.js';

export interface WorkParts {
  plan: PlanAtWork;
  transactions: WorkTransactions;
  claims: ClaimStore;
  failures: FailureStore;
  listings: ListingStore;
  ledger: LedgerStore;
}

/** Settles the steps of a plan while they are carried out. */
export class StepWorkStore {
  /** Whether there are records of former runs of the job; null until it is first asked. Without any, none is looked for. */
  private hasFormer: boolean | null = null;
  private readonly outcomes: OutcomeStore;
  private readonly forgetting: ComposedList;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly parts: WorkParts,
  ) {
    this.outcomes = new OutcomeStore(db);
    const { steps } = db.tables;
    this.forgetting = new ComposedList(steps.itemKey, (tx, keys) =>
      tx
        .update(steps)
        .set({ latestOf: null })
        .where(and(this.isFormer(), sql`${steps.itemKey} in ${keys}`)),
    );
  }

  async commit(outcomes: readonly StepOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.parts.transactions.write(async (tx, counters, run) => {
      const rows = await this.rowsOf(tx, outcomes);
      const { jobOrdinal: latestOf } = await this.parts.plan.read(tx);
      const now = this.storeContext.now();
      const attempts = new AttemptLists();
      const settled = rows.map((row) => settledRow(row, { now, latestOf, attempts }));
      rows.forEach(({ row }, index) => moveItem(counters, row, countedAfter(row, settled[index]!)));
      await this.outcomes.settle(tx, settled);
      await this.forgetFormer(tx, rows);
      await this.writeAround(tx, rows);
      if (run !== null) await this.tell(tx, run, outcomes);
    });
    for (const { stepId, outcome, byteCount } of outcomes) {
      this.parts.claims.drop(stepId);
      this.storeContext.onItems?.(outcome, 1, byteCount);
    }
  }

  /** The steps are held in memory from their claim on; those that had an outcome before are read. */
  private async rowsOf(tx: Transaction, outcomes: readonly StepOutcome[]): Promise<Committed[]> {
    const { steps } = this.db.tables;
    const read = new Map<string, HeldRow>();
    for (const part of chunks(outcomes.map(({ stepId }) => stepId).filter((id) => !this.parts.claims.find(id)))) {
      const found = await tx.select(heldColumns(this.db)).from(steps).where(inArray(steps.id, part));
      for (const row of found) read.set(row.id, toHeld(row));
    }
    return outcomes.map((outcome) => {
      const row = this.parts.claims.find(outcome.stepId) ?? read.get(outcome.stepId);
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
    return and(latestStepsOf(this.db, this.storeContext.jobId), sql`not (${this.parts.plan.steps()})`);
  }

  /** Updates the ledger, the listings and the failures, which later steps and runs read. */
  private async writeAround(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const forgotten = rows.flatMap(({ row, outcome }) => (outcome.forgetLedger && !outcome.forgottenId ? [row] : []));
    await this.parts.ledger.learn(
      tx,
      rows.map(({ outcome }) => outcome),
      forgotten,
    );
    // Only folders are looked up again, by what comes into them.
    for (const side of SIDES) {
      const folders = rows.flatMap(({ row, outcome }) =>
        row.kind === 'FOLDER' && sideOf(outcome) === side ? (outcome.destination ?? []) : [],
      );
      if (folders.length > 0) await this.parts.listings.restageFolders(tx, side, folders);
    }
    await this.parts.failures.count(tx, rows);
  }

  /** Writes events for items that need attention; all others are counted in the figures only. */
  private async tell(tx: Transaction, run: WorkRow, outcomes: readonly StepOutcome[]): Promise<void> {
    const events = outcomes
      .filter(({ outcome }) => outcome === 'FLAGGED' || outcome === 'RETRYING')
      .map(({ stepId }) => ({ kind: 'ITEM' as const, stepId }));
    await appendRunEvents(tx, this.db, run, events, this.storeContext.now());
  }

  async reviseEntries(revised: readonly RevisedEntry[]): Promise<void> {
    await this.parts.transactions.write((tx) => this.parts.ledger.revise(tx, revised));
  }

  async saveCheckpoint(stepId: string, checkpoint: string): Promise<void> {
    const { steps } = this.db.tables;
    await this.parts.transactions.write(
      async (tx) => void (await tx.update(steps).set({ checkpoint }).where(eq(steps.id, stepId))),
    );
  }

  async revise(revised: readonly { stepId: string; step: Step }[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.parts.transactions.write(async (tx) => {
      for (const { stepId, step } of revised)
        await tx
          .update(steps)
          .set({ step: packWholeStep(step) })
          .where(eq(steps.id, stepId));
    });
  }

  async log(severity: Severity, message: string): Promise<void> {
    await this.parts.transactions.write(async (tx, _counters, run) => {
      if (run !== null)
        await appendRunEvents(tx, this.db, run, [{ kind: 'LOG', severity, message }], this.storeContext.now());
    });
  }
}
