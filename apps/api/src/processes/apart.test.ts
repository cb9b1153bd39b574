import { describe, expect, it } from 'vitest';
import { findPostgres, sharedPostgres } from '../db/postgres.testing.js';
import { createLog } from '../log.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { createWorker, type Worker } from '../worker.js';

/** Waits until hints reach the worker, whose connection for them opens in its own time. */
async function reaches(app: ShareApp, worker: Worker): Promise<void> {
  let isReached = false;
  worker.base.hub.listen('probe', () => (isReached = true));
  const probe = () => {
    app.app.base.hub.wake('probe');
    return isReached;
  };
  await expect.poll(probe).toBe(true);
}

/** A run that the API process begins and a worker beside it carries out; `hasHints`: only a hint tells the worker of it. */
async function runBeside(app: ShareApp, hasHints: boolean): Promise<void> {
  const poll = hasHints ? 3_600_000 : 20;
  const worker = await createWorker(
    { ...app.config, role: 'worker' },
    { log: createLog('silent'), work: { poll, beat: 20 } },
  );
  await worker.start();
  try {
    if (hasHints) await reaches(app, worker);
    app.put('plans/a.txt', 'alpha');
    const { id, state } = await app.runToEnd(await app.createJob());
    expect([state, app.get('plans/a.txt')]).toEqual(['SUCCEEDED', 'alpha']);
    const { run } = await app.ask<{ run: { events: { sequence: number }[]; statistics: { itemsDone: number } } }>(
      'query ($id: ID!) { run(id: $id) { events { sequence } statistics { itemsDone } } }',
      { id },
    );
    expect(run.statistics.itemsDone).toBe(2);
    expect(run.events.map(({ sequence }) => sequence)).toEqual(run.events.map((_event, index) => index + 1));
  } finally {
    await worker.close();
  }
}

describe('an API process and a worker that were started apart', () => {
  it('share a SQLite file, and find each other by looking', async () => {
    await using app = await openShareApp({ role: 'api' });
    await runBeside(app, false);
  });

  const isSkipped = findPostgres() === null && process.env['CI'] !== 'true';
  it.skipIf(isSkipped)('wake each other through Postgres', async () => {
    const databaseUrl = await (await sharedPostgres()).createCurrentDatabase();
    await using app = await openShareApp({ role: 'api', databaseUrl });
    await runBeside(app, true);
  });
});
