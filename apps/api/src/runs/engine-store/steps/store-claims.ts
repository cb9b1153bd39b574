import { and, eq, gt, inArray, lt, sql, type SQL } from 'drizzle-orm';
import { SIDES, type Side } from '@sluice/core/plan';
import type { ClaimedStep } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import { ComposedList } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import { itemIdOf, itemNumberOf } from '../../../db/item-ids.js';
import { stepsOfOrdinal } from '../../../db/plan-steps.js';
import { selectRows } from '../../../db/rows.js';
import type { RunCounters } from '../../../db/tables/runs.js';
import { moveItem } from '../counters.js';
import { countedColumns, countedOf, heldColumns, toHeld, type HeldRow } from './held-step.js';
import type { StoredStep } from './step-row.js';
import { textColumns, unpackStep, type StepColumns } from './step-text.js';
import type { FailureStore } from './store-failures.js';
import type { PlanAtWork } from './store-plan-at-work.js';
import type { WorkTransactions } from './store-work-transaction.js';

/** Plans are numbered from 1. */
const BEFORE_ALL = itemIdOf(0);
/** The identifier before another one. */
const before = (id: string) => itemIdOf(itemNumberOf(id) - 1);

/** Gives the steps of a plan to the engine, each once and in their turn, until they have an outcome. */
export class ClaimStore {
  /** Steps that were claimed and have no outcome yet. */
  private readonly open = new Map<string, HeldRow>();
  /** Number of steps that a former process left and that are not claimed yet; null before the first claim. */
  private inDoubt: number | null = null;
  /** Turn up to which all steps of a side that are not in doubt are claimed. */
  private readonly positions: Record<Side, string> = { SOURCE: BEFORE_ALL, DESTINATION: BEFORE_ALL };
  private readonly beginning: ComposedList;

  constructor(
    private readonly db: Database,
    private readonly plan: PlanAtWork,
    private readonly work: WorkTransactions,
    private readonly failures: FailureStore,
  ) {
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
  }

  async claim(limit: number, side: Side = 'DESTINATION'): Promise<ClaimedStep[]> {
    if (this.inDoubt === null) this.inDoubt = await this.returnInterrupted();
    const rows = await this.nextPending(limit, side);
    const failedRuns = await this.failures.formerRuns(rows.map(({ row }) => row.itemKey));
    return rows.map((row) => this.take(row, failedRuns.get(row.row.itemKey) ?? 0));
  }

  private take({ text, row }: PendingRow, failedRuns: number): ClaimedStep {
    this.open.set(row.id, row);
    if (row.isInDoubt) this.inDoubt = (this.inDoubt ?? 0) - 1;
    else if (turnOf(row) > this.positions[row.side]) this.positions[row.side] = turnOf(row);
    return {
      id: row.id,
      step: unpackStep(text),
      inDoubtSince: row.isInDoubt ? row.begunAt : null,
      checkpoint: row.checkpoint,
      failedRuns,
      attempts: row.attemptCount,
    };
  }

  /**
   * Returns steps to PENDING that are in progress at the first claim of this process: a process that died has left them. Gives
   * how many are in doubt, which are counted after the transaction: others wait for that one.
   */
  private async returnInterrupted(): Promise<number> {
    const { steps } = this.db.tables;
    await this.work.write(async (tx, counters) => {
      const rows = await tx
        .update(steps)
        .set({ outcome: 'PENDING', isInDoubt: true })
        .where(and(this.plan.steps(), eq(steps.outcome, 'IN_PROGRESS')))
        .returning(countedColumns(this.db));
      for (const row of rows) moveItem(counters, { ...row, outcome: 'IN_PROGRESS' }, row);
    });
    const isInDoubt = and(eq(steps.outcome, 'PENDING'), eq(steps.isInDoubt, true));
    return this.db.reader.$count(steps, and(this.plan.steps(), isInDoubt));
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
    const { ordinal, isFrozen } = await this.plan.read(this.db.reader);
    const turn = isFrozen ? steps.turn : steps.id;
    const isOfPlan = stepsOfOrdinal(this.db, ordinal, turn);
    const rows = await selectRows({
      reader: this.db.reader,
      from: steps,
      where: and(isOfPlan, gt(turn, after), eq(steps.outcome, 'PENDING'), condition),
      orderBy: [{ column: turn }],
      limit,
      columns: Object.keys({ ...heldColumns(this.db), ...textColumns(this.db) }),
    });
    return rows.map((row) => ({ text: row, row: toHeld(row) }));
  }

  async begin(stepIds: readonly string[], now: Date): Promise<void> {
    const { steps } = this.db.tables;
    const rows = this.held(stepIds);
    const begin = async (tx: Transaction, counters: RunCounters) => {
      await this.beginning.run(tx, stepIds, { now: steps.begunAt.mapToDriverValue(now) });
      for (const row of rows) moveItem(counters, row, { ...countedOf(row), outcome: 'IN_PROGRESS' });
    };
    // Platforms keep what comes next whatever happens to this machine, so it must not be forgotten here.
    await this.work.write(begin, { isDurable: true });
    for (const row of rows) row.outcome = 'IN_PROGRESS';
  }

  private held(stepIds: readonly string[]): HeldRow[] {
    return stepIds.map((id) => {
      const row = this.open.get(id);
      if (row === undefined) throw new Error('A step that is not claimed was begun.');
      return row;
    });
  }

  async release(stepIds: readonly string[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.work.write(async (tx, counters) => {
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

  /** Keeps a step that another store has claimed until it has an outcome. */
  hold(row: HeldRow): void {
    this.open.set(row.id, row);
  }

  /** The step as it is held since its claim; undefined where it is not claimed. */
  find(stepId: string): HeldRow | undefined {
    return this.open.get(stepId);
  }

  /** Lets go of a step that has an outcome. */
  drop(stepId: string): void {
    this.open.delete(stepId);
  }

  async requeue(maxAttempts: number): Promise<number> {
    const { steps } = this.db.tables;
    const again = await this.work.write(async (tx, counters) => {
      const rows = await tx
        .update(steps)
        .set({ outcome: 'PENDING' })
        .where(and(this.plan.steps(), eq(steps.outcome, 'RETRYING'), lt(steps.attemptCount, maxAttempts)))
        .returning(countedColumns(this.db));
      for (const row of rows) moveItem(counters, { ...row, outcome: 'RETRYING' }, row);
      return rows.length;
    });
    if (again > 0) for (const side of SIDES) this.positions[side] = BEFORE_ALL;
    return again;
  }
}

const turnOf = ({ id, turn }: HeldRow): string => turn ?? id;

interface PendingRow {
  row: HeldRow;
  text: StepColumns & Pick<StoredStep, 'step'>;
}
