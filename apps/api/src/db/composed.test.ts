import { expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { ComposedInsert, ComposedList, ComposedUpdate } from './composed.js';
import { seedJob } from '../runs/engine-store/testing.js';
import { describeOnBothDatabases } from './testing.js';

describeOnBothDatabases('an insert that is composed once', (open) => {
  const failure = (jobId: string, n: number, runCount = n) => ({
    jobId,
    itemKey: `${n} ü\ud83d\ude42`,
    runCount,
    runId: 'run',
  });

  it('writes rows of any number, and those that stand again as it is told', async () => {
    const db = await open();
    const jobId = await seedJob(db);
    const { itemFailures } = db.tables;
    let composed = 0;
    const inserts = new ComposedInsert(itemFailures, (tx, rows) => {
      composed++;
      return tx
        .insert(itemFailures)
        .values(rows)
        .onConflictDoUpdate({
          target: [itemFailures.jobId, itemFailures.itemKey],
          set: { runCount: sql`excluded.run_count` },
        });
    });
    const rows = Array.from({ length: 120 }, (_, n) => failure(jobId, n));
    expect(await db.transact((tx) => inserts.run(tx, rows))).toBe(120);
    await db.transact((tx) =>
      inserts.run(
        tx,
        rows.map((row) => ({ ...row, runCount: 7 })),
      ),
    );
    await db.transact((tx) => inserts.run(tx, []));
    // 120 are 50, 50, 16 and 4.
    expect(composed).toBe(3);
    const found = await db.reader.select().from(itemFailures);
    expect(found).toHaveLength(120);
    expect(found).toContainEqual(failure(jobId, 119, 7));
  });
});

const PEN = '\ud83d\udd8a';

describeOnBothDatabases('an update and a list that are composed once', (open) => {
  it('gives each row its own values, of every kind, and all of them what they have alike', async () => {
    const db = await open();
    const jobIds: string[] = [];
    for (let n = 0; n < 60; n++) jobIds.push(await seedJob(db));
    const { jobs } = db.tables;
    const updates = new ComposedUpdate(
      db.dialect,
      jobs,
      ['description', 'ledgerItemCount', 'isDraft', 'latestRunAt', 'labels'],
      {
        transferType: sql`'SYNC'`,
      },
    );
    const changes = jobIds.slice(1).map((id, index) => ({
      ...{ id, description: index === 3 ? null : `${index} ü${PEN}`, ledgerItemCount: index * 5_000_000_000 },
      ...{ isDraft: index % 2 === 0, latestRunAt: new Date(1_700_000_000_000 + index), labels: [`${index}`, PEN] },
    }));
    await db.transact((tx) => updates.run(tx, changes));
    await db.transact((tx) => updates.run(tx, []));
    const found = await db.reader.select().from(jobs);
    const changed = found.filter(({ transferType }) => transferType === 'SYNC');
    expect(changed).toHaveLength(59);
    for (const row of changes) expect(changed).toContainEqual(expect.objectContaining(row));
  });

  it.each([1, 16, 17, 600])('finds the rows that have one of %i values', async (count) => {
    const db = await open();
    const jobId = await seedJob(db);
    const { itemFailures } = db.tables;
    const rows = Array.from({ length: count + 5 }, (_, n) => ({ jobId, itemKey: `${n}'`, runCount: n, runId: 'run' }));
    for (let start = 0; start < rows.length; start += 100)
      await db.transact(async (tx) => void (await tx.insert(itemFailures).values(rows.slice(start, start + 100))));
    const list = new ComposedList(itemFailures.itemKey, (tx, keys) =>
      tx
        .update(itemFailures)
        .set({ runId: sql`${sql.placeholder('run')}` })
        .where(sql`${itemFailures.itemKey} in ${keys}`),
    );
    const keys = rows.slice(0, count).map(({ itemKey }) => itemKey);
    await db.transact((tx) => list.run(tx, keys, { run: 'later' }));
    await db.transact((tx) => list.run(tx, [], { run: 'never' }));
    const found = await db.reader.select().from(itemFailures);
    expect(
      found
        .filter(({ runId }) => runId === 'later')
        .map(({ itemKey }) => itemKey)
        .sort(),
    ).toEqual(keys.sort());
    expect(found).toHaveLength(count + 5);
  });
});
