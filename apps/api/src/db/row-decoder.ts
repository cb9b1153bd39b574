import { Column } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

export type Row = Record<string, unknown>;

export interface Field {
  key: string;
  column: SQLiteColumn;
  /** Converts a driver's value to that of the column; null when no conversion is needed. */
  decode: ((value: unknown) => unknown) | null;
}

export function fieldOf([key, column]: [key: string, column: SQLiteColumn]): Field {
  const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  return { key, column, decode: isPlain ? null : (value) => column.mapFromDriverValue(value) };
}

/** Makes rows of the values that a driver gives. */
export class RowDecoder {
  /** A row without values. Made by a parser: an object that gets its names one by one is slow once it has many. */
  private readonly emptyRow: Row;

  constructor(readonly fields: readonly Field[]) {
    this.emptyRow = JSON.parse(`{${fields.map(({ key }) => `${JSON.stringify(key)}:null`).join()}}`) as Row;
  }

  /** A row from its values, which are in the order of the fields. */
  decode(values: readonly unknown[]): Row {
    const { fields } = this;
    const row: Row = { ...this.emptyRow };
    for (let index = 0; index < fields.length; index++) {
      const { key, decode } = fields[index]!;
      const value = values[index];
      row[key] = decode === null || value === null ? value : decode(value);
    }
    return row;
  }
}
