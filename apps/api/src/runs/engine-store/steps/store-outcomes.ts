import { getTableColumns, sql, type Column, type SQL } from 'drizzle-orm';
import { ComposedList, ComposedUpdate } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
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

/** Neighbours of one outcome that are settled by it as a whole: fewer would not be worth a statement of their own. */
const ALIKE_ROWS = 16;

/** `isFinal`: nothing of the step is carried out or verified any more. */
export interface SettledRow extends SettledColumns {
  id: string;
  isFinal: boolean;
}

/** Writes outcomes into steps, many at once. */
export class OutcomeStore {
  private readonly open: Settling;
  private readonly final: Settling;

  constructor(db: Database) {
    const none = sql`null`;
    const alike = { isInDoubt: sql`false`, begunAt: none, intentSha256: none };
    this.open = new Settling(db, alike);
    this.final = new Settling(db, { ...alike, step: sql`${SETTLED_TEXT}` });
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

/** One statement for each stretch of rows that differ in nothing, as of items that are adopted, and else one for some rows. */
class Settling {
  private readonly each: ComposedUpdate<Steps, (typeof SETTLED)[number]>;
  private readonly stretch: ComposedList;
  private readonly columns: [(typeof SETTLED)[number], Column][];

  constructor({ dialect, tables: { steps } }: Database, alike: Record<string, SQL>) {
    this.each = new ComposedUpdate(dialect, steps, SETTLED, alike);
    const columns = getTableColumns(steps);
    this.columns = SETTLED.map((name) => [name, columns[name]]);
    const places = Object.fromEntries(SETTLED.map((name) => [name, sql`${sql.placeholder(name)}`]));
    this.stretch = new ComposedList(steps.id, (tx, ids) =>
      tx
        .update(steps)
        .set({ ...places, ...alike })
        .where(sql`${steps.id} in ${ids}`),
    );
  }

  async run(tx: Transaction, rows: readonly SettledRow[]): Promise<void> {
    const others: SettledRow[] = [];
    for (const rowsAlike of stretches(rows)) {
      if (rowsAlike.length < ALIKE_ROWS) others.push(...rowsAlike);
      else
        await this.stretch.run(
          tx,
          rowsAlike.map(({ id }) => id),
          this.valuesOf(rowsAlike[0]!),
        );
    }
    await this.each.run(tx, others);
  }

  private valuesOf(row: SettledRow): Record<string, unknown> {
    const driven = (column: Column, value: unknown) => (value === null ? null : column.mapToDriverValue(value));
    return Object.fromEntries(this.columns.map(([name, column]) => [name, driven(column, row[name])]));
  }
}

/** Neighbours that differ in their identifiers alone. */
function* stretches(rows: readonly SettledRow[]): Generator<SettledRow[]> {
  for (let start = 0, end = 0; start < rows.length; start = end) {
    for (end = start + 1; end < rows.length && isAlike(rows[start]!, rows[end]!);) end += 1;
    yield rows.slice(start, end);
  }
}

function isAlike(one: SettledRow, other: SettledRow): boolean {
  for (const name of SETTLED) if (one[name] !== other[name] && !isSame(one[name], other[name])) return false;
  return true;
}

/** Lists of attempts and times are compared by what they hold. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Date) return one.getTime() === (other as Date).getTime();
  const [names, others] = [Object.keys(one), Object.keys(other)];
  const valueOf = (object: object, name: string) => (object as Record<string, unknown>)[name];
  return names.length === others.length && names.every((name) => isSame(valueOf(one, name), valueOf(other, name)));
}
