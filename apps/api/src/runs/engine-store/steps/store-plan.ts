import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { nameRevision, type NameRevision } from '@sluice/core/naming';
import { pathSegments, type ItemOutcome, type Side, type Step } from '@sluice/core/plan';
import type { ListingProof } from '@sluice/core/platform';
import type { KnownListing } from '@sluice/core/prove';
import { runStateOf, type ListingHow, type LossCounts, type Phase } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import type { PlanRow, RunRow } from '../../../db/row-types.js';
import { ComposedInsert, ComposedWrite } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import { stepsOfOrdinal } from '../../../db/plan-steps.js';
import { stepIdOf } from '../../../db/item-ids.js';
import type { RunCounters } from '../../../db/tables/runs.js';
import { addToTotals, callsAtSource, count, emptyCounters, emptyTotals } from '../counters.js';
import { latestStepsOf } from '../store-plan-numbers.js';
import { itemKeyOf, packKey, packRemoteId } from '../step-keys.js';
import type { StoredStep } from './step-row.js';
import { packStep } from './step-text.js';
import { appendRunEvents, type NewRunEvent } from '../store-events.js';
import { changePlan, changeRunState } from '../store-state.js';
import { forgetUnmapped } from './store-unmapped.js';
import { SETTLED_STEP } from './store-outcomes.js';
import type { KnownListingStore } from '../listings/store-known-listings.js';
import type { ListingStore } from '../listings/store-listings.js';
import { lockBoth, type StoreContext } from '../store-context.js';
import { BatchLocks, type PlanAtHand } from '../store-locks.js';

/** At most so many flagged items of a plan become events of their own, so that a follower can keep up. */
const MAX_TOLD_ITEMS = 200;
const INERT_OUTCOMES: Partial<Record<Step['action'], ItemOutcome>> = { REFUSE: 'FLAGGED', SKIP: 'SKIPPED' };
const INERT = Object.values(INERT_OUTCOMES);

/** What a step has that was never tried, as the columns have it that are not given. */
const UNTRIED = {
  ...{ isStale: false, message: null, sha256: null, verifiedBy: null, bytesDone: 0, versionsDone: 0, attempts: [] },
  ...{ attemptCount: 0, begunAt: null, isInDoubt: false, intentSha256: null, checkpoint: null, finishedAt: null },
  ...{ latestOf: null, turn: null },
} satisfies Partial<StoredStep>;
type Untried = keyof typeof UNTRIED;

const UNLISTED = { sourceProof: null, destinationProof: null, sourceListing: null, destinationListing: null };

