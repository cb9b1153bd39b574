import { packItems, unpackItems } from '@sluice/core/platform';
import type { Side } from '@sluice/core/plan';
import type { KnownListing } from '@sluice/core/prove';
import type { StagedFolder } from '@sluice/core/run';
import { and, eq, ne } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/database.js';
import { batchRows } from '../store-batches.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import { unpackRemoteId } from '../step-keys.js';
import type { StoreContext } from '../store-context.js';
import { forgetListings } from './store-listings.js';
import type { LocationPairStore } from '../ledger/store-pairs.js';

type KnownRow = Database['tables']['knownListings']['$inferSelect'];

/** Listings of former runs from which a later one may go on. */
export class KnownListingStore {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
  ) {}

  async find(side: Side): Promise<KnownListing | null> {
    return (await this.row(side))?.listing ?? null;
  }

  private async row(side: Side): Promise<KnownRow | null> {
    const { knownListings: table } = this.db.tables;
    const isOfPair = this.isOf(await this.pairs.current());
    const [row] = await this.db.reader
      .select()
      .from(table)
      .where(and(isOfPair, eq(table.side, side), eq(table.isTaken, true)));
    return row ?? null;
  }

  private isOf(pair: number) {
    const { knownListings: table } = this.db.tables;
    return and(eq(table.jobId, this.storeContext.jobId), eq(table.pair, pair));
  }

  /** Its folders with what they held, top-down, without what its run removed. */
  async *folders(side: Side): AsyncIterable<StagedFolder> {
    const row = await this.row(side);
    if (row === null) return;
    const removed = await this.removedBy(row.planId, side);
    // What filters left out comes last: it may stand in folders that are in, never the other way round.
    for (const part of side === 'SOURCE' ? (['SOURCE', 'LEFT_OUT'] as const) : [side])
      for await (const { parentKey: key, ...packed } of batchRows(this.db, row.planId, part)) {
        const items = unpackItems(packed).filter(({ id }) => !removed.has(id));
        yield { key, items: packItems(packed.folder, items) };
      }
  }

  /** Addresses of what the run of the plan removed on that side. */
  private async removedBy(planId: string, side: Side): Promise<Set<string>> {
    const { steps } = this.db.tables;
    const rows = await this.db.reader
      .select({ id: side === 'SOURCE' ? steps.sourceRemoteId : steps.destinationRemoteId, itemKey: steps.itemKey })
      .from(steps)
      .where(and(stepsOfPlan(this.db, planId), eq(steps.side, side), eq(steps.outcome, 'DELETED')));
    return new Set(rows.flatMap(({ id, itemKey }) => unpackRemoteId(itemKey, id) ?? []));
  }

  /** Keeps the listing of the plan for the time when its run will have come to its end. */
  async propose(tx: Transaction, pair: number | null, side: Side, listing: KnownListing): Promise<void> {
    const { knownListings: table } = this.db.tables;
    const { planId, jobId } = this.storeContext;
    if (pair === null) return;
    await tx.insert(table).values({ planId, side, jobId, pair, isTaken: false, listing });
  }

  /** The run has come to its end: what it listed takes the place of what was known of these places. */
  async take(tx: Transaction, pair: number | null): Promise<void> {
    const { knownListings: table } = this.db.tables;
    const { planId } = this.storeContext;
    if (pair === null) return;
    const former = await tx
      .delete(table)
      .where(and(this.isOf(pair), eq(table.isTaken, true), ne(table.planId, planId)))
      .returning({ planId: table.planId });
    for (const id of new Set(former.map((row) => row.planId))) await forgetListings(tx, this.db, id);
    await tx.update(table).set({ isTaken: true }).where(eq(table.planId, planId));
  }
}
