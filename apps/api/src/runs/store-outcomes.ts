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

/** What the engine is told of a step is no longer needed once it has an outcome that nothing may change any more. */
export const SETTLED_STEP = '';

/**
 * Writes outcomes into steps of a transaction with statements that are composed once each. `isFinal`: nothing of the step is
 * carried out or verified any more.
 */
export function stepSettler(
  tx: Transaction,
  db: Database,
): (id: string, columns: SettledColumns, isFinal: boolean) => Promise<void> {
  const { steps } = db.tables;
  const places = SETTLED.map((name) => {
    const encoder = {
      mapToDriverValue: (value: unknown) => (value === null ? null : steps[name].mapToDriverValue(value)),
    };
    return [name, sql`${sql.param(sql.placeholder(name), encoder)}`];
  });
  const values = Object.fromEntries(places) as Record<(typeof SETTLED)[number], ReturnType<typeof sql>>;
  const writing = (more: { step?: string }) =>
    tx
      .update(steps)
      .set({ ...values, ...more })
      .where(eq(steps.id, sql.placeholder('id')))
      .prepare();
  const [open, final] = [writing({}), writing({ step: SETTLED_STEP })];
  return async (id, columns, isFinal) => void (await (isFinal ? final : open).execute({ ...columns, id }));
}
