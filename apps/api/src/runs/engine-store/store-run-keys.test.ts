import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../db/testing.js';
import { addRunKeys, runKeysOf } from './store-run-keys.js';
import { seedJob, seedRun } from './testing.js';

describeOnBothDatabases('the items to which a run is restricted', (open) => {
  it('are kept as rows of their own, however many they are, each once', async () => {
    const db = await open();
    const { runId } = await seedRun(db, await seedJob(db), 1);
    const keys = Array.from({ length: 20_500 }, (_, index) => `f/${String(index).padStart(6, '0')} ü.pdf`);
    await db.transact((tx) => addRunKeys(tx, db, runId, [...keys, keys[0]!]));
    expect(await runKeysOf(db, { id: runId, isRestricted: true })).toEqual(keys);
    expect(await runKeysOf(db, { id: runId, isRestricted: false })).toBeNull();
    expect(await runKeysOf(db, { id: 'run_other', isRestricted: true })).toEqual([]);
  });
});
