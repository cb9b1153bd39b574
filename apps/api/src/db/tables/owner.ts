import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Kit } from '../kit.js';

export type Owner = () => AnySQLiteColumn;

/** Identifier of the row with which this one is removed. */
export function ownedBy(kit: Kit, owner: Owner) {
  return kit.text().notNull().references(owner, { onDelete: 'cascade' });
}
