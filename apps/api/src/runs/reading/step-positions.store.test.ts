import { inArray } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../db/database.js';
import { stepIdOf } from '../../db/item-ids.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { stepRow } from '../../reads/fill-store.js';
import { seedJob, seedRun } from '../engine-store/testing.js';
import { ItemStore, type ItemFilterValue, type PlacedPage } from './item.store.js';

const ROOTS = { source: '/', destination: '/' };
/** Numbers of the plan's steps: two portions apart, with gaps as a plan that was made again has them. */
const NUMBERS = [...Array(120).keys()].map((index) => (index < 60 ? 3 + index * 2 : 12_000 + index));

describeOnBothDatabases('steps by their place', (open) => {
  async function seeded() {
    const db = await open();
    const jobId = await seedJob(db);
    const [{ ordinal, planId }, other] = [await seedRun(db, jobId, 1), await seedRun(db, jobId, 2)];
    const rowOf = (number: number, at: number) => ({
      ...stepRow(number, { ordinal: at, latestOf: null }),
      outcome: number % 3 === 0 ? ('FLAGGED' as const) : ('CREATED' as const),
    });
    await db.transact(async (tx) => {
      await tx.insert(db.tables.steps).values(NUMBERS.map((number) => rowOf(number, ordinal)));
      await tx.insert(db.tables.steps).values([rowOf(1, other.ordinal)]);
    });
    const items = new ItemStore(db);
    const read = (page: PlacedPage, filter: ItemFilterValue = {}) =>
      items.ofRun({ planId, jobId }, ROOTS, filter, page);
    return { db, read, ordinal, idsOf: (numbers: number[]) => numbers.map((number) => stepIdOf(ordinal, number + 1)) };
  }
  const fits = NUMBERS.filter((number) => number % 3 === 0);

  it('are those that a walk from the first page comes to, in the whole list and in a part of it', async () => {
    const { read, idsOf } = await seeded();
    for (const [filter, all] of [
      [{}, NUMBERS],
      [{ outcomes: ['FLAGGED'] }, fits],
    ] as const)
      for (const offset of [0, 1, 19, 20, 59, 60, 61, all.length - 1]) {
        const page = await read({ first: 5, offset }, filter);
        expect(page.nodes.map(({ id }) => id)).toEqual(idsOf(all.slice(offset, offset + 5)));
        expect(page.pageInfo.hasPreviousPage).toBe(offset > 0);
        expect(page.pageInfo.hasNextPage).toBe(offset + 5 < all.length);
        expect(await page.totalCount).toBe(all.length);
      }
  });

  it('go on by cursor from there', async () => {
    const { read, idsOf } = await seeded();
    const { pageInfo } = await read({ first: 5, offset: 70 });
    const next = await read({ first: 2, after: pageInfo.endCursor });
    expect(next.nodes.map(({ id }) => id)).toEqual(idsOf(NUMBERS.slice(75, 77)));
  });

  it('are none behind the last one, in an empty list and in a plan without steps', async () => {
    const { db, read } = await seeded();
    for (const page of [await read({ offset: 120 }), await read({ offset: 3 }, { pathContains: 'nowhere' })])
      expect([page.nodes, page.pageInfo.hasNextPage]).toEqual([[], false]);
    const jobId = await seedJob(db, { id: 'job_empty' });
    const { planId } = await seedRun(db, jobId, 1);
    const empty = await new ItemStore(db).ofRun({ planId, jobId }, ROOTS, {}, { offset: 7 });
    expect([empty.nodes, await empty.totalCount]).toEqual([[], 0]);
  });

  it('are found where others have left the list since they were counted', async () => {
    const { db, read, idsOf } = await seeded();
    await read({ first: 1, offset: 30 }, { outcomes: ['FLAGGED'] });
    await settle(db, idsOf(fits.slice(20, 30)));
    const left = [...fits.slice(0, 20), ...fits.slice(30)];
    const page = await read({ first: 3, offset: 18 }, { outcomes: ['FLAGGED'] });
    expect(page.nodes.map(({ id }) => id)).toEqual(idsOf(left.slice(18, 21)));
  });

  it('are refused where no list has the place, and beside a cursor', async () => {
    const { read } = await seeded();
    const { pageInfo } = await read({ first: 1 });
    for (const page of [{ offset: -1 }, { offset: 2 ** 26 + 1 }, { offset: 1, after: pageInfo.endCursor }])
      await expect(read(page)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: ['offset'] } });
  });

  it('are not counted for somebody who has gone', async () => {
    const { read } = await seeded();
    await expect(read({ offset: 1, signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });
});

const settle = (db: Database, ids: string[]) =>
  db.transact(async (tx) => {
    const { steps } = db.tables;
    await tx.update(steps).set({ outcome: 'CREATED' }).where(inArray(steps.id, ids));
  });