/** Writes the steps of a plan while it is made. */
export class PlanStepStore {
  private readonly inserts: ComposedInsert<Database['tables']['steps'], Untried>;
  private readonly locks: BatchLocks;
  private readonly counting: ComposedWrite;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly listings: ListingStore,
    private readonly known: KnownListingStore,
  ) {
    const untried = Object.keys(UNTRIED) as Untried[];
    this.inserts = new ComposedInsert(db.tables.steps, (tx, rows) => tx.insert(db.tables.steps).values(rows), untried);
    this.locks = new BatchLocks(db, storeContext);
    const { plans } = db.tables;
    const [totals, stepCount] = [sql`${sql.placeholder('totals')}`, sql`${sql.placeholder('stepCount')}`];
    this.counting = new ComposedWrite((tx) =>
      tx
        .update(plans)
        .set({ totals, stepCount })
        .where(eq(plans.id, sql.placeholder('id'))),
    );
  }

  async phase(): Promise<Phase> {
    const { plans } = this.db.tables;
    const [row] = await this.db.reader
      .select({ phase: plans.phase })
      .from(plans)
      .where(eq(plans.id, this.storeContext.planId));
    if (row === undefined) throw new Error('The plan does not exist.');
    return row.phase;
  }

  async enter(phase: Phase): Promise<void> {
    await this.db.transact(async (tx) => {
      const { run, plan } = await lockBoth(tx, this.db, this.storeContext);
      const begins = phase === 'LISTING' && !plan.isFrozen && plan.taskState === 'QUEUED';
      await changePlan(tx, this.db, plan, { phase, ...(begins ? { taskState: 'RUNNING' } : {}) });
      if (begins) await this.tellPlan(tx, plan);
      if (phase === 'DONE') await this.known.take(tx, plan.pair);
      const state = runStateOf(phase);
      if (run === null || state === null || run.wish !== 'RUN') return;
      await changeRunState(tx, this.db, run, { state, stateReason: null, waitingUntil: null }, this.storeContext);
    });
  }

  /** Begins the planning; a frozen plan keeps its steps, and they are marked as stale until they are planned again. */
  async reset(): Promise<void> {
    const { plans, steps, runs } = this.db.tables;
    const { planId, runId } = this.storeContext;
    await this.db.transact(async (tx) => {
      const { plan } = await lockBoth(tx, this.db, this.storeContext);
      await this.listings.clear(tx);
      await forgetUnmapped(tx, this.db, planId);
      const isOfPlan = stepsOfOrdinal(this.db, plan.ordinal);
      if (plan.isFrozen) await tx.update(steps).set({ isStale: true }).where(isOfPlan);
      else await tx.delete(steps).where(isOfPlan);
      const stepCount = plan.isFrozen ? plan.stepCount : 0;
      await tx
        .update(plans)
        .set({ stepCount, totals: emptyTotals(), ...UNLISTED })
        .where(eq(plans.id, planId));
      if (runId !== null) await tx.update(runs).set({ counters: emptyCounters() }).where(eq(runs.id, runId));
    });
  }

  async stageProof(side: Side, proof: ListingProof | null, how: ListingHow, kept: KnownListing | null): Promise<void> {
    await this.db.transact(async (tx) => {
      const { plan } = await lockBoth(tx, this.db, this.storeContext);
      const told =
        side === 'SOURCE'
          ? { sourceProof: proof, sourceListing: how }
          : { destinationProof: proof, destinationListing: how };
      await changePlan(tx, this.db, plan, told);
      if (kept) await this.known.propose(tx, plan.pair, side, kept);
    });
  }

  async appendSteps(list: readonly Step[]): Promise<void> {
    const { plans } = this.db.tables;
    await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      const plan = await this.locks.lockPlan(tx);
      const kept = plan.isFrozen ? await this.replaceStale(tx, plan, list) : await this.insert(tx, plan, list);
      for (const step of kept) addToTotals(plan.totals, step);
      const totals = plans.totals.mapToDriverValue(plan.totals);
      await this.counting.run(tx, { id: plan.id, totals, stepCount: plan.stepCount + list.length });
    });
  }

  private async insert(tx: Transaction, plan: PlanAtHand, list: readonly Step[]): Promise<readonly Step[]> {
    const rows = list.map((step, index) => toRow(step, stepIdOf(plan.ordinal, plan.stepCount + index + 1)));
    await this.inserts.run(tx, rows);
    return list;
  }

  /**
   * Steps of items that the frozen plan holds take the place of their former ones, and their turns follow the order of the new
   * ones; others are left out.
   */
  private async replaceStale(tx: Transaction, plan: PlanAtHand, list: readonly Step[]): Promise<Step[]> {
    const { steps } = this.db.tables;
    const kept: Step[] = [];
    for (const part of chunks(list.map((step, index) => ({ step, sequence: plan.stepCount + index + 1 })))) {
      const former = await tx
        .select({ id: steps.id, itemKey: steps.itemKey, action: steps.action })
        .from(steps)
        .where(
          and(
            stepsOfOrdinal(this.db, plan.ordinal),
            sql`${steps.isStale}`,
            inArray(
              steps.itemKey,
              part.map(({ step }) => itemKeyOf(step)),
            ),
          ),
        );
      for (const { step, sequence } of part) {
        const match = takeMatch(former, step);
        if (match === null) continue;
        await tx
          .update(steps)
          .set({ ...toRow(step, match), ...UNTRIED, turn: stepIdOf(plan.ordinal, sequence) })
          .where(eq(steps.id, match));
        kept.push(step);
      }
    }
    return kept;
  }

  async countUnchanged(items: number, bytes: number): Promise<void> {
    const { plans } = this.db.tables;
    await this.db.transact(async (tx) => {
      const { totals } = (await lockBoth(tx, this.db, this.storeContext)).plan;
      totals.unchangedItems += items;
      totals.unchangedBytes += bytes;
      await tx.update(plans).set({ totals }).where(eq(plans.id, this.storeContext.planId));
    });
  }

  async noteLosses(losses: LossCounts): Promise<void> {
    const { plans } = this.db.tables;
    await this.db.transact(async (tx) => {
      const { totals } = (await lockBoth(tx, this.db, this.storeContext)).plan;
      await tx
        .update(plans)
        .set({ totals: { ...totals, losses } })
        .where(eq(plans.id, this.storeContext.planId));
    });
  }

  /** What takes long with many steps comes before the transaction in which the plan is complete: others wait for that one. */
  async finishPlan(digest: string): Promise<void> {
    const plan = await this.db.transact(async (tx) => {
      const locked = (await lockBoth(tx, this.db, this.storeContext)).plan;
      if (locked.isFrozen) await this.settleStale(tx, locked);
      return locked;
    });
    await this.complete(digest, this.storeContext.runId === null ? null : await this.countAll(plan));
  }

  private async complete(digest: string, counters: RunCounters | null): Promise<void> {
    await this.db.transact(async (tx) => {
      const { run, plan } = await lockBoth(tx, this.db, this.storeContext);
      const finishedAt = this.storeContext.now();
      if (!plan.isFrozen) {
        const expiresAt = new Date(finishedAt.getTime() + this.storeContext.planValidity);
        // Nobody sees a complete plan before it says whether a person has to approve it.
        const approval = run === null ? await this.storeContext.approvalOf?.(plan, tx) : null;
        const end = { digest, finishedAt, expiresAt, taskState: 'SUCCEEDED' as const };
        await changePlan(tx, this.db, plan, { ...end, ...approval });
      }
      if (run !== null && counters !== null) {
        await this.settleInert(tx, plan, run, finishedAt);
        await this.tellCounters(tx, plan, run, counters);
        tx.onCommit(() => this.storeContext.onEvents(run.id));
      }
      await this.tellPlan(tx, plan);
    });
  }

  private tellPlan(tx: Transaction, plan: PlanRow): Promise<void> {
    return this.storeContext.changes.record(tx, {
      topic: 'PLAN',
      change: 'UPDATED',
      subjectId: plan.id,
      relatedId: plan.jobId,
    });
  }

  /** Marks the steps of a frozen plan whose items were not found again as skipped. */
  private async settleStale(tx: Transaction, plan: PlanRow): Promise<void> {
    const { steps } = this.db.tables;
    const message = 'Since the plan was made the item vanished or became equal; nothing is left to do.';
    await tx
      .update(steps)
      .set({ outcome: 'SKIPPED', reason: 'OTHER', message, remedy: null, isStale: false })
      .where(and(stepsOfOrdinal(this.db, plan.ordinal), sql`${steps.isStale}`));
  }

  /** Steps without work, refused or skipped ones, become items of the run as soon as the plan is complete. */
  private async settleInert(tx: Transaction, plan: PlanRow, run: RunRow, finishedAt: Date): Promise<void> {
    const { steps } = this.db.tables;
    const isInert = this.withOutcome(plan, INERT);
    await this.forgetFormer(tx, plan);
    await tx.update(steps).set({ latestOf: plan.jobOrdinal, finishedAt, step: SETTLED_STEP }).where(isInert);
    await this.tellFlagged(tx, plan, run, finishedAt);
  }

  private async tellCounters(tx: Transaction, plan: PlanRow, run: RunRow, counters: RunCounters): Promise<void> {
    const { runs } = this.db.tables;
    tx.onCommit(() => this.measureInert(counters));
    const figures = { itemsDiscovered: itemsOf(plan), bytesDiscovered: Math.max(run.bytesDiscovered, bytesOf(plan)) };
    await tx
      .update(runs)
      .set({ counters, ...figures })
      .where(eq(runs.id, run.id));
  }

  private measureInert({ outcomes }: RunCounters): void {
    for (const outcome of INERT) this.storeContext.onItems?.(outcome, outcomes[outcome]?.items ?? 0, 0);
  }

  /** The records of former runs are no longer the latest of these items, and their failures are over. */
  private async forgetFormer(tx: Transaction, plan: PlanRow): Promise<void> {
    const { steps, itemFailures } = this.db.tables;
    const inert = tx.select({ key: steps.itemKey }).from(steps).where(this.withOutcome(plan, INERT));
    await tx
      .update(steps)
      .set({ latestOf: null })
      .where(and(latestStepsOf(this.db, plan.jobId), inArray(steps.itemKey, inert)));
    const solved = tx
      .select({ key: steps.itemKey })
      .from(steps)
      .where(this.withOutcome(plan, ['SKIPPED']));
    await tx.delete(itemFailures).where(and(eq(itemFailures.jobId, plan.jobId), inArray(itemFailures.itemKey, solved)));
  }

  /** Steps of a plan by outcomes of which an index tells, so that those which are to be carried out are not looked at. */
  private withOutcome({ ordinal }: PlanRow, outcomes: readonly ItemOutcome[]) {
    return and(inArray(this.db.tables.steps.outcome, outcomes), stepsOfOrdinal(this.db, ordinal));
  }

  private async tellFlagged(tx: Transaction, plan: PlanRow, run: RunRow, at: Date): Promise<void> {
    const { steps } = this.db.tables;
    const isFlagged = this.withOutcome(plan, ['FLAGGED']);
    const rows = await tx
      .select({ id: steps.id })
      .from(steps)
      .where(isFlagged)
      .orderBy(asc(steps.id))
      .limit(MAX_TOLD_ITEMS);
    const events: NewRunEvent[] = rows.map(({ id }) => ({ kind: 'ITEM', stepId: id }));
    const others = rows.length < MAX_TOLD_ITEMS ? 0 : (await tx.$count(steps, isFlagged)) - MAX_TOLD_ITEMS;
    if (others > 0) events.push({ kind: 'LOG', severity: 'WARNING', message: `${others} more items are flagged.` });
    await appendRunEvents(tx, this.db, run, events, at);
  }

  private async countAll(plan: PlanRow): Promise<RunCounters> {
    const { steps } = this.db.tables;
    const rows = await this.db.reader
      .select({
        outcome: steps.outcome,
        reason: steps.reason,
        items: sql<number>`count(*)`.mapWith(Number),
        bytes: sql<number>`coalesce(sum(${steps.byteCount}), 0)`.mapWith(Number),
        side: steps.side,
        callCount: sql<number>`coalesce(sum(${steps.callCount}), 0)`.mapWith(Number),
        readCallCount: sql<number>`coalesce(sum(${steps.readCallCount}), 0)`.mapWith(Number),
      })
      .from(steps)
      .where(stepsOfOrdinal(this.db, plan.ordinal))
      .groupBy(steps.outcome, steps.reason, steps.side);
    const counters = { ...emptyCounters(), itemsPlanned: 0, bytesPlanned: 0 };
    for (const { outcome, reason, items, bytes, ...calls } of rows) {
      count(counters, outcome, reason, { items, bytes });
      if (outcome !== 'PENDING') continue;
      counters.itemsPlanned += items;
      counters.bytesPlanned += bytes;
      counters.callsNeeded += calls.callCount + calls.readCallCount;
      counters.callsAtSource = (counters.callsAtSource ?? 0) + callsAtSource(calls);
    }
    const { unchangedItems: items, unchangedBytes: bytes } = plan.totals;
    if (items > 0) count(counters, 'UNCHANGED', 'IDENTICAL', { items, bytes });
    return counters;
  }
}

