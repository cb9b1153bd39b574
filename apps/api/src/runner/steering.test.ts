import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { RunContext, RunEnd } from '@sluice/core/run';
import { openDatabase } from '../db/open-database.js';
import { coreEngine, type Engine } from './engine.js';
import { openShareApp, QUICK_WORK, type ShareApp } from './testing.js';

type Script = (context: RunContext, call: number) => Promise<RunEnd>;

/** An engine that does what the test says and counts its calls. */
function scripted(script: Script): Engine & { calls: number } {
  const engine = {
    ...coreEngine,
    calls: 0,
    executeRun: (context: RunContext) => script(context, ++engine.calls),
    makePlan: async () => undefined,
  };
  return engine;
}

const open = (engine: Engine, folder?: string) =>
  openShareApp(folder === undefined ? {} : { dataFolder: folder }, { work: { ...QUICK_WORK, engine } });

const stopped = (context: RunContext) =>
  new Promise<RunEnd>((resolve) => context.control.onStopping(() => resolve({ kind: 'STOPPED' })));

async function start(app: ShareApp): Promise<{ jobId: string; id: string }> {
  const jobId = await app.createJob();
  const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(mutation, { id: jobId });
  return { jobId, id: runStart.run.id };
}

const act = async (app: ShareApp, action: string, id: string) => {
  const mutation = `mutation ($id: ID!) { ${action} { run { state } userErrors { code ... on InvalidStateError { currentState allowedStates } } } }`;
  const reply = await app.send<
    Record<string, { run: { state: string } | null; userErrors: { code: string; currentState: string }[] }>
  >(mutation, { id });
  return Object.values(reply.data ?? {})[0];
};
const pause = (app: ShareApp, id: string) => act(app, 'runPause(id: $id)', id);
const resume = (app: ShareApp, id: string) => act(app, 'runResume(id: $id)', id);
const cancel = (app: ShareApp, id: string, now = false) => act(app, `runCancel(id: $id, isImmediate: ${now})`, id);
const reaches = (app: ShareApp, id: string, wanted: string) =>
  app.until(
    () => app.runState(id),
    (state) => state === wanted,
  );

it('pauses and resumes a run; repeating either has no effect', async () => {
  const engine = scripted(async (context, call) => {
    await context.store.enter('TRANSFERRING');
    return call === 1 ? stopped(context) : { kind: 'DONE' };
  });
  await using app = await open(engine);
  const { id } = await start(app);
  await reaches(app, id, 'TRANSFERRING');
  const replies = await Promise.all([pause(app, id), pause(app, id), pause(app, id)]);
  for (const reply of replies) expect(reply).toMatchObject({ userErrors: [] });
  expect(await reaches(app, id, 'PAUSED')).toBe('PAUSED');
  expect(await pause(app, id)).toMatchObject({ run: { state: 'PAUSED' }, userErrors: [] });
  await Promise.all([resume(app, id), resume(app, id)]);
  expect(await reaches(app, id, 'SUCCEEDED')).toBe('SUCCEEDED');
  expect(engine.calls).toBe(2);
  expect(await resume(app, id)).toMatchObject({
    run: null,
    userErrors: [{ code: 'INVALID_STATE', currentState: 'SUCCEEDED' }],
  });
});

it('cancels a run gracefully, or at once when it is asked to', async () => {
  const seen: string[] = [];
  const engine = scripted(async (context) => {
    const end = await new Promise<RunEnd>((resolve) => {
      context.control.signal.addEventListener('abort', () => resolve({ kind: 'STOPPED' }));
      context.control.onStopping(() => seen.push(context.control.signal.aborted ? 'aborted' : 'stopping'));
    });
    seen.push('ended');
    return end;
  });
  await using app = await open(engine);
  const { id, jobId } = await start(app);
  await app.until(
    async () => engine.calls,
    (calls) => calls === 1,
  );
  expect(await cancel(app, id, true)).toMatchObject({ userErrors: [] });
  expect(await reaches(app, id, 'CANCELED')).toBe('CANCELED');
  expect(seen.at(-1)).toBe('ended');
  expect(await cancel(app, id)).toMatchObject({ run: { state: 'CANCELED' }, userErrors: [] });
  const mutation = 'mutation ($id: ID!) { jobDelete(id: $id) { deletedId userErrors { code } } }';
  expect(await app.ask(mutation, { id: jobId })).toEqual({ jobDelete: { deletedId: jobId, userErrors: [] } });
});

it('never has two active runs of a job', async () => {
  await using app = await open(scripted(stopped));
  const { id, jobId } = await start(app);
  const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code message } } }';
  const replies = await Promise.all(Array.from({ length: 5 }, () => app.send(mutation, { id: jobId })));
  for (const { data } of replies)
    expect(data).toMatchObject({ runStart: { run: null, userErrors: [{ code: 'INVALID_STATE' }] } });
  await cancel(app, id);
  await reaches(app, id, 'CANCELED');
  expect((await app.send(mutation, { id: jobId })).data).toMatchObject({ runStart: { userErrors: [] } });
});

