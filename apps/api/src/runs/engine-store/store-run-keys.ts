import { and, asc, eq, gt } from 'drizzle-orm';
import type { RunRow } from '../../db/row-types.js';
import { ComposedInsert } from '../../db/composed.js';
import type { Database, Transaction } from '../../db/database.js';

const PAGE_KEYS = 10_000;

/** Restricts a run to items below the job's source. */
export async function addRunKeys(
  tx: Transaction,
  { tables: { runKeys } }: Database,
  runId: string,
  keys: readonly string[],
): Promise<void> {
  const inserts = new ComposedInsert(runKeys, (writer, rows) =>
    writer.insert(runKeys).values(rows).onConflictDoNothing(),
  );
  await inserts.run(
    tx,
    [...new Set(keys)].map((key) => ({ runId, key })),
  );
}

/** Keys below the job's source to which a run is restricted; null for all. */
export async function runKeysOf(
  { reader, tables: { runKeys } }: Database,
  { id, isRestricted }: Pick<RunRow, 'id' | 'isRestricted'>,
): Promise<string[] | null> {
  if (!isRestricted) return null;
  const keys: string[] = [];
  for (;;) {
    const last = keys.at(-1);
    const rows = await reader
      .select({ key: runKeys.key })
      .from(runKeys)
      .where(and(eq(runKeys.runId, id), last === undefined ? undefined : gt(runKeys.key, last)))
      .orderBy(asc(runKeys.key))
      .limit(PAGE_KEYS);
    for (const { key } of rows) keys.push(key);
    if (rows.length < PAGE_KEYS) return keys;
  }
}
