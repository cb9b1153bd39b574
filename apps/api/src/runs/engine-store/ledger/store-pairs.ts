import { identityOf } from '@sluice/core/platform';
import type { LocationPair, Roots } from '@sluice/core/prove';
import type { StagedItem } from '@sluice/core/run';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database, Reader, Transaction } from '../../../db/database.js';
import { lockBoth, type StoreContext } from '../store-context.js';

/** The pairs of places that the job has had, and the one that the plan is about. */
export class LocationPairStore {
  /** Number of the plan's pair; null until it is read. */
  private number: number | null = null;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {}

  /** Number of the pair whose ledger is used. */
  async current(reader: Reader = this.db.reader): Promise<number> {
    this.number ??= await this.stored(reader);
    if (this.number === null) throw new Error('No ledger was chosen for the plan.');
    return this.number;
  }

  private async stored(reader: Reader): Promise<number | null> {
    const { plans } = this.db.tables;
    const [row] = await reader.select({ pair: plans.pair }).from(plans).where(eq(plans.id, this.storeContext.planId));
    return row?.pair ?? null;
  }

  list(): Promise<LocationPair[]> {
    return locationPairsOf(this.db, this.db.reader, this.storeContext.jobId);
  }

  async use(given: number | null, roots: Roots): Promise<void> {
    const { jobs, plans, locationPairs: table } = this.db.tables;
    const { jobId, planId, now } = this.storeContext;
    this.number = await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      const fields = { sourceRoot: roots.source, destinationRoot: roots.destination, usedAt: now() };
      const [pair] =
        given === null
          ? await tx
              .insert(table)
              .values({ jobId, ...(await addressesOf(this.db, tx, jobId)), itemCount: 0, ...fields })
              .returning()
          : await tx.update(table).set(fields).where(this.is(given)).returning();
      if (pair === undefined) throw new Error('The ledger that is to be used does not exist.');
      await tx.update(jobs).set({ ledgerItemCount: pair.itemCount }).where(eq(jobs.id, jobId));
      await tx.update(plans).set({ pair: pair.number }).where(eq(plans.id, planId));
      return pair.number;
    });
  }

  /** The row of the pair whose ledger is used. */
  async row(reader: Reader) {
    const { locationPairs: table } = this.db.tables;
    const number = await this.current(reader);
    const [row] = await reader.select().from(table).where(this.is(number));
    if (row === undefined) throw new Error('The ledger that was chosen is gone.');
    return row;
  }

  is(number: number) {
    const { locationPairs: table } = this.db.tables;
    return and(eq(table.jobId, this.storeContext.jobId), eq(table.number, number));
  }

  async isAccepted(question: string): Promise<boolean> {
    const { plans } = this.db.tables;
    return this.db.transact(async (tx) => {
      const { plan } = await lockBoth(tx, this.db, this.storeContext);
      await tx.update(plans).set({ asked: question }).where(eq(plans.id, plan.id));
      return plan.asked === question;
    });
  }

  /** The destination's folder was found or made: the pair knows it from now on. */
  async learnDestination(tx: Transaction, staged: readonly StagedItem[]): Promise<void> {
    const root = staged.find(({ key }) => key === '');
    if (!root) return;
    const { locationPairs: table } = this.db.tables;
    await tx
      .update(table)
      .set({ destinationRoot: identityOf(root.item) })
      .where(and(this.is(await this.current(tx)), isNull(table.destinationRoot)));
  }
}

/** The pairs that are about the places of a job as it names them now, the one that was used last first. */
export async function locationPairsOf(db: Database, reader: Reader, jobId: string): Promise<LocationPair[]> {
  const { locationPairs: table } = db.tables;
  const places = await addressesOf(db, reader, jobId);
  return reader
    .select({
      number: table.number,
      sourceRoot: table.sourceRoot,
      destinationRoot: table.destinationRoot,
      itemCount: table.itemCount,
    })
    .from(table)
    .where(
      and(
        eq(table.jobId, jobId),
        eq(table.sourceConnectionId, places.sourceConnectionId),
        eq(table.sourcePlace, places.sourcePlace),
        eq(table.destinationConnectionId, places.destinationConnectionId),
        eq(table.destinationPlace, places.destinationPlace),
      ),
    )
    .orderBy(desc(table.usedAt), desc(table.number));
}

/** The places of the job, as it names them. */
async function addressesOf(db: Database, reader: Reader, jobId: string) {
  const { jobs } = db.tables;
  const [job] = await reader.select().from(jobs).where(eq(jobs.id, jobId));
  if (job === undefined) throw new Error('The job does not exist.');
  const { sourceConnectionId, destinationConnectionId, destinationPath } = job;
  if (destinationConnectionId === null || destinationPath === null) throw new Error('A scan has no ledger.');
  return {
    sourceConnectionId,
    sourcePlace: job.sourceRemoteId ?? job.sourcePath,
    destinationConnectionId,
    destinationPlace: job.destinationRemoteId ?? destinationPath,
  };
}