it('starts one run for one key, however often it is asked', async () => {
  await using app = await open(scripted(stopped));
  const jobId = await app.createJob();
  const mutation =
    'mutation ($id: ID!) { runStart(jobId: $id, idempotencyKey: "k") { run { id } userErrors { code } } }';
  const first = await app.send<{ runStart: { run: { id: string } } }>(mutation, { id: jobId });
  const again = await app.send<{ runStart: { run: { id: string } } }>(mutation, { id: jobId });
  expect(again.data).toEqual(first.data);
  expect(again.headers['idempotency-replayed']).toBe('true');
});

it('goes on after a restart, also with what a killed process held', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-restart-'));
  const first = await open(
    scripted(async (context) => {
      await context.store.enter('TRANSFERRING');
      return stopped(context);
    }),
    folder,
  );
  const { id } = await start(first);
  await reaches(first, id, 'TRANSFERRING');
  await first.app.close();
  const db = await openDatabase({ dataFolder: folder, databaseUrl: null, role: 'all' });
  const [row] = await db.reader.select().from(db.tables.runs);
  expect(row).toMatchObject({ state: 'QUEUED', leaseOwner: null });
  const held = {
    state: 'TRANSFERRING' as const,
    leaseOwner: 'lease_dead',
    leaseUntil: new Date('2999-01-01T00:00:00Z'),
  };
  await db.transact(async (tx) => void (await tx.update(db.tables.runs).set(held)));
  await db.close();
  await using second = await open(
    scripted(async () => ({ kind: 'DONE' })),
    folder,
  );
  expect(await reaches(second, id, 'SUCCEEDED')).toBe('SUCCEEDED');
  await first[Symbol.asyncDispose]();
});

it('shows a wait for calls, and no short one', async () => {
  const until = new Date(Date.now() + 60_000);
  let goOn: () => void = () => undefined;
  const engine = scripted(async (context) => {
    await context.store.enter('TRANSFERRING');
    context.report.waiting(until);
    await new Promise<void>((resolve) => (goOn = resolve));
    context.report.waiting(null);
    return stopped(context);
  });
  await using app = await open(engine);
  const { id } = await start(app);
  expect(await reaches(app, id, 'AWAITING_BUDGET')).toBe('AWAITING_BUDGET');
  const { run } = await app.ask<{ run: object }>(
    'query ($id: ID!) { run(id: $id) { waitingUntil stateReason { code isRetryable } } }',
    { id },
  );
  expect(run).toEqual({ waitingUntil: until.toISOString(), stateReason: { code: 'RATE_LIMITED', isRetryable: true } });
  goOn();
  expect(await reaches(app, id, 'TRANSFERRING')).toBe('TRANSFERRING');
});

it.each([
  ['SCHEDULE', {}, 'CARRIED_OVER'],
  ['SCHEDULE', { onBudgetExhausted: 'WAIT' }, 'AWAITING_BUDGET'],
  ['MANUAL', {}, 'AWAITING_BUDGET'],
  ['MANUAL', { onBudgetExhausted: 'CARRY_OVER' }, 'CARRIED_OVER'],
])('a run by %s with %j is %s when the calls of the hour are used up', async (trigger, policies, state) => {
  const until = new Date(Date.now() + 1_800_000);
  const engine = scripted(async (context) => {
    await context.store.enter('LISTING');
    await context.store.finishPlan('digest');
    await context.store.enter('TRANSFERRING');
    context.report.waiting(until);
    return stopped(context);
  });
  await using app = await open(engine);
  const starts = { intervalAfterEnd: trigger === 'SCHEDULE' ? 'PT1S' : 'PT24H' };
  const jobId = await app.createJob({ policies, schedule: { starts } });
  const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  if (trigger === 'MANUAL') await app.ask(mutation, { id: jobId });
  const query = 'query ($id: ID!) { job(id: $id) { latestRun { state trigger } } }';
  const { job } = await app.until(
    () => app.ask<{ job: { latestRun: { state: string; trigger: string } | null } }>(query, { id: jobId }),
    ({ job: { latestRun } }) => latestRun?.state === state,
  );
  expect(job.latestRun).toEqual({ state, trigger });
});

