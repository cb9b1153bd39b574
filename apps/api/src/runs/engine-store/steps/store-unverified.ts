import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { UnverifiedStep } from '@sluice/core/run';
import type { Database } from '../../../db/database.js';
import { itemIdOf } from '../../../db/item-ids.js';
import { sourceKeyOf, unpackKey } from '../step-keys.js';
import type { StoredStep } from './step-row.js';
import { unpackStep } from './step-text.js';
import type { PlanAtWork } from './store-plan-at-work.js';

const PAGE_ROWS = 500;
const BEFORE_ALL = itemIdOf(0);

/** Reads the files of a plan that were brought over and not compared yet. */
export class UnverifiedStore {
  constructor(
    private readonly db: Database,
    private readonly plan: PlanAtWork,
  ) {}

  async *all(): AsyncIterable<UnverifiedStep> {
    const { steps } = this.db.tables;
    for (let after = BEFORE_ALL; ;) {
      const rows = await this.db.reader
        .select()
        .from(steps)
        .where(
          and(
            this.plan.steps(),
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
}

function toUnverified(row: StoredStep, destinationKey: string): UnverifiedStep {
  const { id: stepId, outcome, reason, bytesDone: byteCount, sha256 } = row;
  const message = row.message ?? row.planMessage;
  return { stepId, step: unpackStep(row), outcome, reason, message, destinationKey, byteCount, sha256 };
}
