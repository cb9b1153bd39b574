import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { entry, LedgerScene } from './ledger.testing.js';

describeOnBothDatabases('folders that move in the ledger', (open) => {
  let db: Database;
  let scene: LedgerScene;
  beforeEach(async () => {
    db = await open();
    scene = await LedgerScene.open(db);
  });

  const BELOW = ['f/a', 'f/s/b', 'f0', 'fa/x'];
  it.each<[string, [string, string], [string, string], string[]]>([
    ['on both sides', ['f', 'f'], ['g/h', 'g/h'], ['g/h/a > g/h/a', 'g/h/s/b > g/h/s/b']],
    ['at the source only', ['f', 'f'], ['g', 'f'], ['g/a > f/a', 'g/s/b > f/s/b']],
    ['at the destination only', ['f', 'f'], ['f', 'h'], ['f/a > h/a', 'f/s/b > h/s/b']],
    ['to different places', ['f', 'f'], ['g', 'h'], ['g/a > h/a', 'g/s/b > h/s/b']],
  ])('has what is below a folder follow it: %s', async (_, from, to, expected) => {
    await scene.learn(...BELOW.map((key) => ({ ledger: entry(key) })));
    const of = ([sourceKey, destinationKey]: [string, string]) => ({ sourceKey, destinationKey });
    const folder = entry(to[0], to[1], { kind: 'FOLDER', sourceId: 'i1', destinationId: 'i2' });
    await scene.learn({ moved: of(from), ledger: folder });
    expect(await scene.places()).toEqual(['f0 > f0', 'fa/x > fa/x', ...expected, `${to[0]} > ${to[1]}`].sort());
    await scene.learn({ moved: of(to), ledger: { ...folder, ...of(from) } });
    expect(await scene.places()).toEqual([...BELOW.map((key) => `${key} > ${key}`), `${from[0]} > ${from[1]}`].sort());
    const rows = await db.reader.select().from(db.tables.ledgerEntries);
    expect(rows.map(({ destinationFolder }) => destinationFolder)).toEqual(rows.map(() => null));
  });

  it('has only what is remembered below a folder follow it, each side by its own place', async () => {
    const others = [
      ['f/a', 'x/a'],
      ['q/b', 'f/b'],
      ['g/x', 'g/x'],
      ['🙂/c', '🙂/c'],
    ] as const;
    await scene.learn(...others.map(([source, destination]) => ({ ledger: entry(source, destination) })));
    const move = (from: readonly [string, string], to: readonly [string, string]) =>
      scene.learn({
        moved: { sourceKey: from[0], destinationKey: from[1] },
        ledger: entry(to[0], to[1], { kind: 'FOLDER', sourceId: 'i1', destinationId: 'i2' }),
      });
    await move(['f', 'f'], ['k', 'l']);
    expect(await scene.places()).toEqual(['g/x > g/x', 'k > l', 'k/a > x/a', 'q/b > l/b', '🙂/c > 🙂/c']);
    await move(['k', 'g'], ['h', 'h']);
    expect(await scene.places()).toEqual(['g/x > h/x', 'h > h', 'h/a > x/a', 'q/b > l/b', '🙂/c > 🙂/c']);
    await move(['🙂', '🙂'], ['s', '🙂']);
    expect(await scene.places()).toEqual(['g/x > h/x', 'h/a > x/a', 'q/b > l/b', 's > 🙂', 's/c > 🙂/c']);
  });

  it('leaves what is told after a folder that moved where it is told', async () => {
    await scene.learn({ ledger: entry('f/a') });
    const folder = entry('g', 'g', { kind: 'FOLDER' });
    await scene.learn(
      { ledger: entry('f/b') },
      { moved: { sourceKey: 'f', destinationKey: 'f' }, ledger: folder },
      { ledger: entry('f/c') },
    );
    expect(await scene.places()).toEqual(['f/c > f/c', 'g > g', 'g/a > g/a', 'g/b > g/b']);
  });

  it('takes the folders of what is written, forgotten or moved for no longer at rest, and no others', async () => {
    const { restingFolders: table } = db.tables;
    const pair = await scene.pairs.current();
    const keys = ['d', 'e', 'e/in', 'f', 'f/s', 'kept', 'o'];
    await scene.learn({ ledger: entry('e/a') }, { ledger: entry('o/b') });
    const rows = keys.map((sourceKey) => ({
      ...{ pair, sourceKey, destinationKey: `to/${sourceKey}`, sourcePrint: 's', destinationPrint: 'd' },
    }));
    await db.transact(async (tx) => void (await tx.insert(table).values(rows)));
    const resting = async () => (await db.reader.select().from(table)).map(({ sourceKey }) => sourceKey).sort();
    await scene.learn({ ledger: entry('d/a') });
    expect(await resting()).toEqual(keys.slice(1));
    await scene.forget({ sourceKey: 'e/a', kind: 'FILE' });
    expect(await resting()).toEqual(keys.slice(2));
    const place = { sourceKey: 'f', destinationKey: 'f' };
    await scene.learn({ moved: place, ledger: entry('f', 'f', { kind: 'FOLDER' }) });
    expect(await resting()).toEqual(keys.slice(2));
    await scene.learn({
      moved: place,
      ledger: entry('g', 'g', { kind: 'FOLDER', sourceId: 'if', destinationId: 'i-f' }),
    });
    expect(await resting()).toEqual(['e/in', 'kept', 'o']);
    await scene.ledger.forgetEntries([await scene.idOf('o/b')]);
    expect(await resting()).toEqual(['e/in', 'kept']);
  });
});
