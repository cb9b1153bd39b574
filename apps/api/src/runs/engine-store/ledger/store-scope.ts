import type { ScopeState } from '@sluice/core/run';
import { and, eq, inArray } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import type { Database } from '../../../db/database.js';
import { lockBoth, type StoreContext } from '../store-context.js';
import type { LocationPairStore } from './store-pairs.js';

/** What a job with a frozen scope is about, see `EngineStore`. */
export class ScopeStore {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
  ) {}

  async state(): Promise<ScopeState> {
    return (await this.pairs.row(this.db.reader)).scope ?? 'OPEN';
  }

  async setState(state: ScopeState): Promise<void> {
    const { locationPairs, scopeMarks } = this.db.tables;
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      const pair = await this.pairs.current(tx);
      const scope = state === 'OPEN' ? null : state;
      await tx.update(locationPairs).set({ scope }).where(this.pairs.is(pair));
      if (scope === null) await tx.delete(scopeMarks).where(eq(scopeMarks.pair, pair));
    });
  }

  async add(marks: readonly number[]): Promise<void> {
    const { scopeMarks: table } = this.db.tables;
    if (marks.length === 0) return;
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      const pair = await this.pairs.current(tx);
      for (const part of chunks(marks))
        await tx
          .insert(table)
          .values(part.map((mark) => ({ pair, mark })))
          .onConflictDoNothing();
    });
  }

  async known(marks: readonly number[]): Promise<ReadonlySet<number>> {
    const { scopeMarks: table } = this.db.tables;
    const known = new Set<number>();
    if (marks.length === 0) return known;
    const pair = await this.pairs.current();
    for (const part of chunks(marks)) {
      const among = and(eq(table.pair, pair), inArray(table.mark, part));
      for (const { mark } of await this.db.reader.select({ mark: table.mark }).from(table).where(among))
        known.add(mark);
    }
    return known;
  }
}
