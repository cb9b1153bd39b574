import { and, eq, sql } from 'drizzle-orm';
import { isTakenAsItIs, type Inert, type Side } from '@sluice/core/plan';
import type { ClaimedStep } from '@sluice/core/run';
import type { Database } from '../../../db/database.js';
import { itemNumberOf, stepIdOf } from '../../../db/item-ids.js';
import { selectRows } from '../../../db/rows.js';
import type { StoreContext } from '../store-context.js';
import { heldColumns, toHeld } from './held-step.js';
import { textColumns, unpackStep } from './step-text.js';
import type { ClaimStore } from './store-claims.js';

/** Identifiers that one statement looks through, so that it is short where few of many steps are inert. */
const LOOKED_THROUGH = 2_000;

type InertClaim = ClaimedStep & { step: Inert };

/** Gives the steps that take items as they are to the engine: there may be as many as items, so they are found by ranges. */
export class InertClaimStore {
  /** Up to here the steps of a side were looked through; null before the first claim. */
  private readonly reached: Record<Side, Range | null> = { SOURCE: null, DESTINATION: null };

  constructor(
    private readonly db: Database,
    private readonly storeContext: Pick<StoreContext, 'planId'>,
    private readonly claims: Pick<ClaimStore, 'hold'>,
  ) {}

  async claim(limit: number, side: Side = 'DESTINATION'): Promise<InertClaim[]> {
    const range = (this.reached[side] ??= await this.range());
    const found: InertClaim[] = [];
    while (found.length < limit && range.next <= range.last) found.push(...(await this.look(range, limit, side)));
    return found;
  }

  /** Identifiers of the plan's steps; none where it has no such steps. */
  private async range(): Promise<Range> {
    const { id, ordinal, totals, stepCount } = this.db.tables.plans;
    const isOwn = eq(id, this.storeContext.planId);
    const [plan] = await this.db.reader.select({ ordinal, totals, stepCount }).from(this.db.tables.plans).where(isOwn);
    if (plan === undefined) throw new Error('The plan does not exist.');
    const [next, last] = [1, plan.stepCount].map((sequence) => itemNumberOf(stepIdOf(plan.ordinal, sequence)));
    return { next: next!, last: plan.totals.actions.ADOPT ? last! : 0 };
  }

  private async look(range: Range, limit: number, side: Side): Promise<InertClaim[]> {
    const { steps } = this.db.tables;
    const { next } = range;
    const end = Math.min(next + LOOKED_THROUGH - 1, range.last);
    const rows = await selectRows({
      reader: this.db.reader,
      from: steps,
      where: and(
        sql`${steps.id} between ${next} and ${end}`,
        ...[eq(steps.action, 'ADOPT'), eq(steps.outcome, 'PENDING'), eq(steps.side, side)],
      ),
      orderBy: [{ column: steps.id }],
      limit,
      columns: Object.keys({ ...heldColumns(this.db), ...textColumns(this.db) }),
    });
    range.next = rows.length < limit ? end + 1 : itemNumberOf(rows.at(-1)!.id) + 1;
    return rows.flatMap((row): InertClaim[] => {
      const step = unpackStep(row);
      if (!isTakenAsItIs(step)) return [];
      const { id, checkpoint, attemptCount: attempts } = row;
      this.claims.hold(toHeld(row));
      return [{ id, step, checkpoint, attempts, inDoubtSince: null, failedRuns: 0 }];
    });
  }
}

/** Numbers of identifiers. */
interface Range {
  next: number;
  last: number;
}
