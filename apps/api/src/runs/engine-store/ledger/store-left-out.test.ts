import { expect, it } from 'vitest';
import { packItems, type Item } from '@sluice/core/platform';
import { item, ledgerEntry, outcome, step } from '@sluice/core/testing';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError } from '../store-context.js';

const folder = (path: string) => item(path, { kind: 'FOLDER', size: null, version: null });
const inFolder = (key: string, items: Item[]) => ({ key, items: packItems(key === '' ? [] : key.split('/'), items) });

describeOnBothDatabases('what filters leave out of the source', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async () => RunAtWork.begin(await (shared ??= open()));

  /** A run whose ledger has entries with these keys. */
  async function remembering(...keys: string[]): Promise<RunAtWork> {
    const former = await (await begin()).planned(...keys.map((key) => step(key)));
    const claimed = await former.claimed(keys.length);
    await former.store.commit(claimed.map((id, index) => outcome(id, { ledger: ledgerEntry(keys[index]!) })));
    return former.next();
  }

  async function leftOut({ store }: RunAtWork, keys: readonly string[]): Promise<string[]> {
    const isOut = await Promise.all(keys.map((key) => store.isLeftOut(key)));
    return keys.filter((_, index) => isOut[index]);
  }
  const keptKeys = async ({ db, context }: RunAtWork) => {
    const { stagedLeftOut: table } = db.tables;
    const rows = await db.reader.select().from(table).where(eq(table.planId, context.planId));
    return rows.map(({ sourceKey }) => sourceKey).sort();
  };
  const keptListings = ({ db, context }: RunAtWork) => {
    const { stagedBatches: table } = db.tables;
    return db.reader.$count(table, and(eq(table.planId, context.planId), eq(table.side, 'LEFT_OUT')));
  };

  it('is known by folders and by what the ledger knows at its place or by its identity, and no other file is kept', async () => {
    const work = await remembering('f/known', 'renamed', 'in');
    const listed = [
      item('f/known', { id: 'new' }),
      item('f/other', { id: 'id:renamed' }),
      item('f/none'),
      folder('f/g'),
    ];
    await work.store.stageLeftOut([inFolder('f', listed), inFolder('h', [folder('h/i')])], false);
    expect(await keptKeys(work)).toEqual(['f/g', 'f/known', 'h/i', 'renamed']);
    const asked = ['f', 'f/known', 'f/none', 'renamed', 'f/g', 'f/g/deep/x', 'f/g2', 'h', 'h/i/x', 'in'];
    expect(await leftOut(work, asked)).toEqual(['f/known', 'renamed', 'f/g', 'f/g/deep/x', 'h/i/x']);
  });

  it('is that of one plan and of the ledger that is used', async () => {
    const [work, other] = [await remembering('a'), await remembering('b')];
    await work.store.stageLeftOut([inFolder('', [item('a'), item('b'), folder('f')])], false);
    expect(await keptKeys(work)).toEqual(['a', 'f']);
    expect(await leftOut(other, ['a', 'b', 'f'])).toEqual([]);
    expect(await leftOut(work.restarted(), ['a', 'b', 'f'])).toEqual(['a', 'f']);
  });

  it('may be told twice', async () => {
    const work = await remembering('a');
    for (const _ of [1, 2]) await work.store.stageLeftOut([inFolder('', [item('a'), folder('f')])], false);
    await work.store.stageLeftOut([], false);
    expect(await keptKeys(work)).toEqual(['a', 'f']);
  });

  it('is known where it is more than one statement names', async () => {
    const keys = Array.from({ length: 900 }, (_, index) => `${1_000 + index}`);
    const work = await remembering(...keys);
    await work.store.stageLeftOut(
      [
        inFolder(
          '',
          keys.map((key) => item(key, { id: `new ${key}` })),
        ),
      ],
      false,
    );
    expect(await keptKeys(work)).toEqual(keys);
    const next = await work.next();
    await next.store.stageLeftOut(
      [
        inFolder(
          'x',
          keys.map((key) => item(`x/${key}`, { id: `id:${key}` })),
        ),
      ],
      false,
    );
    expect(await keptKeys(next)).toEqual(keys);
  });

  it('is listed whole only where the listing is kept', async () => {
    const work = await begin();
    await work.store.stageLeftOut([inFolder('', [item('a')])], false);
    expect(await keptListings(work)).toBe(0);
    await work.store.stageLeftOut([inFolder('', [item('a')]), inFolder('f', [item('f/b')])], true);
    expect(await keptListings(work)).toBe(2);
    expect(await keptKeys(work)).toEqual([]);
  });

  it('is not told by a process that has lost the run', async () => {
    const work = await begin();
    const told = work.lost().stageLeftOut([inFolder('', [folder('f')])], true);
    await expect(told).rejects.toThrow(LeaseLostError);
    expect([await keptKeys(work), await keptListings(work)]).toEqual([[], 0]);
  });
});
