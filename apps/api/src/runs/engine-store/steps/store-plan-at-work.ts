import { eq, type SQL } from 'drizzle-orm';
import type { Database, Reader } from '../../../db/database.js';
import type { PlanRow } from '../../../db/row-types.js';
import type { StoreContext } from '../store-context.js';
import { stepsOfPlan } from '../store-plan-numbers.js';

/** Numbers of the plan; one that is made again before it is carried out gives its steps other turns. */
type PlanNumbers = Pick<PlanRow, 'ordinal' | 'jobOrdinal' | 'isFrozen'>;

/** The plan whose steps are carried out; its numbers stay as they are meanwhile, so they are read once. */
export class PlanAtWork {
  private known: PlanNumbers | null = null;

  constructor(
    private readonly db: Database,
    private readonly storeContext: Pick<StoreContext, 'planId'>,
  ) {}

  async read(reader: Reader): Promise<PlanNumbers> {
    if (this.known !== null) return this.known;
    const { id, ordinal, jobOrdinal, isFrozen } = this.db.tables.plans;
    const isOwn = eq(id, this.storeContext.planId);
    const [plan] = await reader.select({ ordinal, jobOrdinal, isFrozen }).from(this.db.tables.plans).where(isOwn);
    if (plan === undefined) throw new Error('The plan does not exist.');
    return (this.known = plan);
  }

  /** Condition on steps: those of this plan. */
  steps(): SQL {
    return stepsOfPlan(this.db, this.storeContext.planId);
  }
}
