import { asc } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { StepOutcome } from '@sluice/core/run';
import { outcome, step } from '@sluice/core/testing';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { createEngineStore } from '../store.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import { seedJob, seedRun } from '../testing.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const context = {
  lease: null,
  planValidity: 86_400_000,
  now: () => NOW,
  changes: { record: async () => undefined },
  onEvents: () => undefined,
};

const ADOPTED = { outcome: 'ADOPTED', reason: 'IDENTICAL', byteCount: 0 } as const;
const at = (ms: number): StepOutcome['attempt'] => ({
  ...{ startedAt: new Date(NOW.getTime() + ms), duration: 1 },
  ...{ reason: null, remoteStatus: null, remoteRequestId: null },
});

/** Stretches that differ from their neighbours in one thing each, and among them outcomes of their own. */
function outcomesOf(ids: readonly string[]): StepOutcome[] {
  return ids.map((id, n) => {
    if (n === 30) return outcome(id, { sha256: 'ab'.repeat(32), verifiedBy: 'CHECKSUM' });
    if (n === 31)
      return outcome(id, { outcome: 'RETRYING', reason: 'NETWORK_ERROR', message: 'No.', verifiedBy: null });
    if (n < 60) return outcome(id, ADOPTED);
    if (n < 90) return outcome(id, { ...ADOPTED, message: 'It was there.' });
    if (n < 120) return outcome(id, { ...ADOPTED, attempt: at(0) });
    if (n < 150) return outcome(id, { ...ADOPTED, attempt: at(7) });
    return outcome(id, { ...ADOPTED, attempt: null });
  });
}

describeOnBothDatabases('outcomes', (open) => {
  let shared: Promise<Database> | undefined;

  /** The items of a run whose outcomes came in parts of that size. */
  async function itemsAfter(size: number) {
    const db = await (shared ??= open());
    const jobId = await seedJob(db);
    const run = await seedRun(db, jobId, 1);
    const store = createEngineStore(db, { ...context, jobId, ...run });
    await store.useLedger(null, { source: 's', destination: 'd' });
    await store.reset();
    await store.appendSteps(Array.from({ length: 180 }, (_, n) => step(`${n}`)));
    await store.finishPlan('digest');
    await store.enter('TRANSFERRING');
    const outcomes = outcomesOf((await store.claim(1_000)).map(({ id }) => id));
    while (outcomes.length > 0) await store.commit(outcomes.splice(0, size));
    const { steps } = db.tables;
    const rows = await db.reader.select().from(steps).where(stepsOfPlan(db, run.planId)).orderBy(asc(steps.id));
    return rows.map(({ id: _id, latestOf, ...row }) => ({ ...row, isLatest: latestOf !== null }));
  }

  it('are kept alike whether many of them that are equal are settled at once, or one after the other', async () => {
    const items = await itemsAfter(1_000);
    expect(items).toEqual(await itemsAfter(1));
    expect(items.filter(({ outcome: found }) => found === 'ADOPTED')).toHaveLength(178);
    expect(new Set(items.map(({ attempts }) => JSON.stringify(attempts))).size).toBe(4);
  });
});
