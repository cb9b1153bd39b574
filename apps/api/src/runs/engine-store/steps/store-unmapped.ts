import type { UnmappedName } from '@sluice/core/mapping';
import { eq } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import type { Database, Transaction } from '../../../db/database.js';
import { lockBoth, type StoreContext } from '../store-context.js';

/** Keeps with a plan what of its items could not be mapped. */
export class UnmappedNameStore {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {}

  async note(names: readonly UnmappedName[], untold: number): Promise<void> {
    const { planId } = this.storeContext;
    const told = [...names, ...(untold > 0 ? [beyond(untold)] : [])];
    const rows = told.map((name, index) => ({ planId, position: index + 1, ...name }));
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      for (const part of chunks(rows)) await tx.insert(this.db.tables.unmappedNames).values(part);
    });
  }
}

/** Counts problems instead of items, since names beyond the most are not told apart. */
const beyond = (itemCount: number) => ({
  ...{ kind: null, reason: null, field: null, value: null, isFlagged: false, examples: [], itemCount },
  message: 'Times that further names or values could not be mapped, which are too many to be told one by one.',
});

/** Part of a transaction that makes the plan anew, or removes what is told of its items. */
export async function forgetUnmapped(tx: Transaction, { tables }: Database, planId: string): Promise<void> {
  await tx.delete(tables.unmappedNames).where(eq(tables.unmappedNames.planId, planId));
}
