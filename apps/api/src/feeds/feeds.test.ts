import type { AddressInfo } from 'node:net';
import { seeded, startSandbox, type Sandbox } from '@sluice/procore-sandbox';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { createLog } from '../log.js';
import { openShareApp, QUICK_WORK, type ShareApp } from '../runner/testing.js';

const MINUTE_MS = 60_000;
const NIGHTLY = { starts: { cron: '0 2 29 2 *' } };
const FOLLOWING = { ...NIGHTLY, followsChanges: true };

let sandbox: Sandbox;
let app: ShareApp;
let procore: string;
let job: string;
/** How far the application's time of day is ahead. */
let aheadMs = 0;
const logged: string[] = [];

const CONNECT = `mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) {
  connection { id } userErrors { message field } } }`;
const UPDATE = `mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) {
  job { schedule { followsChanges } } userErrors { code message field } } }`;
const READ = `query ($id: ID!) { job(id: $id) { issues { severity code message field }
  runs(first: 50) { nodes { trigger state } } } }`;

interface JobAnswer {
  job: {
    issues: { severity: string; message: string; field: string[] | null }[];
    runs: { nodes: { trigger: string; state: string }[] };
  };
}

const read = async (id = job) => (await app.ask<JobAnswer>(READ, { id })).job;
/** Triggers of the job's runs, newest first, once all have ended. */
const runs = async (count: number, id = job) => {
  const { runs: found } = await app.until(
    () => read(id),
    (now) => now.runs.nodes.length >= count && now.runs.nodes.every(({ state }) => state === 'SUCCEEDED'),
  );
  return found.nodes.map(({ trigger }) => trigger);
};
const hook = () => sandbox.control.hooks()[0]!;
const hooked = () =>
  app.until(
    async () => sandbox.control.hooks(),
    ([first]) => first?.status === 'active' && first.triggers.length === 9,
  );
const feeds = () => app.app.base.db.reader.select().from(app.app.base.db.tables.changeFeeds);
/** Once the server keeps what stands at the platform. */
const kept = () => app.until(feeds, ([feed]) => (feed?.note ?? null) !== null && feed?.leaseUntil === null);
const post = (path: string, headers: Record<string, string>, payload: string | object) =>
  app.app.http.inject({ method: 'POST', url: path, headers, payload });
const word = (changes: object = {}) => ({
  ...{ ulid: `word-${Math.random()}`, user_id: seeded.adminId, project_id: seeded.projectId },
  ...{
    metadata: { source_application_id: null },
    event_type: 'update',
    resource_name: 'Project Files',
    resource_id: 1,
  },
  ...changes,
});
const edit = (path: string, content: string) => sandbox.control.seed(seeded.projectId, [{ path, content }]);
const quiet = () => void (aheadMs += 2 * MINUTE_MS);
const isDue = async () => (await feeds()).some(({ dueAt }) => dueAt !== null);

