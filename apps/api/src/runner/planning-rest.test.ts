import { PlatformError } from '@sluice/core/platform';
import { FakeClock } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import { coreEngine, type Engine } from './engine.js';
import { openShareApp } from './testing.js';

const PLAN = 'query ($id: ID!) { plan(id: $id) { taskState failure { code message isRetryable } } }';
const CREATE = 'mutation ($id: ID!) { planCreate(jobId: $id) { plan { id } userErrors { code message } } }';

interface Plan {
  taskState: string;
  failure: { code: string; message: string; isRetryable: boolean } | null;
}

/** Makes a plan of one file, each time with the first of the errors that are left; tells its end and the tries. */
async function planWith(errors: readonly Error[]): Promise<Plan & { tries: number; tookMs: number }> {
  const clock = new FakeClock(Date.now());
  const left = [...errors];
  let tries = 0;
  const makePlan: Engine['makePlan'] = async (context) => {
    tries += 1;
    const error = left.shift();
    if (error !== undefined) throw error;
    return coreEngine.makePlan(context);
  };
  const engine = { ...coreEngine, makePlan };
  await using app = await openShareApp({}, { work: { poll: 1_000, beat: 3_000, engine }, overrides: { clock } });
  app.put('a.txt', 'alpha');
  const { planCreate } = await app.ask<{ planCreate: { plan: { id: string } } }>(CREATE, { id: await app.createJob() });
  const startedAt = clock.monotonic();
  const read = async () => {
    await clock.advance(5_000);
    return (await app.ask<{ plan: Plan }>(PLAN, { id: planCreate.plan.id })).plan;
  };
  const plan = await app.until(read, ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED');
  return { ...plan, tries, tookMs: clock.monotonic() - startedAt };
}

const unreachable = new PlatformError('UNREACHABLE', 'The server cannot be reached.');
const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

it('a plan that meets a dead network waits, and is made once the network is back', async () => {
  expect(await planWith([unreachable, unreachable, unreachable])).toMatchObject({ taskState: 'SUCCEEDED', tries: 4 });
});

it('a plan waits for a store that is full', async () => {
  expect(await planWith([full])).toMatchObject({ taskState: 'SUCCEEDED', tries: 2 });
});

it.each([
  [unreachable, 'REMOTE_UNREACHABLE', /^The server cannot be reached\. .*waiting did not help; make a plan again/],
  [full, 'STORE_UNAVAILABLE', /database is full.*make a plan again/s],
])(
  'a plan for which trouble lasts fails after a quarter of an hour with its reason and what helps: %s',
  async (error, code, message) => {
    const plan = await planWith(Array.from({ length: 20 }, () => error));
    expect(plan).toMatchObject({ taskState: 'FAILED', failure: { code, isRetryable: true }, tries: 8 });
    expect(plan.failure?.message).toMatch(message);
    expect(plan.tookMs).toBeGreaterThan(14 * 60_000);
    expect(plan.tookMs).toBeLessThan(17 * 60_000);
  },
);

it('a plan does not wait for what no wait mends', async () => {
  const error = new PlatformError('NOT_FOUND', 'The folder is gone.');
  expect(await planWith([error])).toMatchObject({
    taskState: 'FAILED',
    failure: { code: 'REMOTE_NOT_FOUND' },
    tries: 1,
  });
});
