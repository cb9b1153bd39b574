import { expect, it } from 'vitest';
import { inertStep, type Step } from '@sluice/core/plan';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { Refusal } from '../../problems.js';
import { FlaggedItemStore, type FlaggedItem, type ItemSelection } from './flagged.store.js';
import { IgnoredItems } from './ignored-items.js';
import { FlaggedCountStore } from '../reading/flagged-counts.store.js';
import { ItemStore } from '../reading/item.store.js';
import { emptyCounters } from '../engine-store/counters.js';
import { createEngineStore } from '../engine-store/store.js';
import { seedJob, seedRun } from '../engine-store/testing.js';

const ITEMS = 3_500;
const keyOf = (index: number) => `f/${String(index).padStart(5, '0')}`;

function refused(index: number): Step {
  const item = {
    ...{
      id: keyOf(index),
      identity: null,
      kind: 'FILE' as const,
      path: keyOf(index).split('/'),
      parentId: null,
      size: 7,
    },
    ...{ modifiedAt: null, createdAt: null, version: '1', metaVersion: null, sha256: null, description: null },
    ...{ isPrivate: null, isReadOnly: false, lock: null, handle: null },
  };
  const reason = index % 2 === 0 ? ('FILE_TOO_LARGE' as const) : ('ZERO_BYTES' as const);
  return { ...inertStep(keyOf(index), item), action: 'REFUSE', reason, message: 'It is refused.', byteCount: 7 };
}

describeOnBothDatabases('flagged items that people choose', (open) => {
  async function flagged(count: number) {
    const db = await open();
    const jobId = await seedJob(db);
    const scope = await seedRun(db, jobId, 1);
    const store = createEngineStore(db, {
      ...{ jobId, ...scope, lease: null, planValidity: 1_000, changes: { record: async () => undefined } },
      ...{ now: () => new Date(), onEvents: () => undefined },
    });
    await store.appendSteps(Array.from({ length: count }, (_, index) => refused(index)));
    await store.finishPlan('digest');
    const [job] = await db.reader.select().from(db.tables.jobs).where(eq(db.tables.jobs.id, jobId));
    const items = new FlaggedItemStore(db, new ItemStore(db));
    const choose = (selection: ItemSelection, meanwhile?: (portion: FlaggedItem[]) => Promise<void>) =>
      db.transact(async (tx) => {
        const portions: FlaggedItem[][] = [];
        for await (const portion of items.chosen(tx, job!, selection)) {
          portions.push(portion);
          if (meanwhile) await items.ignore(tx, portion);
        }
        return portions;
      });
    return { db, choose, jobId, ...scope };
  }

  const idsOf = async (db: Database) =>
    (await db.reader.select({ id: db.tables.steps.id }).from(db.tables.steps)).map(({ id }) => id);

  it('come in portions, each once, also where each portion is changed before the next one is read', async () => {
    const { choose, ordinal } = await flagged(ITEMS);
    const portions = await choose({ filter: {} }, async () => undefined);
    expect(portions.map(({ length }) => length)).toEqual([1_000, 1_000, 1_000, 500]);
    expect(portions.flat().map(({ sourceKey }) => sourceKey)).toEqual(
      Array.from({ length: ITEMS }, (_, n) => keyOf(n)),
    );
    await expect(choose({ filter: {} })).rejects.toThrow('no flagged item of this kind');

    const ignored = new IgnoredItems();
    for (const portion of portions) ignored.add(portion);
    const half = { items: ITEMS / 2, bytes: (ITEMS / 2) * 7 };
    const counters = { ...emptyCounters(), outcomes: { FLAGGED: { items: ITEMS, bytes: ITEMS * 7 } } };
    counters.reasons = { FILE_TOO_LARGE: half.items, ZERO_BYTES: half.items };
    ignored.moveIn(counters, ordinal);
    expect(counters).toMatchObject({
      outcomes: { FLAGGED: { items: 0, bytes: 0 }, SKIPPED: { items: ITEMS, bytes: ITEMS * 7 } },
      reasons: { FILE_TOO_LARGE: 0, ZERO_BYTES: 0, IGNORED: ITEMS },
    });
  });

  it('are found by filter and by identifier, each once, and what is none of them is refused by its place in the list', async () => {
    const { db, choose } = await flagged(900);
    const zero = await choose({ filter: { reasons: ['ZERO_BYTES'] } });
    expect(zero.flat()).toHaveLength(450);
    const ids = await idsOf(db);
    expect(
      (await choose({ ids: [...ids, ids[0]!] }))
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.toSorted());
    const error = await choose({ ids: [ids[0]!, 'item_unknown', ids[1]!] }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ problems: [{ code: 'NOT_FOUND', field: ['items', 'ids', '1'] }] });
  });

  it('are counted by job and reason, most first, and no longer once they are ignored', async () => {
    const { db, choose, jobId } = await flagged(5);
    const counted = new FlaggedCountStore(db);
    expect(await counted.all()).toEqual([
      { jobId, reason: 'FILE_TOO_LARGE', itemCount: 3 },
      { jobId, reason: 'ZERO_BYTES', itemCount: 2 },
    ]);
    await choose({ filter: { reasons: ['FILE_TOO_LARGE'] } }, async () => undefined);
    expect(await counted.all()).toEqual([{ jobId, reason: 'ZERO_BYTES', itemCount: 2 }]);
  });
});
