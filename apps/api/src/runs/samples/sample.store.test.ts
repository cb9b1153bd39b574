import { expect, it } from 'vitest';
import type { CallsMade } from '../../db/tables/runs.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { emptyCounters } from '../engine-store/counters.js';
import { seedJob, seedRun } from '../engine-store/testing.js';
import { MAX_SAMPLES } from './figures.js';
import { SampleStore } from './sample.store.js';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const at = (seconds: number) => new Date(NOON + seconds * 1_000);

describeOnBothDatabases('samples of runs', (open) => {
  async function setUp() {
    const db = await open();
    const store = new SampleStore(db);
    const { runId: id } = await seedRun(db, await seedJob(db), 1);
    const note = (seconds: number, done: number, more: { isLast?: boolean; flagged?: number; run?: string } = {}) => {
      const outcomes = { FLAGGED: { items: more.flagged ?? 0, bytes: 0 } };
      const counters = { ...emptyCounters(), outcomes, itemsDone: done, bytesDone: 100 * done };
      const calls: CallsMade[] = [{ budgetId: 'b', total: 2 * done, throttled: 0 }];
      return db.transact((tx) => store.note(tx, { id: more.run ?? id, counters, calls }, at(seconds), more.isLast));
    };
    return { db, store, id, note };
  }

  it('are taken at intervals and at the end, and those of another run stand apart', async () => {
    const { db, store, id, note } = await setUp();
    const { runId: other } = await seedRun(db, await seedJob(db), 1);
    for (const [seconds, done] of [
      [0, 0],
      [0.2, 1],
      [1, 3],
      [1.8, 4],
    ] as const)
      await note(seconds, done);
    await note(1.4, 9, { run: other });
    await note(1.9, 5, { isLast: true, flagged: 1 });
    await note(1.9, 5, { isLast: true, flagged: 1 });
    const samples = await store.ofRun(id);
    expect(samples.map((one) => [(one.at.getTime() - NOON) / 1_000, one.itemsDone, one.callCount])).toEqual([
      [0, 0, 0],
      [1, 3, 6],
      [1.9, 5, 10],
    ]);
    expect(samples.at(-1)).toMatchObject({ bytesDone: 500, itemsFlagged: 1 });
    expect(await store.ofRun(other)).toHaveLength(1);
  });

  it('of a long run become fewer instead of many, and its first one stays', async () => {
    const { store, id, note } = await setUp();
    for (let count = 0; count <= MAX_SAMPLES; count++) await note(count, count);
    const samples = await store.ofRun(id);
    expect(samples).toHaveLength(MAX_SAMPLES / 2 + 1);
    expect([samples[0]?.at, samples.at(-1)?.at]).toEqual([at(0), at(MAX_SAMPLES)]);
  });

  it('give the activity of all runs together, without what was done before a first sample, for 24 hours', async () => {
    const { db, store, note } = await setUp();
    const { runId: other } = await seedRun(db, await seedJob(db), 1);
    await note(0, 1);
    await note(60, 3, { flagged: 2 });
    await note(60, 50, { run: other });
    await note(120, 51, { run: other });
    await note(700, 4, { flagged: 0 });
    const spans = [
      { from: at(0), itemsDone: 3, bytesDone: 300, callCount: 6, itemsFlagged: 2 },
      { from: at(600), itemsDone: 1, bytesDone: 100, callCount: 2, itemsFlagged: 0 },
    ];
    expect(await store.activity(at(720))).toEqual(spans);
    const nextDay = at(86_400 + 600);
    expect(await store.activity(nextDay)).toEqual(spans.slice(1));
    await store.prune(nextDay);
    expect(await store.activity(at(720))).toEqual(spans.slice(1));
  });
});
