import type { LedgerEntry } from '@sluice/core/plan';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { isAtSource, ledgerEntryOfRow } from './store-ledger-row.js';
import type { StoreContext } from '../store-context.js';
import { LedgerStore } from './store-ledger.js';
import { LocationPairStore } from './store-pairs.js';
import { seedJob, seedRun } from '../testing.js';

function entry(sourceKey: string, destinationKey = sourceKey, over: Partial<LedgerEntry> = {}): LedgerEntry {
  const versions = { sourceVersion: '7-10-1', destinationVersion: 'e3b0', sourceMetaVersion: null };
  const sizes = { sourceSize: 10, destinationSize: 10, sourceModifiedAt: 7, destinationModifiedAt: null };
  const ids = { sourceId: `i${sourceKey}`, destinationId: `i-${destinationKey}` };
  const facts = {
    ...versions,
    ...sizes,
    ...ids,
    destinationMetaVersion: '8',
    sha256: 'ab'.repeat(32),
    judged: null,
    mapped: null,
  };
  return { id: null, kind: 'FILE', sourceKey, destinationKey, ...facts, ...over };
}

describeOnBothDatabases('the ledger in the store', (open) => {
  let db: Database;
  let ledger: LedgerStore;
  let pair = 0;
  beforeEach(async () => {
    db = await open();
    const jobId = await seedJob(db);
    const changes = { record: async () => undefined };
    const context: StoreContext = {
      ...{ jobId, ...(await seedRun(db, jobId, 1)), lease: null, planValidity: 1_000, changes },
      ...{ now: () => new Date(0), onEvents: () => undefined },
    };
    const pairs = new LocationPairStore(db, context);
    await pairs.use(null, { source: 's', destination: 'd' });
    pair = await pairs.current();
    ledger = new LedgerStore(db, context, pairs, { use: () => null });
  });

  const learn = (...told: Parameters<LedgerStore['learn']>[1]) => db.transact((tx) => ledger.learn(tx, told, []));
  const stored = async () => (await db.reader.select().from(db.tables.ledgerEntries)).map(ledgerEntryOfRow);
  const places = async () => (await stored()).map((one) => `${one.sourceKey} > ${one.destinationKey}`).sort();

  it('gives an entry back as it was told, also where no text of it is a number', async () => {
    const entries = [
      entry('d/a.txt'),
      entry('d', 'D', { kind: 'FOLDER', sha256: null, sourceVersion: null }),
      entry('ü 🙂/日', 'u/r', {
        judged: 'v v',
        mapped: 'm',
        sourceId: 'i1-2',
        destinationId: '',
        sourceModifiedAt: null,
      }),
    ];
    await learn(...entries.map((one) => ({ ledger: one })));
    const found = (await stored()).map((one) => ({ ...one, id: null }));
    expect(found).toHaveLength(entries.length);
    expect(found).toEqual(expect.arrayContaining(entries));
    const [{ itemCount } = { itemCount: 0 }] = await db.reader.select().from(db.tables.locationPairs);
    expect(itemCount).toBe(entries.length);
  });

  it('counts an item once that is told again, with another half or under another name', async () => {
    await learn(...['a', 'b', 'c'].map((key) => ({ ledger: entry(key) })));
    await learn(
      { ledger: entry('a') },
      { ledger: entry('d', 'd', { sourceId: 'ib', destinationId: 'i-c' }) },
      { ledger: entry('e') },
    );
    expect(await places()).toEqual(['a > a', 'd > d', 'e > e']);
    const [{ itemCount } = { itemCount: 0 }] = await db.reader.select().from(db.tables.locationPairs);
    expect(itemCount).toBe(3);
  });

  const BELOW = ['f/a', 'f/s/b', 'f0', 'fa/x'];
  it.each<[string, [string, string], [string, string], string[]]>([
    ['on both sides', ['f', 'f'], ['g/h', 'g/h'], ['g/h/a > g/h/a', 'g/h/s/b > g/h/s/b']],
    ['at the source only', ['f', 'f'], ['g', 'f'], ['g/a > f/a', 'g/s/b > f/s/b']],
    ['to different places', ['f', 'f'], ['g', 'h'], ['g/a > h/a', 'g/s/b > h/s/b']],
  ])('has what is below a folder follow it: %s', async (_, from, to, expected) => {
    await learn(...BELOW.map((key) => ({ ledger: entry(key) })));
    const of = ([sourceKey, destinationKey]: [string, string]) => ({ sourceKey, destinationKey });
    const folder = entry(to[0], to[1], { kind: 'FOLDER', sourceId: 'i1', destinationId: 'i2' });
    await learn({ moved: of(from), ledger: folder });
    expect(await places()).toEqual(['f0 > f0', 'fa/x > fa/x', ...expected, `${to[0]} > ${to[1]}`].sort());
    await learn({ moved: of(to), ledger: { ...folder, ...of(from) } });
    expect(await places()).toEqual([...BELOW.map((key) => `${key} > ${key}`), `${from[0]} > ${from[1]}`].sort());
    const rows = await db.reader.select().from(db.tables.ledgerEntries);
    expect(rows.map(({ destinationFolder }) => destinationFolder)).toEqual(rows.map(() => null));
  });

  it('finds entries by their keys without reading the others', async () => {
    if (db.dialect !== 'sqlite') return;
    const { ledgerEntries: table } = db.tables;
    const which = sql`${table.pair} = ${pair} and ${isAtSource(table, ['a/b', 'c'])}`;
    const plan = await db.reader.rows<{ detail: string }>(
      sql`explain query plan select 1 from ${table} where ${which}`,
    );
    expect(plan[0]?.detail).toMatch(/SEARCH .* USING .*INDEX ledger_entries_source_place/);
  });
});
