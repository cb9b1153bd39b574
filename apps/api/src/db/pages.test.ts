import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { encodeCursor } from '../graphql/cursors.js';
import type { PageArguments } from '../graphql/paging.js';
import type { Database } from './database.js';

import { selectPage } from './pages.js';
import type { SortKey } from './rows.js';
import { describeOnBothDatabases } from './testing.js';

const HOSTS = ['a', 'b', 'B', 'ä'];
const count = 60;

async function fill(db: Database): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `r${String((i * 37) % count).padStart(3, '0')}`,
    apiHost: HOSTS[i % 3] ?? '',
    client: String(i),
    label: 'x',
    reserveShare: 0,
    hourlyLimit: i,
    updatedAt: new Date(1_790_000_000_000 + (i % 4) * 1_000),
  }));
  await db.transact(async (tx) => void (await tx.insert(db.tables.budgets).values(rows)));
}

describeOnBothDatabases('pages', (open) => {
  const page = (db: Database, keys: SortKey[], args: PageArguments, list = 'all') =>
    selectPage({ reader: db.reader, from: db.tables.budgets, orderBy: keys, page: args, list: [list] });

  it('hold every row once, in order, in both directions and with mixed orders', async () => {
    const db = await open();
    await fill(db);
    const { apiHost, id, updatedAt } = db.tables.budgets;
    const orders: SortKey[][] = [
      [{ column: apiHost }, { column: id }],
      [{ column: updatedAt, isDescending: true }, { column: id }],
      [
        { column: updatedAt, isDescending: true },
        { column: id, isDescending: true },
      ],
    ];
    for (const keys of orders) {
      const all = (await page(db, keys, { first: 100 })).nodes.map((row) => row.id);
      expect(new Set(all).size).toBe(count);
      for (const size of [1, 7, 20, 60]) {
        expect(await walk(db, keys, size, 'FORWARD')).toEqual(all);
        expect(await walk(db, keys, size, 'BACKWARD')).toEqual(all);
      }
    }
  });

  async function walk(db: Database, keys: SortKey[], size: number, way: 'FORWARD' | 'BACKWARD'): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages <= count; pages++) {
      const args: PageArguments = way === 'FORWARD' ? { first: size, after: cursor } : { last: size, before: cursor };
      const { nodes, pageInfo } = await page(db, keys, args);
      const isFirst = cursor === null;
      if (way === 'FORWARD') ids.push(...nodes.map((row) => row.id));
      else ids.unshift(...nodes.map((row) => row.id));
      const [goesOn, cameFrom] =
        way === 'FORWARD'
          ? [pageInfo.hasNextPage, pageInfo.hasPreviousPage]
          : [pageInfo.hasPreviousPage, pageInfo.hasNextPage];
      expect(cameFrom).toBe(!isFirst);
      expect(goesOn).toBe(ids.length < count);
      if (!goesOn) return ids;
      cursor = way === 'FORWARD' ? pageInfo.endCursor : pageInfo.startCursor;
    }
    throw new Error('The pages do not end.');
  }

  it('go on at the same place when rows come and go meanwhile', async () => {
    const db = await open();
    await fill(db);
    const keys = [{ column: db.tables.budgets.id }];
    const first = await page(db, keys, { first: 10 });
    const last = first.nodes.at(-1);
    await db.transact(async (tx) => {
      const { budgets } = db.tables;
      await tx.insert(budgets).values({ ...last, id: 'a', client: 'new' } as typeof budgets.$inferInsert);
    });
    const second = await page(db, keys, { first: 10, after: first.pageInfo.endCursor });
    expect(second.nodes[0]?.id).toBe('r010');
  });

  it('of a range hold its rows alone, whatever the cursor, and know of no others', async () => {
    const db = await open();
    await fill(db);
    const { hourlyLimit } = db.tables.budgets;
    const within = { range: { first: sql`10`, last: sql`39` }, orderBy: [{ column: hourlyLimit }], list: ['all'] };
    const pageOf = async (args: PageArguments) => {
      const { nodes, pageInfo } = await selectPage({
        ...within,
        reader: db.reader,
        from: db.tables.budgets,
        page: args,
      });
      return [nodes[0]?.hourlyLimit, nodes.at(-1)?.hourlyLimit, pageInfo.hasPreviousPage, pageInfo.hasNextPage];
    };
    const at = (limit: number) => encodeCursor(['all'], [limit]);
    expect(await pageOf({ first: 10 })).toEqual([10, 19, false, true]);
    expect(await pageOf({ first: 10, after: at(19) })).toEqual([20, 29, true, true]);
    expect(await pageOf({ first: 100, after: at(29) })).toEqual([30, 39, true, false]);
    expect(await pageOf({ last: 10 })).toEqual([30, 39, true, false]);
    expect(await pageOf({ last: 100, before: at(20) })).toEqual([10, 19, false, true]);
    expect(await pageOf({ first: 100, after: at(5) })).toEqual([10, 39, false, false]);
    expect(await pageOf({ last: 100, before: at(50) })).toEqual([10, 39, false, false]);
  });

  it('know whether rows lie outside of an empty page', async () => {
    const db = await open();
    const keys = [{ column: db.tables.budgets.id }];
    expect((await page(db, keys, { first: 5 })).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
    await fill(db);
    const all = await page(db, keys, { first: 100 });
    const after = await page(db, keys, { first: 5, after: all.pageInfo.endCursor });
    expect([after.nodes.length, after.pageInfo.hasPreviousPage, after.pageInfo.hasNextPage]).toEqual([0, true, false]);
  });

  it('refuse sizes out of range and cursors that are damaged or of another list', async () => {
    const db = await open();
    await fill(db);
    const keys = [{ column: db.tables.budgets.id }];
    for (const args of [{ first: 0 }, { first: -1 }, { first: 101 }, { last: 1e9 }, { first: 1, last: 1 }]) {
      await expect(page(db, keys, args)).rejects.toMatchObject({ extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE' } });
    }
    const cursor = (await page(db, keys, { first: 1 })).pageInfo.endCursor ?? '';
    const other = Buffer.from('[1,"x","r001"]').toString('base64url');
    const byDate = [{ column: db.tables.budgets.updatedAt }];
    const attempts = [
      page(db, keys, { after: cursor.slice(0, -4) }),
      page(db, keys, { after: 'nonsense' }),
      page(db, keys, { after: other }),
      page(db, keys, { after: cursor }, 'another list'),
      page(db, byDate, { after: cursor }),
    ];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    }
  });

  it('refuse a cursor whose values the database cannot hold', async () => {
    const db = await open();
    await fill(db);
    const { apiHost, id, updatedAt } = db.tables.budgets;
    const byText: SortKey[] = [{ column: apiHost }, { column: id }];
    const byDate: SortKey[] = [{ column: updatedAt }, { column: id }];
    const forged: [SortKey[], (string | number)[]][] = [
      [byText, ['a\0', 'r000']],
      [byText, ['a', '\ud800']],
      [byDate, [8.64e15, 'r000']],
      [byDate, [-62_198_755_200_000, 'r000']],
      [byDate, [1.5, 'r000']],
    ];
    for (const [keys, values] of forged) {
      const after = encodeCursor(['all'], values);
      await expect(page(db, keys, { after })).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    }
  });
});
