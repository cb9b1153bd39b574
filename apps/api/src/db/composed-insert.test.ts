import { expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { ComposedInsert } from './composed-insert.js';
import { seedJob } from '../runs/testing.js';
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
    await db.transact((tx) => inserts.run(tx, rows));
    await db.transact((tx) =>
      inserts.run(
        tx,
        rows.map((row) => ({ ...row, runCount: 7 })),
      ),
    );
    await db.transact((tx) => inserts.run(tx, []));
    expect(composed).toBe(2);
    const found = await db.reader.select().from(itemFailures);
    expect(found).toHaveLength(120);
    expect(found).toContainEqual(failure(jobId, 119, 7));
  });
});
