import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing.js';
import type { RunCounters } from '../../db/tables/runs.js';
import { emptyCounters } from '../engine-store/counters.js';
import { seedJob, seedRun } from '../engine-store/testing.js';

const SETTINGS = {
  settings: { procore: { clientCredentials: 'CUSTOM' } },
  credential: { oauthClient: { clientId: 'one', clientSecret: 's' } },
};
const CONNECT = `mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { connection { id } userErrors { message } } }`;
const SHOWN = `{
  budgets { forecast { callsNeeded finishAt } }
  runs { nodes { job { name } forecast { callsNeeded callsLeftThisHour finishAt } statistics { expectedFinishAt } } }
}`;
interface Estimate {
  callsNeeded: number | null;
  finishAt: string | null;
}
interface Shown {
  budgets: { forecast: Estimate }[];
  runs: { nodes: { job: { name: string }; forecast: Estimate[]; statistics: { expectedFinishAt: string | null } }[] };
}

let test: TestApp;
let connectionId = '';
beforeAll(async () => {
  test = await openTestApp();
  const made = await test.send<{ connectionCreate: { connection: { id: string } } }>(CONNECT, {
    i: { name: 'Procore', ...SETTINGS },
  });
  connectionId = made.data!.connectionCreate.connection.id;
});
afterAll(() => test[Symbol.asyncDispose]());

const budget = async () =>
  (await test.app.budgets.pool.open({ apiHost: 'api.procore.com', client: 'one' }, 'one')).budget;
const shown = async (): Promise<Shown> => (await test.send<Shown>(SHOWN)).data!;

/** A run in progress of a job with that share. */
async function running(name: string, share: number, counters: Partial<RunCounters>): Promise<void> {
  const { db } = test.app.base;
  const sides = { sourceConnectionId: 'con_share', destinationConnectionId: connectionId };
  const jobId = await seedJob(db, { name, nameKey: name, policies: { budgetShare: share }, ...sides });
  const active = await db.reader.select({ id: db.tables.runs.id, jobId: db.tables.runs.jobId }).from(db.tables.runs);
  const { runId } = await seedRun(db, jobId, 1);
  await db.transact(async (tx) => {
    const { runs } = db.tables;
    const figures = { state: 'TRANSFERRING' as const, counters: { ...emptyCounters(), ...counters } };
    await tx
      .update(runs)
      .set({ activeJobId: jobId, ...figures })
      .where(eq(runs.id, runId));
    for (const run of active) await tx.update(runs).set({ activeJobId: run.jobId }).where(eq(runs.id, run.id));
  });
}

it('one estimate everywhere: null until it means something, by the shares of all runs, and by what earlier work took', async () => {
  await running('large', 1, { itemsPlanned: null });
  expect(await shown()).toMatchObject({
    budgets: [{ forecast: { callsNeeded: null, finishAt: null } }],
    runs: { nodes: [{ forecast: [{ callsNeeded: null, finishAt: null }], statistics: { expectedFinishAt: null } }] },
  });

  await running('small', 0.25, { itemsPlanned: 100, bytesPlanned: 0, callsNeeded: 200 });
  const { runs: tables } = test.app.base.db.tables;
  const counters = { ...emptyCounters(), itemsPlanned: 400, bytesPlanned: 0, callsNeeded: 800 };
  const isLarge = eq(tables.state, 'TRANSFERRING');
  const [large] = (await shown()).runs.nodes.filter(({ job }) => job.name === 'large');
  expect(large?.forecast[0]?.callsNeeded).toBeNull();
  await test.app.base.db.transact(async (tx) => {
    const all = await tx.select({ id: tables.id, counters: tables.counters }).from(tables).where(isLarge);
    const unplanned = all.find((run) => run.counters.itemsPlanned === null)!;
    await tx.update(tables).set({ counters }).where(eq(tables.id, unplanned.id));
  });

  const shared = await budget();
  const headers = new Headers({
    'x-rate-limit-limit': '600',
    'x-rate-limit-remaining': '112',
    'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 1_800),
  });
  const call = { owner: 'test', priority: 'JOB' as const, signal: new AbortController().signal };
  (await shared.take(call)).settle({ status: 200, headers });
  await shared.told();
  const before = await shown();
  const of = (all: Shown, name: string) => all.runs.nodes.find(({ job }) => job.name === name)!;
  expect([of(before, 'large').forecast[0]?.callsNeeded, of(before, 'small').forecast[0]?.callsNeeded]).toEqual([
    800, 200,
  ]);
  expect(before.budgets[0]!.forecast.callsNeeded).toBe(1_000);
  // 100 calls are left without the reserve, and 588 in each later hour: all are made in the second of them, as the large job gets four fifths.
  const reset = new Date(Number(headers.get('x-rate-limit-reset')) * 1000).getTime();
  const hours = (at: string | null | undefined) => Math.round((Date.parse(at!) - reset) / 3_600_000);
  expect(hours(before.budgets[0]!.forecast.finishAt)).toBe(1);
  expect(hours(of(before, 'large').forecast[0]?.finishAt)).toBe(1);
  for (const run of before.runs.nodes) expect(run.statistics.expectedFinishAt).toBe(run.forecast[0]?.finishAt);

  shared.learn({ foreseen: 9_800, made: 11_800 });
  await shared.told();
  const after = await shown();
  expect([of(after, 'large').forecast[0]?.callsNeeded, of(after, 'small').forecast[0]?.callsNeeded]).toEqual([
    960, 240,
  ]);
  expect(after.budgets[0]!.forecast.callsNeeded).toBe(1_200);
});
