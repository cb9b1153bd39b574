import { sql } from 'drizzle-orm';
import { ComposedUpdate } from '../db/composed.js';
import type { Database, Transaction } from '../db/database.js';
import type { StoredStep } from './step-row.js';

/** What an outcome changes of its step. */
export type SettledColumns = Pick<StoredStep, (typeof SETTLED)[number]>;

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
  'checkpoint',
  'finishedAt',
  'latestOf',
] as const;

/** What the engine is told of a step is no longer needed once it has an outcome that nothing may change any more. */
export const SETTLED_STEP = '';

/** `isFinal`: nothing of the step is carried out or verified any more. */
export interface SettledRow extends SettledColumns {
  id: string;
  isFinal: boolean;
}

/** Writes outcomes into steps, many at once. */
export class OutcomeStore {
  private readonly open: ComposedUpdate<Steps, (typeof SETTLED)[number]>;
  private readonly final: ComposedUpdate<Steps, (typeof SETTLED)[number]>;

  constructor({ dialect, tables: { steps } }: Database) {
    const none = sql`null`;
    const alike = { isInDoubt: sql`false`, begunAt: none, intentSha256: none };
    this.open = new ComposedUpdate(dialect, steps, SETTLED, alike);
    this.final = new ComposedUpdate(dialect, steps, SETTLED, { ...alike, step: sql`${SETTLED_TEXT}` });
  }

  async settle(tx: Transaction, rows: readonly SettledRow[]): Promise<void> {
    await this.final.run(
      tx,
      rows.filter(({ isFinal }) => isFinal),
    );
    await this.open.run(
      tx,
      rows.filter(({ isFinal }) => !isFinal),
    );
  }
}

type Steps = Database['tables']['steps'];

const SETTLED_TEXT = sql.raw(`'${SETTLED_STEP}'`);
