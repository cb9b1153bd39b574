import { getTableColumns, SQL, type Column, type Query } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Transaction } from './database.js';

type Row<T extends SQLiteTable> = Required<T['$inferInsert']>;

/** Rows of one statement: its values stay far below what either database takes, and its text is short enough to be kept. */
const ROWS = 50;

/**
 * Inserts many rows of one table. Composing a statement costs more than carrying it out, so its text is composed once for
 * each number of rows; every column of every row has to be given.
 */
export class ComposedInsert<T extends SQLiteTable> {
  private readonly texts = new Map<number, string>();
  private readonly columns: [string, Column][];

  /** `compose` says what is done with rows, such as `onConflictDoUpdate`. */
  constructor(
    table: T,
    private readonly compose: (tx: Transaction, rows: Row<T>[]) => { toSQL(): Query },
  ) {
    this.columns = Object.entries(getTableColumns(table));
  }

  async run(tx: Transaction, rows: readonly Row<T>[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS) {
      const part = rows.slice(start, start + ROWS);
      await tx.rows(new Composed({ sql: this.textFor(tx, part), params: part.flatMap((row) => this.valuesOf(row)) }));
    }
  }

  private textFor(tx: Transaction, rows: Row<T>[]): string {
    const known = this.texts.get(rows.length);
    if (known !== undefined) return known;
    const { sql, params } = this.compose(tx, rows).toSQL();
    if (params.length !== rows.length * this.columns.length) throw new Error('A column of a row was not given.');
    // Statements that give rows are carried out alike on both databases.
    const text = `${sql} returning 1`;
    this.texts.set(rows.length, text);
    return text;
  }

  private valuesOf(row: Row<T>): unknown[] {
    return this.columns.map(([name, column]) => {
      const value = (row as Record<string, unknown>)[name];
      return value === null ? null : column.mapToDriverValue(value);
    });
  }
}

/** A statement that is composed already. */
class Composed extends SQL {
  constructor(private readonly query: Query) {
    super([]);
  }

  override toQuery(): Query {
    return this.query;
  }
}
