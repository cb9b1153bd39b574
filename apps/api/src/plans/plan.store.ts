import { and, eq, inArray } from 'drizzle-orm';
import type { PlanRow } from '../db/row-types.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import { lockingPlan } from '../runs/engine-store/store-context.js';
import { selectByIds } from '../db/rows.js';

export class PlanStore {
  constructor(private readonly db: Database) {}

  byIds(ids: readonly string[], reader: Reader = this.db.reader): Promise<(PlanRow | null)[]> {
    return selectByIds(reader, this.db.tables.plans, ids);
  }

  /** In the order of the ordinals. */
  async byOrdinals(ordinals: readonly number[], reader: Reader = this.db.reader): Promise<(PlanRow | null)[]> {
    const { plans } = this.db.tables;
    const rows = await reader
      .select()
      .from(plans)
      .where(inArray(plans.ordinal, [...ordinals]));
    const found = new Map(rows.map((row) => [row.ordinal, row]));
    return ordinals.map((ordinal) => found.get(ordinal) ?? null);
  }

  async lock(tx: Transaction, id: string): Promise<PlanRow | null> {
    const [row] = await lockingPlan(tx, this.db, id).returning();
    return row ?? null;
  }

  /** Prolongs a lease, and notes what else has changed; false when it is no longer held. */
  async renew(
    { id, leaseOwner }: PlanRow,
    changes: Required<Pick<PlanRow, 'leaseUntil'>> & Partial<Pick<PlanRow, 'crashes'>>,
  ): Promise<boolean> {
    const { plans } = this.db.tables;
    const isMine = and(eq(plans.id, id), eq(plans.leaseOwner, leaseOwner ?? ''));
    return this.db.transact(async (tx) => {
      const renewed = await tx.update(plans).set(changes).where(isMine).returning({ id: plans.id });
      return renewed.length > 0;
    });
  }
}
