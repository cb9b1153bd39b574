import { eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import type { StepRow } from './store-context.js';

/** What an outcome changes of its step. */
export type SettledColumns = Pick<StepRow, (typeof SETTLED)[number]>;

const SETTLED = [
  'outcome',
  'reason',
  'message',
  'remedy',
  'sha256',
  'verifiedBy',
  'destinationKey',
  'destinationRemoteId',
  'bytesDone',
  'versionsDone',
  'attempts',
  'attemptCount',
  'isInDoubt',
  'begunAt',
  'intentSha256',
  'checkpoint',
  'finishedAt',
  'isLatest',
] as const;

/** Writes outcomes into steps of a transaction with one statement that is composed once. */
export function stepSettler(tx: Transaction, db: Database): (id: string, columns: SettledColumns) => Promise<void> {
  const { steps } = db.tables;
  const places = SETTLED.map((name) => {
    const encoder = {
      mapToDriverValue: (value: unknown) => (value === null ? null : steps[name].mapToDriverValue(value)),
    };
    return [name, sql`${sql.param(sql.placeholder(name), encoder)}`];
  });
  const statement = tx
    .update(steps)
    .set(Object.fromEntries(places) as Record<(typeof SETTLED)[number], ReturnType<typeof sql>>)
    .where(eq(steps.id, sql.placeholder('id')))
    .prepare();
  return async (id, columns) => void (await statement.execute({ ...columns, id }));
}
