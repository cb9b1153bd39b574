import type { UnmappedName } from '@sluice/core/mapping';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/**
 * What the mapping sets of a job could not map when a plan was made, in the order in which it is told. The last row of a plan may
 * count what is beyond those that are told: it has neither kind nor examples.
 */
export function unmappedNameTable(kit: Kit, plan: Owner) {
  return kit.table(
    'unmapped_names',
    {
      planId: ownedBy(kit, plan),
      /** Counts the rows of a plan, from 1. */
      position: kit.int().notNull(),
      kind: kit.text().$type<UnmappedName['kind']>(),
      reason: kit.text().$type<UnmappedName['reason']>(),
      field: kit.text(),
      value: kit.text(),
      message: kit.text().notNull(),
      isFlagged: kit.bool().notNull(),
      itemCount: kit.bigint().notNull(),
      /** Keys of items at the source. */
      examples: kit.json<string[]>().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.position] })],
  );
}
