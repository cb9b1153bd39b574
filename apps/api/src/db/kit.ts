import { sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { itemIdOf, itemNumberOf } from './item-ids.js';
import { packText, unpackText } from './packed-text.js';

/** Texts that are kept as fewer bytes than they have characters. */
const packedText = { toDriver: packText, fromDriver: unpackText };
const hexText = {
  toDriver: (text: string) => Buffer.from(text, 'hex'),
  fromDriver: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex'),
};
type Bytes = { data: string; driverData: Buffer };

/** How a value is kept as a shorter JSON value. */
interface Brief<T, P> {
  pack: (value: T) => P;
  unpack: (stored: P) => T;
}

const sqliteBrief = <T, P>({ pack, unpack }: Brief<T, P>) =>
  sqlite.customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(pack(value)),
    fromDriver: (text) => unpack(JSON.parse(text) as P),
  });

const sqlitePacked = sqlite.customType<Bytes>({ dataType: () => 'blob', ...packedText });
const sqliteHex = sqlite.customType<Bytes>({ dataType: () => 'blob', ...hexText });
const pgPacked = customType<Bytes>({ dataType: () => 'bytea', ...packedText });
const pgHex = customType<Bytes>({ dataType: () => 'bytea', ...hexText });

const itemId = { toDriver: itemNumberOf, fromDriver: (value: unknown) => itemIdOf(Number(value)) };

function coded<T extends string>(codes: Readonly<Record<T, number>>) {
  const words = new Map(Object.entries<number>(codes).map(([word, code]) => [code, word as T]));
  const fromDriver = (value: unknown): T => {
    const word = words.get(Number(value));
    if (word === undefined) throw new Error(`The store holds a code that is not known: ${String(value)}.`);
    return word;
  };
  return { toDriver: (word: T) => codes[word], fromDriver };
}

const sqliteItemId = sqlite.customType<{ data: string; driverData: unknown }>({ dataType: () => 'integer', ...itemId });

/**
 * The columns that both databases hold alike, so that one definition of a table serves both.
 *
 * Values in JavaScript: `text` string, `int` and `bigint` number, `bool` boolean, `ts` Date of milliseconds, `tsOr` the
 * same with one that stands where none is given, `json` any JSON value, `brief` a value that is kept as a shorter JSON value,
 * `real` number, `serial` number that the
 * database counts and never gives twice, `packed` string of which only equals are looked for, see `packText`, `hex` string
 * of hexadecimal digits in lower case, `itemId` identifier of an item, kept as an integer, `code` one of some words, kept as
 * its number. Names of columns are the snake case of their keys, unless one is given. Text is compared by bytes on both
 * databases.
 */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  text: (name = '') => sqlite.text(name),
  int: () => sqlite.integer(),
  bigint: () => sqlite.integer(),
  bool: () => sqlite.integer({ mode: 'boolean' }),
  ts: () => sqlite.integer({ mode: 'timestamp_ms' }),
  tsOr: (standard: Date) =>
    sqlite
      .integer({ mode: 'timestamp_ms' })
      .notNull()
      .default(sql.raw(String(standard.getTime()))),
  json: <T>() => sqlite.text({ mode: 'json' }).$type<T>(),
  brief: <T, P>(shape: Brief<T, P>) => sqliteBrief(shape)(),
  real: () => sqlite.real(),
  serial: () => sqlite.integer().primaryKey({ autoIncrement: true }),
  packed: () => sqlitePacked(),
  hex: () => sqliteHex(),
  itemId: (name = '') => sqliteItemId(name),
  code: <T extends string>(codes: Readonly<Record<T, number>>) =>
    sqlite.customType<{ data: T; driverData: unknown }>({ dataType: () => 'integer', ...coded(codes) })(),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
};

export type Kit = typeof sqliteKit;

/**
 * Postgres refuses a text with the character NUL, and JSON with half a surrogate pair. Pictures stand for them, so that one
 * odd name or message refuses no batch.
 */
const holdable = (text: string) => text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');

const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"', toDriver: holdable });

const holdableJson = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? holdable(each) : each));

const json = customType<{ data: unknown; driverData: unknown }>({ dataType: () => 'jsonb', toDriver: holdableJson });

const pgBrief = <T, P>({ pack, unpack }: Brief<T, P>) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => holdableJson(pack(value)),
    fromDriver: (stored) => unpack(stored as P),
  });

const pgItemId = customType<{ data: string; driverData: unknown }>({ dataType: () => 'bigint', ...itemId });

/** The Postgres kit under the types of the SQLite kit, because values and query builders of both are alike. */
export const pgKit = {
  table: pg.pgTable,
  text: (name = '') => byteText(name),
  int: () => pg.integer(),
  bigint: () => pg.bigint({ mode: 'number' }),
  bool: () => pg.boolean(),
  ts: () => pg.timestamp({ withTimezone: true, precision: 3, mode: 'date' }),
  tsOr: (standard: Date) =>
    pg.timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull().default(standard),
  json: () => json(),
  brief: <T, P>(shape: Brief<T, P>) => pgBrief(shape)(),
  real: () => pg.doublePrecision(),
  serial: () => pg.bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  packed: () => pgPacked(),
  hex: () => pgHex(),
  itemId: (name = '') => pgItemId(name),
  code: <T extends string>(codes: Readonly<Record<T, number>>) =>
    customType<{ data: T; driverData: unknown }>({ dataType: () => 'smallint', ...coded(codes) })(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
} as unknown as Kit;
