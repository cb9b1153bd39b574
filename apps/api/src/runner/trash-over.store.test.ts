import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { seedJob, seedRun } from '../runs/engine-store/testing.js';
import { trashOver } from './trash-over.store.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const daysAgo = (days: number, milliseconds = 0) => new Date(NOW - days * DAY_MS + milliseconds);

/** A run whose plan was made within a minute so many days ago. */
async function planned(db: Database, jobId: string, number: number, days: number, isPruned: boolean): Promise<void> {
  const { planId } = await seedRun(db, jobId, number);
  const { plans } = db.tables;
  const times = { createdAt: daysAgo(days), finishedAt: daysAgo(days, 60_000) };
  await db.transact(async (tx) => {
    await tx
      .update(plans)
      .set({ ...times, isPruned })
      .where(eq(plans.id, planId));
  });
}

describeOnBothDatabases('what is over in the trash', (open) => {
  it('is that of runs of the job, of long enough ago, that can be undone no longer', async () => {
    const db = await open();
    const [own, other] = [await seedJob(db), await seedJob(db)];
    await planned(db, own, 1, 90, true);
    await planned(db, own, 2, 80, true);
    await planned(db, own, 3, 70, false);
    await planned(db, own, 4, 20, true);
    await planned(db, other, 1, 60, true);
    await planned(db, other, 2, 80, false);
    const at = (days: number) => daysAgo(days, 5_000);
    const over = trashOver(db, own, { now: NOW, retention: 30 * DAY_MS });
    expect(await over([at(90), at(85), at(80), at(70), at(60), at(20), daysAgo(90, 61_000)])).toEqual([at(90)]);
  });
});