it('rests without a sign-in and goes on by itself once the connection works again', async () => {
  const engine = scripted(async (_context, call) => {
    if (call === 1) return { kind: 'BROKEN', error: new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.') };
    return { kind: 'DONE' };
  });
  await using app = await open(engine);
  const { db, changes } = app.app.base;
  const set = (status: 'NEEDS_SIGN_IN' | 'HEALTHY') =>
    db.transact(async (tx) => {
      await tx.update(db.tables.connections).set({ status });
      await changes.record(tx, { topic: 'CONNECTION', change: 'UPDATED', subjectId: app.connections.source });
    });
  const { id, jobId } = await start(app);
  await set('NEEDS_SIGN_IN');
  await reaches(app, id, 'PAUSED');
  const { run } = await app.ask<{ run: object }>(
    'query ($id: ID!) { run(id: $id) { state stateReason { code } job { state } } }',
    { id },
  );
  if (engine.calls === 1) expect(run).toMatchObject({ state: 'PAUSED', stateReason: { code: 'SIGN_IN_REQUIRED' } });
  await set('HEALTHY');
  expect(await reaches(app, id, 'SUCCEEDED')).toBe('SUCCEEDED');
  await set('NEEDS_SIGN_IN');
  const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  expect((await app.send(mutation, { id: jobId })).data).toEqual({
    runStart: { run: null, userErrors: [{ code: 'SIGN_IN_REQUIRED' }] },
  });
});

it('rests without the network and goes on by itself when its rest is over', async () => {
  const engine = scripted(async (_context, call) => {
    if (call === 1) return { kind: 'BROKEN', error: new PlatformError('UNREACHABLE', 'The host is gone.') };
    return { kind: 'DONE' };
  });
  await using app = await open(engine);
  const { db } = app.app.base;
  const { id } = await start(app);
  expect(await reaches(app, id, 'PAUSED')).toBe('PAUSED');
  const query = 'query ($id: ID!) { run(id: $id) { waitingUntil stateReason { code isRetryable } } }';
  const { run } = await app.ask<{ run: { waitingUntil: string } }>(query, { id });
  expect(run).toMatchObject({ stateReason: { code: 'REMOTE_UNREACHABLE', isRetryable: true } });
  const left = Date.parse(run.waitingUntil) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(15_000);
  await db.transact(async (tx) => void (await tx.update(db.tables.runs).set({ waitingUntil: new Date(0) })));
  expect(await reaches(app, id, 'SUCCEEDED')).toBe('SUCCEEDED');
  expect(engine.calls).toBe(2);
});

it('gives the places of runs that wait for calls to others', async () => {
  const until = new Date(Date.now() + 3_600_000);
  const engine = scripted(async (context, call) => {
    if (call > 8) return { kind: 'DONE' };
    await context.store.enter('TRANSFERRING');
    context.report.waiting(until);
    return stopped(context);
  });
  await using app = await open(engine);
  const mutation = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  const ids: string[] = [];
  for (let number = 1; number <= 9; number++) {
    const jobId = await app.createJob({ name: `Copy ${number}` });
    const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(mutation, { id: jobId });
    ids.push(runStart.run.id);
  }
  expect(await reaches(app, ids[8]!, 'SUCCEEDED')).toBe('SUCCEEDED');
  expect(await reaches(app, ids[0]!, 'AWAITING_BUDGET')).toBe('AWAITING_BUDGET');
});

it('ends a run by a defect without telling what it was, and others go on', async () => {
  const engine = scripted(async (_context, call) => {
    if (call === 1) throw new TypeError('secret detail');
    return { kind: 'DONE' };
  });
  await using app = await open(engine);
  const { id, jobId } = await start(app);
  expect(await reaches(app, id, 'FAILED')).toBe('FAILED');
  const query = 'query ($id: ID!) { run(id: $id) { stateReason { code message } events { message } } }';
  const reply = await app.send(query, { id });
  expect(reply.data).toMatchObject({ run: { stateReason: { code: 'INTERNAL_ERROR' } } });
  expect(JSON.stringify(reply.data)).not.toContain('secret detail');
  expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED');
});

it('fails a run whose policy is to halt', async () => {
  await using app = await open(scripted(async () => ({ kind: 'HALTED', message: 'a.txt: no right.' })));
  const { id } = await start(app);
  await reaches(app, id, 'FAILED');
  const { run } = await app.ask<{ run: object }>('query ($id: ID!) { run(id: $id) { stateReason { code } } }', { id });
  expect(run).toEqual({ stateReason: { code: 'ITEM_FAILED' } });
});

it('takes its calls by the share of the job, also by one that is changed while it runs', async () => {
  const shares: (number | undefined)[] = [];
  const engine = scripted(async (context) => {
    shares.push(context.share?.());
    await context.store.enter('TRANSFERRING');
    while (context.share?.() === shares[0]) await context.clock.sleep(5);
    shares.push(context.share?.());
    return { kind: 'DONE' };
  });
  await using app = await open(engine);
  const { id, jobId } = await start(app);
  await reaches(app, id, 'TRANSFERRING');
  const mutation =
    'mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) { job { policies { budgetShare } } userErrors { code } } }';
  const changed = await app.ask(mutation, { id: jobId, input: { policies: { budgetShare: 0.25 } } });
  expect(changed).toMatchObject({ jobUpdate: { job: { policies: { budgetShare: 0.25 } } } });
  expect(await reaches(app, id, 'SUCCEEDED')).toBe('SUCCEEDED');
  expect(shares).toEqual([1, 0.25]);
});
