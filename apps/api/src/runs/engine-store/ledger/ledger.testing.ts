import type { LedgerEntry } from '@sluice/core/plan';
import { eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import type { StoreContext } from '../store-context.js';
import { seedJob, seedRun } from '../testing.js';
import { ledgerEntryOfRow } from './store-ledger-row.js';
import { LedgerStore } from './store-ledger.js';
import { LocationPairStore } from './store-pairs.js';

/** An entry of a file that is equal on both sides. */
export function entry(sourceKey: string, destinationKey = sourceKey, over: Partial<LedgerEntry> = {}): LedgerEntry {
  const versions = { sourceVersion: '7-10-1', destinationVersion: 'e3b0', sourceMetaVersion: null };
  const sizes = { sourceSize: 10, destinationSize: 10, sourceModifiedAt: 7, destinationModifiedAt: null };
  const ids = { sourceId: `i${sourceKey}`, destinationId: `i-${destinationKey}` };
  const facts = {
    ...versions,
    ...sizes,
    ...ids,
    destinationMetaVersion: '8',
    sha256: 'ab'.repeat(32),
    judged: null,
    mapped: null,
  };
  return { id: null, kind: 'FILE', sourceKey, destinationKey, ...facts, ...over };
}

/** The ledger of a job's only pair of places, and what is looked at of it. */
export class LedgerScene {
  /** The mark that entries get. */
  mark: number | null = null;
  readonly ledger: LedgerStore;

  private constructor(
    private readonly db: Database,
    readonly pairs: LocationPairStore,
    context: StoreContext,
  ) {
    this.ledger = new LedgerStore(db, context, pairs, { use: () => this.mark });
  }

  static async open(db: Database): Promise<LedgerScene> {
    const jobId = await seedJob(db);
    const changes = { record: async () => undefined };
    const context: StoreContext = {
      ...{ jobId, ...(await seedRun(db, jobId, 1)), lease: null, planValidity: 1_000, changes },
      ...{ now: () => new Date(0), onEvents: () => undefined },
    };
    const pairs = new LocationPairStore(db, context);
    await pairs.use(null, { source: 's', destination: 'd' });
    return new LedgerScene(db, pairs, context);
  }

  learn(...told: Parameters<LedgerStore['learn']>[1]): Promise<void> {
    return this.db.transact((tx) => this.ledger.learn(tx, told, []));
  }

  forget(...items: Parameters<LedgerStore['learn']>[2]): Promise<void> {
    return this.db.transact((tx) => this.ledger.learn(tx, [], items));
  }

  revise(...revised: Parameters<LedgerStore['revise']>[1]): Promise<void> {
    return this.db.transact((tx) => this.ledger.revise(tx, revised));
  }

  /** Entries of a pair, of all pairs where none is named. */
  async stored(pair: number | null = null) {
    const { ledgerEntries: table } = this.db.tables;
    const isMeant = pair === null ? undefined : eq(table.pair, pair);
    return (await this.db.reader.select().from(table).where(isMeant)).map(ledgerEntryOfRow);
  }

  async places(pair: number | null = null): Promise<string[]> {
    return (await this.stored(pair)).map((one) => `${one.sourceKey} > ${one.destinationKey}`).sort();
  }

  async idOf(sourceKey: string): Promise<string> {
    return (await this.stored()).find((one) => one.sourceKey === sourceKey)?.id ?? '';
  }

  /** How many entries the pair and the job count. */
  async counts(): Promise<(number | undefined)[]> {
    const { jobs, locationPairs } = this.db.tables;
    const isUsed = eq(locationPairs.number, await this.pairs.current());
    const [ofPair] = await this.db.reader.select().from(locationPairs).where(isUsed);
    const [job] = await this.db.reader.select().from(jobs);
    return [ofPair?.itemCount, job?.ledgerItemCount];
  }
}