beforeAll(async () => {
  const limits = { hourly: 100_000, spike: 100_000 };
  sandbox = await startSandbox({ seedContent: false, loginOnApiPort: true, limits });
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const log = createLog('trace', { write: (line) => logged.push(line) });
  app = await openShareApp(
    { allowPrivateHosts: true, limits: { ...DEFAULT_LIMITS, sessionIdle: 30 * 86_400_000 } },
    { log, work: QUICK_WORK, overrides: { clock } },
  );
  app.config.deliveryUrl = `http://127.0.0.1:${(app.app.http.server.address() as AddressInfo).port}`;
  const settings = {
    ...{ clientCredentials: 'CUSTOM', authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS' },
    ...{ loginUrl: sandbox.apiUrl, apiUrl: sandbox.apiUrl },
    ...{ companyId: String(seeded.companyId), projectId: String(seeded.projectId) },
  };
  const oauthClient = { clientId: seeded.serviceClientId, clientSecret: seeded.serviceClientSecret };
  const input = { name: 'Pier', settings: { procore: settings }, credential: { oauthClient }, testNow: true };
  const made = await app.ask<{ connectionCreate: { connection: { id: string } } }>(CONNECT, { input });
  procore = made.connectionCreate.connection.id;
  await edit('a.txt', 'alpha');
  job = await app.createJob({ source: { connectionId: procore }, schedule: FOLLOWING });
  await app.runToEnd(job);
  await hooked();
  await kept();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await sandbox.close();
});
beforeEach(() => sandbox.control.setBehaviour({ deliveries: 'sent', webhooks: 'served' }));

it('a burst of edits, each told twice, becomes one run that costs the calls of what changed', async () => {
  sandbox.control.setBehaviour({ deliveries: 'twice' });
  const before = sandbox.control.counters().counted;
  for (const content of ['beta', 'gamma', 'delta']) await edit('a.txt', content);
  await sandbox.control.letDeliveriesGo();
  expect(await isDue()).toBe(true);
  quiet();
  expect(await runs(2)).toEqual(['CHANGE', 'MANUAL']);
  expect(app.get('a.txt')).toBe('delta');
  // The changes since, the folders that stand there, and where the bytes of the file are: no listing of the whole.
  expect(sandbox.control.counters().counted - before).toBeLessThanOrEqual(4);
  expect(hook().deliveries.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
});

it('what is not signed, another project, and what cannot be read start nothing', async () => {
  const path = new URL(hook().url).pathname;
  const authorization = hook().authorization;
  expect((await post(path, {}, word())).statusCode).toBe(401);
  expect((await post(path, { authorization: `${authorization}x` }, word())).statusCode).toBe(401);
  expect((await post(`${path}x`, { authorization }, word())).statusCode).toBe(401);
  expect((await post(path, { authorization }, word({ project_id: seeded.emptyProjectId }))).statusCode).toBe(204);
  expect((await post(path, { authorization }, [1])).statusCode).toBe(204);
  const json = { authorization, 'content-type': 'application/json' };
  expect((await post(path, json, '{')).statusCode).toBe(400);
  expect((await post(path, json, JSON.stringify(word({ resource_name: 'x'.repeat(70_000) })))).statusCode).toBe(413);
  expect(await isDue()).toBe(false);
  expect((await post(path, { authorization }, word())).statusCode).toBe(204);
  expect(await isDue()).toBe(true);
  quiet();
  expect(await runs(3)).toHaveLength(3);
});

it('what the product writes itself starts no run of the project that it writes to', async () => {
  const target = { connectionId: procore, at: { path: '/Written' } };
  await sandbox.control.seed(seeded.projectId, [{ path: 'Written' }]);
  await sandbox.control.letDeliveriesGo();
  quiet();
  const before = await runs(4);
  app.put('own.txt', 'own');
  const other = await app.createJob({
    ...{ name: 'Both ways', transferType: 'SYNC', destination: target, schedule: FOLLOWING },
  });
  await app.runToEnd(other);
  await sandbox.control.letDeliveriesGo();
  const told = hook().deliveries.filter(({ payload }) => payload['user_id'] !== seeded.adminId);
  expect(told.length).toBeGreaterThan(0);
  expect(await isDue()).toBe(false);
  await app.ask(UPDATE, { id: other, input: { schedule: NIGHTLY } });
  expect(await runs(4)).toEqual(before);
});

it.each([
  ['v2.0', 'served'],
  ['v1.0, which alone are served', 'v1-only'],
] as const)(
  'a hook that is gone is made anew by addresses of %s, one run is due for what was not told, and changes are told again',
  async (version, webhooks) => {
    sandbox.control.setBehaviour({ webhooks });
    const count = (await read()).runs.nodes.length;
    const { id } = hook();
    sandbox.control.removeHook(id);
    await edit('a.txt', `not told (${version})`);
    aheadMs += 61 * MINUTE_MS;
    await hooked();
    quiet();
    expect((await runs(count + 1))[0]).toBe('CHANGE');
    expect(app.get('a.txt')).toBe(`not told (${version})`);
    expect(hook()).toMatchObject({ payloadVersion: webhooks === 'served' ? 'v2.0' : 'v2' });
    expect(hook().id).not.toBe(id);
    expect((await read()).runs.nodes).toHaveLength(count + 1);
    await edit('a.txt', `told (${version})`);
    await sandbox.control.letDeliveriesGo();
    quiet();
    expect((await runs(count + 2))[0]).toBe('CHANGE');
    expect(app.get('a.txt')).toBe(`told (${version})`);
  },
);

it('an account that may not use webhooks is told with the job, and the feed comes back once it may', async () => {
  sandbox.control.setBehaviour({ webhooks: '403' });
  aheadMs += 61 * MINUTE_MS;
  const ofFeed = async () => (await read()).issues.filter(({ field }) => field?.includes('followsChanges'));
  const told = await app.until(ofFeed, (issues) => issues.length > 0);
  expect(told).toMatchObject([
    { severity: 'WARNING', code: 'REMOTE_FORBIDDEN', message: expect.stringContaining('webhooks') as unknown },
  ]);
  sandbox.control.setBehaviour({ webhooks: 'served' });
  aheadMs += 11 * MINUTE_MS;
  expect(await app.until(ofFeed, (issues) => issues.length === 0)).toEqual([]);
});

it('is refused at its field for a share, and where platforms cannot reach the server', async () => {
  const refused = (id: string) => app.send(UPDATE, { id, input: { schedule: FOLLOWING } });
  const ofShare = await app.createJob({ name: 'From a share' });
  const error = { code: 'INVALID', field: ['input', 'schedule', 'followsChanges'] };
  expect((await refused(ofShare)).data).toMatchObject({ jobUpdate: { job: null, userErrors: [error] } });
  const { deliveryUrl } = app.config;
  app.config.deliveryUrl = null;
  expect((await refused(job)).data).toMatchObject({ jobUpdate: { job: null, userErrors: [error] } });
  app.config.deliveryUrl = deliveryUrl;
});

it('keeps its secret sealed and out of the log', async () => {
  const { authorization } = hook();
  const { reader, tables } = app.app.base.db;
  const stored = await Promise.all(Object.values(tables).map((table) => reader.select().from(table)));
  const text = JSON.stringify(stored) + logged.join('\n');
  expect(text).toContain(new URL(hook().url).pathname.split('/').at(-1)!);
  expect(text).not.toContain(authorization.replace('Bearer ', ''));
});

it('takes the hook away once no job follows', async () => {
  await app.ask(UPDATE, { id: job, input: { schedule: NIGHTLY } });
  const left = await app.until(
    async () => sandbox.control.hooks(),
    (hooks) => hooks.length === 0,
  );
  expect(left).toEqual([]);
  expect(await app.until(feeds, (rows) => rows.length === 0)).toEqual([]);
});

it('takes the hook away with a connection that is deleted right after its last job', async () => {
  await app.ask(UPDATE, { id: job, input: { schedule: FOLLOWING } });
  await hooked();
  const { jobs } = await app.ask<{ jobs: { nodes: { id: string }[] } }>('{ jobs(first: 50) { nodes { id } } }', {});
  for (const { id } of jobs.nodes)
    await app.ask('mutation ($id: ID!) { jobDelete(id: $id) { userErrors { code } } }', { id });
  const DELETE = 'mutation ($id: ID!) { connectionDelete(id: $id) { deletedId userErrors { code } } }';
  expect(await app.ask(DELETE, { id: procore })).toEqual({ connectionDelete: { deletedId: procore, userErrors: [] } });
  expect(sandbox.control.hooks()).toEqual([]);
  expect(await feeds()).toEqual([]);
});
