import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { RunRow } from '../db/row-types.js';
import { MOST_CRASHES, SUSPECT_CRASHES } from './crashes.js';
import { coreEngine, type Engine } from './engine.js';
import { openShareApp, QUICK_WORK } from './testing.js';

it('a run that was put aside rests until a person resumes it, and what is done then clears it of suspicion', async () => {
  let isHeld = true;
  const executeRun: Engine['executeRun'] = async ({ store, control }) => {
    await store.enter('TRANSFERRING');
    while (isHeld && !control.isStopping) await new Promise((resolve) => setTimeout(resolve, 5));
    return { kind: isHeld ? 'STOPPED' : 'DONE' };
  };
  const engine: Engine = { ...coreEngine, executeRun, makePlan: async () => undefined };
  await using app = await openShareApp({}, { work: { ...QUICK_WORK, engine } });
  const { db } = app.app.base;
  const { runs } = db.tables;
  const start = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(start, { id: await app.createJob() });
  const { id } = runStart.run;
  const change = (fields: Partial<RunRow>) =>
    db.transact(async (tx) => void (await tx.update(runs).set(fields).where(eq(runs.id, id))));
  const reaches = (wanted: string) =>
    app.until(
      () => app.runState(id),
      (state) => state === wanted,
    );
  await reaches('TRANSFERRING');

  await change({ leaseOwner: null, leaseUntil: null, crashes: MOST_CRASHES });
  expect(await reaches('PAUSED')).toBe('PAUSED');
  const query = 'query ($id: ID!) { run(id: $id) { stateReason { code message } events { kind severity } } }';
  const { run } = await app.ask<{ run: { stateReason: { code: string }; events: { severity: string }[] } }>(query, {
    id,
  });
  expect(run.stateReason.code).toBe('INTERNAL_ERROR');
  expect(run.events.filter(({ severity }) => severity === 'ERROR')).toHaveLength(1);

  // A run that rests for want of a sign-in shows that the runner has looked at all that rest, in the second round for sure.
  const other = {
    source: { connectionId: app.connections.destination },
    destination: { connectionId: app.connections.source },
  };
  const second = await app.ask<{ runStart: { run: { id: string } } }>(start, {
    id: await app.createJob({ name: 'Other', ...other }),
  });
  const shown = second.runStart.run.id;
  for (let round = 1; round <= 2; round++) {
    await app.until(
      () => app.runState(shown),
      (state) => state === 'TRANSFERRING',
    );
    const fields = {
      state: 'PAUSED',
      stateReason: { code: 'SIGN_IN_REQUIRED', message: '' },
      leaseOwner: null,
    } as const;
    await db.transact(async (tx) => void (await tx.update(runs).set(fields).where(eq(runs.id, shown))));
    await app.ask('mutation ($id: ID!) { connectionTest(id: $id) { userErrors { code } } }', {
      id: app.connections.source,
    });
  }
  await app.until(
    () => app.runState(shown),
    (state) => state === 'TRANSFERRING',
  );
  expect(await app.runState(id)).toBe('PAUSED');

  await change({ crashes: SUSPECT_CRASHES });
  await app.ask('mutation ($id: ID!) { runResume(id: $id) { run { state } userErrors { code } } }', { id });
  await reaches('TRANSFERRING');
  const row = async () => (await db.reader.select().from(runs).where(eq(runs.id, id)))[0]!;
  expect((await row()).crashes).toBe(SUSPECT_CRASHES);
  await change({ counters: { ...(await row()).counters, itemsDone: 1 } });
  expect(
    await app.until(
      async () => (await row()).crashes,
      (crashes) => crashes === 0,
    ),
  ).toBe(0);
  isHeld = false;
  expect(await reaches('SUCCEEDED')).toBe('SUCCEEDED');
});
