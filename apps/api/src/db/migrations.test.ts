import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableColumns, getTableName, type Column } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { expect, it } from 'vitest';
import { tables } from './schema.sqlite.js';

interface Snapshot {
  tables: Record<string, { name: string; columns: Record<string, { notNull: boolean }>; indexes: object }>;
}

/** What both databases have in common of the newest snapshot. */
function newest(dialect: 'sqlite' | 'pg') {
  const folder = fileURLToPath(new URL(`../../drizzle/${dialect}/meta/`, import.meta.url));
  const last = readdirSync(folder)
    .filter((name) => name.endsWith('snapshot.json'))
    .sort()
    .at(-1);
  const snapshot = JSON.parse(readFileSync(`${folder}${last}`, 'utf8')) as Snapshot;
  return Object.values(snapshot.tables)
    .map((table) => ({
      name: table.name,
      columns: Object.entries(table.columns)
        .map(([name, column]) => `${name} ${column.notNull}`)
        .sort(),
      indexes: Object.keys(table.indexes).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

it('has the same tables in the migrations of both databases', () => {
  expect(newest('sqlite')).toEqual(newest('pg'));
});

it('has every table and column of the code in the migrations', () => {
  const casing = new CasingCache('snake_case');
  const defined = Object.values(tables).map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table) as Record<string, Column>)
      .map((column) => `${casing.getColumnCasing(column)} ${column.notNull}`)
      .sort(),
  }));
  const generated = newest('sqlite').map(({ name, columns }) => ({ name, columns }));
  expect(defined.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(generated);
});
