import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, sharedPostgres } from '../db/postgres.testing.js';
import { openShareApp, type ShareApp } from './testing.js';

describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')('runs on Postgres', () => {
  let app: ShareApp;
  beforeAll(async () => {
    app = await openShareApp({ databaseUrl: await (await sharedPostgres()).createCurrentDatabase() });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('copies, plans, flags and lists', async () => {
    for (let index = 0; index < 30; index++) app.put(`folder ${index % 3}/ü ${index}.txt`, `content ${index}`);
    app.put('empty.txt', '');
    const jobId = await app.createJob({ policies: { zeroByteFile: 'FLAG' }, labels: ['a', 'b'] });
    const { id, state } = await app.runToEnd(jobId);
    expect(state).toBe('SUCCEEDED_WITH_ISSUES');
    expect(app.get('folder 1/ü 1.txt')).toBe('content 1');
    const query = `query ($id: ID!) { run(id: $id) { statistics { itemsDone outcomes { outcome itemCount } }
      items(first: 5, filter: { pathContains: "FOLDER 2/", kind: FILE }) { totalCount nodes { sourcePath } pageInfo { hasNextPage } } } }`;
    expect(await app.ask(query, { id })).toMatchObject({
      run: { statistics: { itemsDone: 33 }, items: { totalCount: 10, pageInfo: { hasNextPage: true } } },
    });
    const jobs =
      'query { jobs(filter: { labels: ["b"], latestRunStates: [SUCCEEDED_WITH_ISSUES] }, orderBy: LATEST_RUN_AT) { totalCount } }';
    expect(await app.ask(jobs)).toEqual({ jobs: { totalCount: 1 } });
    expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED_WITH_ISSUES');
  });

  it('takes over the run of a worker that fell silent, and leaves that of a living one', async () => {
    const { db } = app.app.base;
    const jobId = await app.createJob({ name: 'Taken over', approval: 'ALWAYS' });
    const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
    const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(mutation, { id: jobId });
    const { id } = runStart.run;
    await app.until(
      () => app.runState(id),
      (state) => state === 'AWAITING_APPROVAL',
    );
    const hold = (leaseUntil: Date) =>
      db.transact(async (tx) => {
        await tx.update(db.tables.runs).set({ state: 'TRANSFERRING', leaseOwner: 'lease_other', leaseUntil });
        await tx.update(db.tables.plans).set({ phase: 'TRANSFERRING' });
      });
    await hold(new Date(Date.now() + 60_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await app.runState(id)).toBe('TRANSFERRING');
    // Nobody renews it from here on.
    expect(
      await app.until(
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          return app.runState(id);
        },
        (state) => state.startsWith('SUCCEEDED'),
      ),
    ).toMatch(/^SUCCEEDED/);
  });
});
