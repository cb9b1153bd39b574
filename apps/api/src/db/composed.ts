import { Column, getTableColumns, is, Placeholder, sql, SQL, type Query } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Dialect, Reader, Transaction } from './database.js';
import { fieldOf, RowDecoder } from './row-decoder.js';

/*
 * Statements on many rows. To compose a statement costs more than to carry it out, so the text of each is composed once for
 * each number of rows. None gives rows unless they are asked for: to hand them over costs as much as to write half of them.
 */

/**
 * Rows of one statement: values stay far below what either database takes, and texts are short enough to be kept. Rows that do
 * not fill the largest go in a few smaller ones, since a text for each number of them would cost more than they do.
 */
const ROWS = [64, 16, 4, 1] as const;
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

/** The text of a statement, with the name of each place in it; a place without a name has a value that stays. */
interface Text {
  sql: string;
  params: readonly unknown[];
  names: readonly (string | null)[];
}

function textOf(statement: Statement): Text {
  const { sql: text, params } = statement.toSQL();
  return { sql: text, params, names: params.map((param) => (is(param, Placeholder) ? param.name : null)) };
}

const filled = ({ sql: text, params, names }: Text, values: Record<string, unknown>): Composed =>
  new Composed({ sql: text, params: names.map((name, at) => (name === null ? params[at] : values[name])) });

/** A statement of which nothing but values differs; they have places with names, see `sql.placeholder`. */
export class ComposedWrite {
  private text: Text | null = null;

  constructor(private readonly compose: (tx: Transaction) => Statement) {}

  /** `values`: those of the places, as the driver takes them. */
  async run(tx: Transaction, values: Record<string, unknown>): Promise<void> {
    this.text ??= textOf(this.compose(tx));
    await tx.written(filled(this.text, values));
  }
}

/** The same of a statement that gives rows: in a transaction, or of a reader alone. */
export class ComposedRows<R extends object, On extends Reader = Reader> {
  private text: Text | null = null;
  private readonly rows: RowDecoder;

  /** `columns`: what the statement gives of each row, in this order. */
  constructor(
    columns: Record<keyof R & string, SQLiteColumn>,
    private readonly compose: (on: On) => Statement,
  ) {
    this.rows = new RowDecoder(Object.entries<SQLiteColumn>(columns).map(fieldOf));
  }

  /** `values`: those of the places, as the driver takes them. */
  async run(on: On, values: Record<string, unknown>): Promise<R[]> {
    this.text ??= textOf(this.compose(on));
    return (await on.values(filled(this.text, values))).map((row) => this.rows.decode(row) as R);
  }
}

/** Inserts many rows of one table; every column of every row has to be given, but for those that the database fills. */
export class ComposedInsert<T extends SQLiteTable, G extends string = never> {
  private readonly texts = new Map<number, string>();
  private readonly columns: readonly WrittenColumn[];

  /** `compose` says what is done with rows, such as `onConflictDoUpdate`. */
  constructor(
    table: T,
    private readonly compose: (tx: Transaction, rows: Row<T, G>[]) => Statement,
    filled: readonly G[] = [],
  ) {
    const given = Object.entries<Column>(getTableColumns(table)).filter(([name]) => !filled.includes(name as G));
    this.columns = given.map(writtenColumn);
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
  private readonly columns: readonly WrittenColumn[];

  /** `names`: columns that each row gives; `alike`: values that all rows get. */
  constructor(
    private readonly dialect: Dialect,
    private readonly table: T,
    names: readonly K[],
    private readonly alike: Record<string, SQL> = {},
  ) {
    const all: Record<string, Column> = getTableColumns(table);
    this.columns = ['id', ...names].map((name) => writtenColumn([name, all[name]!]));
  }

  async run(tx: Transaction, rows: readonly (Pick<T['$inferSelect'], K> & { id: string })[]): Promise<void> {
    await writeInParts(tx, rows, this.columns, ({ length }) => this.textFor(tx, length));
  }

  private textFor(tx: Transaction, length: number): string {
    return kept(this.texts, length, () => {
      const places = sql.join(
        this.columns.map(({ column }) => this.place(column)),
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
    return Object.fromEntries(this.columns.slice(1).map(({ name }, index) => [name, given(index + 1)]));
  }
}

const given = (index: number) => sql.raw(`given.column${index + 1}`);

/** Does one thing to all rows that have one of many values in a column, or reads them; a reader alone can only do the latter. */
export class ComposedList<On extends Reader = Transaction> {
  private readonly texts = new Map<number, Text>();

  /** `compose` gets the list, in brackets; places other than those of the list are named. */
  constructor(
    private readonly column: Column,
    private readonly compose: (on: On, list: SQL) => Statement,
  ) {}

  /** `more`: values of the named places, as the driver takes them. */
  async run(tx: On & Transaction, values: readonly unknown[], more: Record<string, unknown> = {}): Promise<void> {
    for (const part of this.parts(values)) await tx.written(this.filled(tx, part, more));
  }

  /** Returns what the statement tells of each row. */
  async rows<R>(on: On, values: readonly unknown[], more: Record<string, unknown> = {}): Promise<R[]> {
    const rows: R[] = [];
    for (const part of this.parts(values)) rows.push(...(await on.rows<R>(this.filled(on, part, more))));
    return rows;
  }

  private *parts(values: readonly unknown[]): Generator<unknown[]> {
    for (let start = 0; start < values.length; start += MANY_VALUES)
      yield values.slice(start, start + MANY_VALUES).map((value) => this.column.mapToDriverValue(value));
  }

  private filled(on: On, values: readonly unknown[], more: Record<string, unknown>): Composed {
    const length = values.length > FEW_VALUES ? MANY_VALUES : FEW_VALUES;
    const { sql: text, params, names } = kept(this.texts, length, () => textOf(this.compose(on, places(length))));
    let next = 0;
    const given = names.map((name, at) => {
      if (name === null) return params[at];
      return name === LISTED ? values[Math.min(next++, values.length - 1)] : more[name];
    });
    return new Composed({ sql: text, params: given });
  }
}

const LISTED = 'listed';

function places(length: number): SQL {
  const each = Array.from({ length }, () => sql`${sql.placeholder(LISTED)}`);
  return sql`(${sql.join(each, sql`, `)})`;
}

/** A column of rows that are written. */
interface WrittenColumn {
  name: string;
  column: Column;
  /** Converts a value to that of the driver; null where the driver takes it as it is. */
  encode: ((value: unknown) => unknown) | null;
}

function writtenColumn([name, column]: [string, Column]): WrittenColumn {
  const isPlain = column.mapToDriverValue === Column.prototype.mapToDriverValue;
  return { name, column, encode: isPlain ? null : (value) => column.mapToDriverValue(value) };
}

async function writeInParts<R extends object>(
  tx: Transaction,
  rows: readonly R[],
  columns: readonly WrittenColumn[],
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
function valuesOf(rows: readonly object[], columns: readonly WrittenColumn[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows)
    for (const { name, encode } of columns) {
      const value = (row as Record<string, unknown>)[name];
      values.push(encode === null || value === null ? value : encode(value));
    }
  return values;
}

function kept<V>(known: Map<number, V>, length: number, compose: () => V): V {
  const found = known.get(length) ?? compose();
  known.set(length, found);
  return found;
}