/** Field by field, since there are as many as items. */
function toRow(step: Step, id: string): Omit<StoredStep, Untried> {
  const {
    action,
    side,
    kind,
    byteCount,
    callCount,
    readCallCount = 0,
    isDestructive,
    isRevised,
    reason,
    remedy,
  } = step;
  const itemKey = itemKeyOf(step);
  const isOfSource = side === 'SOURCE';
  // What comes back is of the side that is written; nothing is read.
  const read = step.type === 'RESTORE' ? null : step.source;
  return {
    id,
    action,
    side,
    kind,
    itemKey,
    byteCount,
    callCount,
    readCallCount,
    isDestructive,
    isRevised,
    revision: isRevised ? revisionOf(step) : null,
    reason,
    remedy,
    destinationKey: packKey(itemKey, step.destinationKey),
    sourceRemoteId: packRemoteId(itemKey, (isOfSource ? step.existing : read)?.id ?? null),
    destinationRemoteId: packRemoteId(itemKey, (isOfSource ? read : step.existing)?.id ?? null),
    byteSize: step.source?.size ?? null,
    planReason: reason,
    planMessage: step.message,
    step: packStep(step),
    outcome: INERT_OUTCOMES[action] ?? 'PENDING',
  };
}

const itemsOf = ({ totals }: PlanRow) =>
  totals.unchangedItems + Object.values(totals.actions).reduce((sum, { items }) => sum + items, 0);
const bytesOf = ({ totals }: PlanRow) =>
  totals.unchangedBytes + Object.values(totals.actions).reduce((sum, { bytes }) => sum + bytes, 0);

/** Finds the former step of the same item, of the same action if there are several, and takes it out of the list. */
function takeMatch(former: { id: string; itemKey: string; action: string }[], step: Step): string | null {
  const key = itemKeyOf(step);
  const exact = former.findIndex((one) => one.itemKey === key && one.action === step.action);
  const index = exact >= 0 ? exact : former.findIndex((one) => one.itemKey === key);
  return index < 0 ? null : (former.splice(index, 1)[0]?.id ?? null);
}

/** Why a step gives its item another name than it has on the side that is read. */
function revisionOf({ side, sourceKey, destinationKey }: Step): NameRevision | null {
  const [from, to] = side === 'SOURCE' ? [destinationKey, sourceKey] : [sourceKey, destinationKey];
  return to === null ? null : nameRevision(from === null ? null : nameIn(from), nameIn(to));
}

const nameIn = (key: string) => pathSegments(key).at(-1) ?? key;
