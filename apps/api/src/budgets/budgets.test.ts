import { afterEach, expect, it } from 'vitest';
import type { Call } from '@sluice/core/platform';
import { openTestApp, type TestApp } from '../testing.js';

const UPDATE = `mutation ($id: ID!, $i: BudgetUpdateInput!) { budgetUpdate(id: $id, input: $i) {
  budget { reserveShare hourly { limit source } spike { limit source } } userErrors { code field } } }`;
const CHANGE = `mutation ($id: ID!, $i: BudgetUpdateInput!, $version: Int) {
  budgetUpdate(id: $id, input: $i, expectedVersion: $version) {
    budget { version } userErrors { code field ... on VersionConflictError { currentVersion lastChangedBy { displayName } } } } }`;
const LIST =
  '{ budgets { id apiHost clientLabel reserveShare callsLastMinute throttledCount connections { name budget { id } } hourly { limit remaining source } forecast { callsNeeded budget { id } } } }';

interface Listed {
  budgets: {
    id: string;
    apiHost: string;
    clientLabel: string;
    callsLastMinute: number;
    connections: { name: string }[];
    hourly: { limit: number | null; remaining: number | null; source: string };
  }[];
}

const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' };
const open: TestApp[] = [];
afterEach(async () => {
  for (const test of open.splice(0)) await test[Symbol.asyncDispose]();
});

async function withConnections(...clients: string[]): Promise<TestApp> {
  const test = await openTestApp();
  open.push(test);
  for (const [index, clientId] of clients.entries()) {
    const settings = { procore: { clientCredentials: 'CUSTOM' } };
    const credential = { oauthClient: { clientId, clientSecret: 's' } };
    const input = { name: `c${index}`, settings, credential };
    await test.send('mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { userErrors { code } } }', {
      i: input,
    });
  }
  return test;
}

it('shares one budget among the connections of a client', async () => {
  const test = await withConnections('one', 'one', 'two');
  const { data, errors } = await test.send<Listed>(LIST);
  expect(errors).toBeUndefined();
  const budgets = data?.budgets ?? [];
  expect(
    budgets.map((budget) => [budget.apiHost, budget.clientLabel, budget.connections.map((each) => each.name)]).sort(),
  ).toEqual([
    ['api.procore.com', 'one', ['c0', 'c1']],
    ['api.procore.com', 'two', ['c2']],
  ]);
});

it('shows the scarcest first, and what replies have told', async () => {
  const test = await withConnections('rich', 'poor');
  const use = async (client: string, remaining: number) => {
    const { budget } = await test.app.budgets.pool.open({ apiHost: 'api.procore.com', client }, client);
    const reset = String(Math.ceil(Date.now() / 1000) + 1800);
    const headers = new Headers({
      'x-rate-limit-limit': '3600',
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': reset,
    });
    (await budget.take(call)).settle({ status: 200, headers });
    await budget.told();
  };
  await use('rich', 3_000);
  await use('poor', 100);
  const budgets = (await test.send<Listed>(LIST)).data?.budgets ?? [];
  expect(budgets.map((budget) => [budget.clientLabel, budget.hourly.remaining, budget.hourly.source])).toEqual([
    ['poor', 100, 'REPORTED'],
    ['rich', 3_000, 'REPORTED'],
  ]);
  expect(budgets[0]?.callsLastMinute).toBe(1);
});

it('is kept in the store and recorded as one change', async () => {
  const test = await withConnections('one');
  const { pool } = test.app.budgets;
  const { id, budget } = await pool.open({ apiHost: 'api.procore.com', client: 'one' }, 'one');
  for (let i = 0; i < 5; i++) (await budget.take(call)).settle({ status: 200, headers: new Headers() });
  await pool.close();
  const [row] = await pool.store.byIds([id]);
  expect(row?.state).toMatchObject({ version: 5 });
  const changes = await test.app.base.changes.read({ topics: ['BUDGET'] }, 0, 10);
  expect(changes.map((change) => change.change)).toEqual(['UPDATED']);
});

it('takes an administrator’s limits, and refuses what lies out of range', async () => {
  const test = await withConnections('one');
  const id = (await test.send<Listed>(LIST)).data?.budgets[0]?.id;
  const good = await test.send(UPDATE, { id, i: { hourlyLimit: 500, reserveShare: 0.1 } });
  expect(good.data).toMatchObject({
    budgetUpdate: { budget: { reserveShare: 0.1, hourly: { limit: 500, source: 'CONFIGURED' } } },
  });
  const kept = await test.send(UPDATE, { id, i: { spikeLimit: 5 } });
  expect(kept.data).toMatchObject({
    budgetUpdate: { budget: { reserveShare: 0.1, hourly: { limit: 500 }, spike: { limit: 5 } } },
  });
  const bad = await test.send(UPDATE, { id, i: { reserveShare: 0.6, hourlyLimit: 0, spikeLimit: -1 } });
  expect(bad.data).toMatchObject({
    budgetUpdate: {
      budget: null,
      userErrors: [
        { code: 'OUT_OF_RANGE', field: ['input', 'reserveShare'] },
        { code: 'OUT_OF_RANGE', field: ['input', 'hourlyLimit'] },
        { code: 'OUT_OF_RANGE', field: ['input', 'spikeLimit'] },
      ],
    },
  });
  const missing = await test.send(UPDATE, { id: 'bud_none', i: {} });
  expect(missing.data).toMatchObject({ budgetUpdate: { userErrors: [{ code: 'NOT_FOUND' }] } });
});

it('keeps what somebody else has set meanwhile, and counts no figures as a change', async () => {
  const test = await withConnections('one');
  const { pool } = test.app.budgets;
  const { id, budget } = await pool.open({ apiHost: 'api.procore.com', client: 'one' }, 'one');
  (await budget.take(call)).settle({ status: 200, headers: new Headers() });
  await budget.told();
  const first = await test.send(CHANGE, { id, i: { hourlyLimit: 500 }, version: 1 });
  expect(first.data).toMatchObject({ budgetUpdate: { budget: { version: 2 }, userErrors: [] } });
  const late = await test.send(CHANGE, { id, i: { hourlyLimit: 900 }, version: 1 });
  const refused = { code: 'VERSION_CONFLICT', field: ['expectedVersion'], currentVersion: 2, lastChangedBy: {} };
  expect(late.data).toMatchObject({ budgetUpdate: { budget: null, userErrors: [refused] } });
  const [row] = await pool.store.byIds([id]);
  expect(row).toMatchObject({ hourlyLimit: 500, settingsVersion: 2 });
  expect(await pool.store.configure(id, { hourlyLimit: 7 }, 1)).toBe(false);
});

it('tells the calls of the last day in spans of ten minutes, where there were some', async () => {
  const test = await withConnections('one');
  const { budget } = await test.app.budgets.pool.open({ apiHost: 'api.procore.com', client: 'one' }, 'one');
  const [listed] = (await test.send<Listed>(LIST)).data?.budgets ?? [];
  const ask = async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ... on RateBudget { history { from callCount throttledCount } } } }';
    const { data } = await test.send<{ node: { history: unknown[] } }>(query, { id: listed?.id });
    return data?.node.history;
  };
  expect(await ask()).toEqual([]);
  (await budget.take(call)).settle(null);
  await test.app.budgets.pool.close();
  expect(await ask()).toEqual([
    { from: expect.stringMatching(/T\d\d:\d0:00/) as string, callCount: 1, throttledCount: 0 },
  ]);
});
