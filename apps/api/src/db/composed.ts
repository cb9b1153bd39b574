import { getTableColumns, is, Placeholder, sql, SQL, type Column, type Query } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Dialect, Transaction } from './database.js';

/*
 * Statements on many rows. To compose a statement costs more than to carry it out, so the text of each is composed once for
 * each number of rows. None gives rows unless they are asked for: to hand them over costs as much as to write half of them.
 */

/**
 * Rows of one statement: values stay far below what either database takes, and texts are short enough to be kept. Rows that do
 * not fill the largest go in a few smaller ones, since a text for each number of them would cost more than they do.
 */
const ROWS = [50, 16, 4, 1] as const;
/** Lengths of lists; a list that is shorter repeats its last value. */
const FEW_VALUES = 16;
const MANY_VALUES = 512;

/** Columns that the database itself fills are named by `G`. */
type Row<T extends SQLiteTable, G extends string = never> = Required<Omit<T['$inferInsert'], G>>;
type Key<T extends SQLiteTable> = keyof T['$inferSelect'] & keyof T & string;

interface Statement {
  toSQL(): Query;
}

/** A statement that is composed already, with values as the driver takes them. */
export class Composed extends SQL {
  constructor(readonly query: Query) {
    super([]);
  }

  override toQuery(): Query {
    return this.query;
  }
}

/** Inserts many rows of one table; every column of every row has to be given, but for those that the database fills. */
export class ComposedInsert<T extends SQLiteTable, G extends string = never> {
  private readonly texts = new Map<number, string>();
  private readonly columns: NamedColumn[];

  /** `compose` says what is done with rows, such as `onConflictDoUpdate`. */
  constructor(
    table: T,
    private readonly compose: (tx: Transaction, rows: Row<T, G>[]) => Statement,
    filled: readonly G[] = [],
  ) {
    this.columns = Object.entries(getTableColumns(table)).filter(([name]) => !filled.includes(name as G));
  }

  /** Returns how many rows were written, which are fewer where a conflict leaves some out. */
  async run(tx: Transaction, rows: readonly Row<T, G>[]): Promise<number> {
    return writeInParts(tx, rows, this.columns, (part) => this.textFor(tx, part));
  }

  private textFor(tx: Transaction, rows: Row<T, G>[]): string {
    return kept(this.texts, rows.length, () => {
      const { sql: text, params } = this.compose(tx, rows).toSQL();
      if (params.length !== rows.length * this.columns.length) throw new Error('A column of a row was not given.');
      return text;
    });
  }
}

/** Gives columns of many rows new values, each row its own; rows are found by their identifier. */
export class ComposedUpdate<T extends SQLiteTable & { id: SQLiteColumn }, K extends Key<T>> {
  private readonly texts = new Map<number, string>();
  private readonly columns: NamedColumn[];

  /** `names`: columns that each row gives; `alike`: values that all rows get. */
  constructor(
    private readonly dialect: Dialect,
    private readonly table: T,
    names: readonly K[],
    private readonly alike: Record<string, SQL> = {},
  ) {
    const all: Record<string, Column> = getTableColumns(table);
    this.columns = ['id', ...names].map((name) => [name, all[name]!]);
  }

  async run(tx: Transaction, rows: readonly (Pick<T['$inferSelect'], K> & { id: string })[]): Promise<void> {
    await writeInParts(tx, rows, this.columns, ({ length }) => this.textFor(tx, length));
  }

  private textFor(tx: Transaction, length: number): string {
    return kept(this.texts, length, () => {
      const places = sql.join(
        this.columns.map(([, column]) => this.place(column)),
        sql`, `,
      );
      const rows = Array.from({ length }, () => sql`(${places})`);
      return tx
        .update(this.table)
        .set({ ...this.values(), ...this.alike } as never)
        .from(sql`(values ${sql.join(rows, sql`, `)}) as given`)
        .where(sql`${this.table.id} = ${given(0)}`)
        .toSQL().sql;
    });
  }

  /** Postgres takes a value without a known type for a text. */
  private place(column: Column): SQL {
    const [place, type] = [sql.placeholder('value'), column.getSQLType()];
    const isPlain = this.dialect === 'sqlite' || type.startsWith('text');
    return isPlain ? sql`${place}` : sql`cast(${place} as ${sql.raw(type)})`;
  }

  private values(): Record<string, SQL> {
    return Object.fromEntries(this.columns.slice(1).map(([name], index) => [name, given(index + 1)]));
  }
}

const given = (index: number) => sql.raw(`given.column${index + 1}`);

/** Does one thing to all rows that have one of many values in a column. */
export class ComposedList {
  private readonly queries = new Map<number, Query>();

  /** `compose` gets the list, in brackets; places other than those of the list are named. */
  constructor(
    private readonly column: Column,
    private readonly compose: (tx: Transaction, list: SQL) => Statement,
  ) {}

  /** `more`: values of the named places, as the driver takes them. */
  async run(tx: Transaction, values: readonly unknown[], more: Record<string, unknown> = {}): Promise<void> {
    for (const part of this.parts(values)) await tx.written(this.filled(tx, part, more));
  }

  /** Returns what the statement tells of each row. */
  async rows<R>(tx: Transaction, values: readonly unknown[], more: Record<string, unknown> = {}): Promise<R[]> {
    const rows: R[] = [];
    for (const part of this.parts(values)) rows.push(...(await tx.rows<R>(this.filled(tx, part, more))));
    return rows;
  }

  private *parts(values: readonly unknown[]): Generator<unknown[]> {
    for (let start = 0; start < values.length; start += MANY_VALUES)
      yield values.slice(start, start + MANY_VALUES).map((value) => this.column.mapToDriverValue(value));
  }

  private filled(tx: Transaction, values: readonly unknown[], more: Record<string, unknown>): Composed {
    const length = values.length > FEW_VALUES ? MANY_VALUES : FEW_VALUES;
    const query = kept(this.queries, length, () => this.compose(tx, places(length)).toSQL());
    let next = 0;
    const params = query.params.map((param) => {
      if (!is(param, Placeholder)) return param;
      return param.name === LISTED ? values[Math.min(next++, values.length - 1)] : more[param.name];
    });
    return new Composed({ sql: query.sql, params });
  }
}

const LISTED = 'listed';

function places(length: number): SQL {
  const each = Array.from({ length }, () => sql`${sql.placeholder(LISTED)}`);
  return sql`(${sql.join(each, sql`, `)})`;
}

type NamedColumn = [string, Column];

async function writeInParts<R extends object>(
  tx: Transaction,
  rows: readonly R[],
  columns: readonly NamedColumn[],
  textFor: (part: R[]) => string,
): Promise<number> {
  let written = 0;
  for (let start = 0; start < rows.length;) {
    const part = rows.slice(start, start + fitting(rows.length - start));
    written += await tx.written(new Composed({ sql: textFor(part), params: valuesOf(part, columns) }));
    start += part.length;
  }
  return written;
}

/** Rows of the largest statement that so many fill. */
const fitting = (count: number): number => ROWS.find((size) => size <= count) ?? 1;

/** Values of rows, one row after the other, as the driver takes them. */
function valuesOf(rows: readonly object[], columns: readonly NamedColumn[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows)
    for (const [name, column] of columns) {
      const value = (row as Record<string, unknown>)[name];
      values.push(value === null ? null : column.mapToDriverValue(value));
    }
  return values;
}

function kept<V>(known: Map<number, V>, length: number, compose: () => V): V {
  const found = known.get(length) ?? compose();
  known.set(length, found);
  return found;
}
