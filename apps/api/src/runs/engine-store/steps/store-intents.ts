import { and, asc, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import type { OpenIntent, SettledIntent } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import type { Database, Transaction } from '../../../db/database.js';
import { isPlanOfStep } from '../store-plan-numbers.js';
import { sourceKeyOf } from '../step-keys.js';
import type { StoredStep } from './step-row.js';
import { packWholeStep, unpackStep, type StepColumns } from './step-text.js';
import type { StoreContext } from '../store-context.js';
import { BatchLocks } from '../store-locks.js';
import type { LedgerStore } from '../ledger/store-ledger.js';
import type { LocationPairStore } from '../ledger/store-pairs.js';

const PAGE_ROWS = 500;

/** Steps that had begun and have no outcome: effects of which nobody knows whether they were carried out. */
export class IntentStore {
  private readonly locks: BatchLocks;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
    private readonly ledger: LedgerStore,
  ) {
    this.locks = new BatchLocks(db, storeContext);
  }

  async noteHashes(hashes: readonly { stepId: string; sha256: string }[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      for (const { stepId, sha256 } of hashes)
        await tx.update(steps).set({ intentSha256: sha256 }).where(eq(steps.id, stepId));
    });
  }

  /** Read page by page, in order of their beginning; those that are settled meanwhile leave the pages behind untouched. */
  async *open(): AsyncIterable<OpenIntent> {
    const { planId } = this.storeContext;
    for (let last: Begun | null = null; ;) {
      const rows: Begun[] = await this.page(last);
      for (const { plan, step, ...row } of rows) {
        const { id, begunAt, intentSha256 } = row;
        if (begunAt === null) continue;
        yield {
          stepId: id,
          isOfThisRun: plan === planId,
          step: unpackStep({ ...row, step }),
          begunAt,
          sha256: intentSha256,
        };
      }
      last = rows.at(-1) ?? null;
      if (last === null || rows.length < PAGE_ROWS) return;
    }
  }

  private async page(last: Begun | null): Promise<Begun[]> {
    const { steps, plans } = this.db.tables;
    const pair = await this.pairs.current();
    const { id, begunAt, intentSha256, step, action, side, kind, itemKey, planReason, planMessage } = steps;
    const { byteCount, callCount, isDestructive, isRevised } = steps;
    const held = {
      action,
      side,
      kind,
      itemKey,
      planReason,
      planMessage,
      byteCount,
      callCount,
      isDestructive,
      isRevised,
    };
    const after = last?.begunAt && or(gt(begunAt, last.begunAt), and(eq(begunAt, last.begunAt), gt(id, last.id)));
    return this.db.reader
      .select({ id, plan: plans.id, step, begunAt, intentSha256, ...held })
      .from(steps)
      .innerJoin(plans, isPlanOfStep(this.db))
      .where(
        and(eq(plans.jobId, this.storeContext.jobId), isNotNull(begunAt), eq(plans.pair, pair), after ?? undefined),
      )
      .orderBy(asc(begunAt), asc(id))
      .limit(PAGE_ROWS);
  }

  async forget(intents: readonly SettledIntent[]): Promise<void> {
    const { steps } = this.db.tables;
    await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      const gone = intents
        .filter(({ forgetLedger, forgottenId }) => forgetLedger && !forgottenId)
        .map(({ stepId }) => stepId);
      await this.ledger.learn(tx, intents, await this.placesOf(tx, gone));
      const settled = { begunAt: null, isInDoubt: false, intentSha256: null };
      for (const { stepId, step } of intents)
        if (step)
          await tx
            .update(steps)
            .set({ step: packWholeStep(step), checkpoint: null })
            .where(eq(steps.id, stepId));
      for (const part of chunks(intents.map(({ stepId }) => stepId)))
        await tx.update(steps).set(settled).where(inArray(steps.id, part));
    });
  }

  private async placesOf(tx: Transaction, ids: readonly string[]) {
    const { id, itemKey, kind } = this.db.tables.steps;
    const rows = [];
    for (const part of chunks(ids))
      rows.push(...(await tx.select({ itemKey, kind }).from(this.db.tables.steps).where(inArray(id, part))));
    return rows.map((row) => ({ sourceKey: sourceKeyOf(row.itemKey), kind: row.kind }));
  }
}

type Begun = StepColumns & Pick<StoredStep, 'id' | 'step' | 'begunAt' | 'intentSha256'> & { plan: string };
