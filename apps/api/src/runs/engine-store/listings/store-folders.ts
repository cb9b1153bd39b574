import { parentKey, type Side } from '@sluice/core/plan';
import { and, asc, eq, gt, inArray, like } from 'drizzle-orm';
import type { WrittenFolder } from '@sluice/core/run';
import type { Database } from '../../../db/database.js';
import { isAtSource, ledgerEntryOfRow } from '../ledger/store-ledger-row.js';
import { itemIdOf } from '../../../db/item-ids.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import { sourceKeyOf } from '../step-keys.js';
import type { StoreContext } from '../store-context.js';
import type { ListingStore } from './store-listings.js';
import type { LocationPairStore } from '../ledger/store-pairs.js';

/** Number of steps that are read at once; where each makes a folder, they name up to twice as many. */
const STEPS_PER_PAGE = 500;

/** Folders of a run, as both sides have them. */
export class FolderStore {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
    private readonly listings: ListingStore,
  ) {}

  /** Steps of one folder follow one another, so that hardly any folder comes twice. */
  async *written(side: Side = 'DESTINATION'): AsyncIterable<WrittenFolder> {
    let last: string | null = null;
    for (let after = itemIdOf(0); ;) {
      const steps = await this.writingSteps(side, after);
      const rows = steps.map(({ id, kind, itemKey }) => ({ id, kind, key: sourceKeyOf(itemKey) ?? '' }));
      const keys = new Set(
        rows.flatMap(({ kind, key }) => [parentKey(key) ?? '', ...(kind === 'FOLDER' ? [key] : [])]),
      );
      if (last !== null) keys.delete(last);
      yield* await this.bothSides([...keys].filter((key) => key !== ''));
      const end = rows.at(-1);
      if (end === undefined || rows.length < STEPS_PER_PAGE) return;
      after = end.id;
      last = parentKey(end.key);
    }
  }

  private writingSteps(side: Side, after: string) {
    const { steps } = this.db.tables;
    return this.db.reader
      .select({ id: steps.id, kind: steps.kind, itemKey: steps.itemKey })
      .from(steps)
      .where(
        and(
          stepsOfPlan(this.db, this.storeContext.planId),
          eq(steps.side, side),
          inArray(steps.outcome, ['CREATED', 'UPDATED']),
          like(steps.itemKey, 's:%'),
          gt(steps.id, after),
        ),
      )
      .orderBy(asc(steps.id))
      .limit(STEPS_PER_PAGE);
  }

  private async bothSides(keys: readonly string[]): Promise<WrittenFolder[]> {
    if (keys.length === 0) return [];
    const { ledgerEntries: ledger } = this.db.tables;
    const isOfPair = eq(ledger.pair, await this.pairs.current());
    const rows = await this.db.reader
      .select()
      .from(ledger)
      .where(and(isOfPair, isAtSource(ledger, keys), eq(ledger.isFolder, true)));
    const places = rows.map(ledgerEntryOfRow);
    const from = await this.listings.itemsAt(
      'SOURCE',
      places.map(({ sourceKey }) => sourceKey),
    );
    const to = await this.listings.itemsAt(
      'DESTINATION',
      places.map(({ destinationKey }) => destinationKey),
    );
    return places.flatMap(({ sourceKey, destinationKey }) => {
      const [one, other] = [from.get(sourceKey)?.item, to.get(destinationKey)?.item];
      return one?.kind === 'FOLDER' && other ? [{ source: one, destination: other }] : [];
    });
  }
}
