import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/** What a run had done at moments of its time, in sums from its beginning. */
export function runSampleTable(kit: Kit, run: Owner) {
  return kit.table(
    'run_samples',
    {
      runId: ownedBy(kit, run),
      at: kit.ts().notNull(),
      itemsDone: kit.bigint().notNull(),
      bytesDone: kit.bigint().notNull(),
      callCount: kit.bigint().notNull(),
      itemsFlagged: kit.bigint().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.runId, table.at] })],
  );
}

/** What all runs together did in one span of time, which begins at `from`. */
export function activityTable(kit: Kit) {
  return kit.table('activity', {
    from: kit.ts().primaryKey(),
    itemsDone: kit.bigint().notNull(),
    bytesDone: kit.bigint().notNull(),
    callCount: kit.bigint().notNull(),
    itemsFlagged: kit.bigint().notNull(),
  });
}
