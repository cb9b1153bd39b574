import { sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.js';
import { STEPS_PER_PLAN } from './item-ids.js';
import type { Range } from './pages.js';

/** How far the identifiers of the steps of two plans are apart whose ordinals follow each other. */
export const SPAN = sql.raw(String(STEPS_PER_PLAN));
const LAST = sql.raw(String(STEPS_PER_PLAN - 1));

/** Whether a step is one of the plan with an ordinal, which a statement may find itself; by its turn where that is told. */
export function stepsOfOrdinal(
  { tables: { steps } }: Database,
  ordinal: SQL | number,
  by: SQLiteColumn = steps.id,
): SQL {
  const { first, last } = rangeOfOrdinal(ordinal);
  return sql`${by} between ${first} and ${last}`;
}

/** The first and the last identifier that a step of the plan may have. */
export function rangeOfOrdinal(ordinal: SQL | number): Range {
  if (typeof ordinal !== 'number')
    return { first: sql`${ordinal} * ${SPAN}`, last: sql`${ordinal} * ${SPAN} + ${LAST}` };
  const first = ordinal * STEPS_PER_PLAN;
  return { first: sql.raw(String(first)), last: sql.raw(String(first + STEPS_PER_PLAN - 1)) };
}
