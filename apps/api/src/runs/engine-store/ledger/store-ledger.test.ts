import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { entry, LedgerScene } from './ledger.testing.js';
import { isAtSource } from './store-ledger-row.js';

describeOnBothDatabases('the ledger in the store', (open) => {
  let db: Database;
  let scene: LedgerScene;
  beforeEach(async () => {
    db = await open();
    scene = await LedgerScene.open(db);
  });

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
    await scene.learn(...entries.map((one) => ({ ledger: one })));
    const found = (await scene.stored()).map((one) => ({ ...one, id: null }));
    expect(found).toHaveLength(entries.length);
    expect(found).toEqual(expect.arrayContaining(entries));
    const [{ itemCount } = { itemCount: 0 }] = await db.reader.select().from(db.tables.locationPairs);
    expect(itemCount).toBe(entries.length);
  });

  it('counts an item once that is told again, with another half or under another name', async () => {
    await scene.learn(...['a', 'b', 'c'].map((key) => ({ ledger: entry(key) })));
    await scene.learn(
      { ledger: entry('a') },
      { ledger: entry('d', 'd', { sourceId: 'ib', destinationId: 'i-c' }) },
      { ledger: entry('e') },
    );
    expect(await scene.places()).toEqual(['a > a', 'd > d', 'e > e']);
    const [{ itemCount } = { itemCount: 0 }] = await db.reader.select().from(db.tables.locationPairs);
    expect(itemCount).toBe(3);
  });

  it('tells the entry of an item by its identity on a side, in the ledger that is used alone', async () => {
    await scene.learn({ ledger: entry('a', 'b') }, { ledger: entry('c') });
    expect(await scene.ledger.entryOf('SOURCE', 'ia')).toEqual({ ...entry('a', 'b'), id: await scene.idOf('a') });
    expect(await scene.ledger.entryOf('DESTINATION', 'i-b')).toMatchObject({ sourceKey: 'a' });
    expect([await scene.ledger.entryOf('DESTINATION', 'ia'), await scene.ledger.entryOf('SOURCE', 'i-b')]).toEqual([
      null,
      null,
    ]);
    await scene.pairs.use(null, { source: 'other', destination: 'd' });
    expect(await scene.ledger.entryOf('SOURCE', 'ia')).toBeNull();
  });

  it('keeps other ledgers as they are when entries move, are forgotten or revised', async () => {
    const entries = [entry('f/a'), entry('gone'), entry('b', 'x/b'), entry('revised')].map((one) => ({ ledger: one }));
    await scene.learn(...entries);
    const former = await scene.pairs.current();
    const before = await scene.places(former);
    await scene.pairs.use(null, { source: 'other', destination: 'd' });
    await scene.learn(...entries);
    const folder = entry('g', 'h', { kind: 'FOLDER' });
    await scene.learn({ moved: { sourceKey: 'f', destinationKey: 'f' }, ledger: folder });
    await scene.forget({ sourceKey: 'gone', kind: 'FILE' }, { sourceKey: 'b', kind: 'FILE' });
    const own = await scene.ledger.entryOf('SOURCE', 'irevised');
    await scene.revise({ id: own?.id ?? '', entry: null });
    expect(await scene.places(former)).toEqual(before);
    expect(await scene.places(await scene.pairs.current())).toEqual(['g > h', 'g/a > h/a']);
    expect(await scene.counts()).toEqual([2, 2]);
  });

  it('forgets entries by their own numbers, and names of former releases are nobody’s', async () => {
    await scene.learn(...['a', 'b', 'c'].map((key) => ({ ledger: entry(key) })));
    await scene.ledger.forgetEntries([await scene.idOf('a'), 'entry_of_a_former_release', await scene.idOf('c')]);
    await scene.ledger.forgetEntries([]);
    expect(await scene.places()).toEqual(['b > b']);
    expect(await scene.counts()).toEqual([1, 1]);
  });

  it('forgets items by key and kind where they are told without an entry', async () => {
    await scene.learn(
      { ledger: entry('a') },
      { ledger: entry('a', 'a', { kind: 'FOLDER', sourceId: 'x', destinationId: 'y' }) },
      { ledger: entry('b') },
    );
    await scene.forget(
      { sourceKey: 'a', kind: 'FILE' },
      { sourceKey: null, kind: 'FOLDER' },
      { sourceKey: 'b', kind: 'FOLDER' },
    );
    expect((await scene.stored()).map(({ kind, sourceKey }) => `${kind} ${sourceKey}`).sort()).toEqual([
      'FILE b',
      'FOLDER a',
    ]);
    expect(await scene.counts()).toEqual([2, 2]);
  });

  it('forgets what an outcome names only where the outcome says so', async () => {
    await scene.learn(...['a', 'b'].map((key) => ({ ledger: entry(key) })));
    const [a, b] = [await scene.idOf('a'), await scene.idOf('b')];
    await scene.learn({ ledger: null, forgetLedger: true, forgottenId: a }, { ledger: null, forgottenId: b });
    await scene.learn({ ledger: null, forgetLedger: true });
    expect(await scene.places()).toEqual(['b > b']);
    expect(await scene.counts()).toEqual([1, 1]);
  });

  it('remembers of one entry alone which versions were judged', async () => {
    await scene.learn(...['a', 'b'].map((key) => ({ ledger: entry(key) })));
    await scene.ledger.judge(await scene.idOf('a'), 'v1 v2');
    expect((await scene.stored()).map(({ sourceKey, judged }) => [sourceKey, judged]).sort()).toEqual([
      ['a', 'v1 v2'],
      ['b', null],
    ]);
  });

  it('revises entries by what is really there, under their own numbers', async () => {
    await scene.learn(...['a', 'b', 'c'].map((key) => ({ ledger: entry(key) })));
    const [a, b] = [await scene.idOf('a'), await scene.idOf('b')];
    await scene.revise({ id: a, entry: { ...entry('a', 'new'), id: a } }, { id: b, entry: null });
    expect(await scene.places()).toEqual(['a > new', 'c > c']);
    expect(await scene.idOf('a')).toBe(a);
    expect(await scene.counts()).toEqual([2, 2]);
  });

  it('keeps the number of an entry that is told with it, also beside new ones and one of a former release', async () => {
    await scene.learn(...['a', 'b', 'c'].map((key) => ({ ledger: entry(key) })));
    const a = await scene.idOf('a');
    await scene.learn(
      { ledger: entry('x', 'y', { id: a, destinationId: 'i-b' }) },
      { ledger: entry('d') },
      { ledger: entry('e', 'e', { id: 'entry_of_a_former_release' }) },
    );
    expect(await scene.places()).toEqual(['c > c', 'd > d', 'e > e', 'x > y']);
    expect(await scene.idOf('x')).toBe(a);
    expect(await scene.counts()).toEqual([4, 4]);
  });

  it('takes the last of several entries that are told of one item at once', async () => {
    await scene.learn(
      { ledger: entry('a', 'first') },
      { ledger: entry('a', 'second') },
      { ledger: entry('b', 'third') },
      { ledger: entry('c', 'third') },
    );
    expect(await scene.places()).toEqual(['a > second', 'c > third']);
    expect(await scene.counts()).toEqual([2, 2]);
  });

  it('notes the mark of what is written, and the version whose place it took', async () => {
    await scene.learn({ ledger: entry('a') });
    scene.mark = 5;
    await scene.learn({ ledger: entry('b'), replaced: 'v7' });
    const rows = await db.reader.select().from(db.tables.ledgerEntries);
    expect(rows.map((row) => [row.sourceName, row.mark, row.replaced]).sort()).toEqual([
      ['a', null, null],
      ['b', 5, 'v7'],
    ]);
  });

  it('finds entries by their keys without reading the others', async () => {
    if (db.dialect !== 'sqlite') return;
    const { ledgerEntries: table } = db.tables;
    const which = sql`${table.pair} = ${await scene.pairs.current()} and ${isAtSource(table, ['a/b', 'c'])}`;
    const plan = await db.reader.rows<{ detail: string }>(
      sql`explain query plan select 1 from ${table} where ${which}`,
    );
    expect(plan[0]?.detail).toMatch(/SEARCH .* USING .*INDEX ledger_entries_source_place/);
  });
});
