import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ADMIN, openTestApp, type TestApp } from '../testing.js';
import { DRAFT_MS } from './drafts.js';

const clock = {
  time: Date.UTC(2026, 10, 27),
  now: () => clock.time,
  monotonic: () => clock.time,
  sleep: (_: number, signal?: AbortSignal) =>
    new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
};

let test: TestApp;
let base: string;
beforeEach(async () => {
  test = await openTestApp({}, { overrides: { clock } });
  base = mkdtempSync(join(tmpdir(), 'sluice-draft-'));
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  rmSync(base, { recursive: true });
});

const CREATE = `mutation ($input: ConnectionCreateInput!) {
  connectionCreate(input: $input) { connection { id } userErrors { code message } } }`;

/** A connection to a folder, which may be missing. */
async function add(isDraft: boolean, testNow = false, folder = base): Promise<string> {
  const input = { name: folder, isDraft, testNow, settings: { networkFileShare: { location: folder } } };
  const reply = await test.send<{ connectionCreate: { connection: { id: string } } }>(CREATE, { input });
  return reply.data!.connectionCreate.connection.id;
}

async function listed(): Promise<string[]> {
  const query = '{ connections { totalCount nodes { id } } }';
  const reply = await test.send<{ connections: { totalCount: number; nodes: { id: string }[] } }>(query);
  const { nodes, totalCount } = reply.data!.connections;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ id }) => id);
}

async function find(id: string): Promise<{ health: { status: string } } | null> {
  const query = 'query ($id: ID!) { connection(id: $id) { health { status } } }';
  return (await test.send<{ connection: { health: { status: string } } | null }>(query, { id })).data!.connection;
}

const check = (id: string) =>
  test.send('mutation ($id: ID!) { connectionTest(id: $id) { userErrors { code } } }', { id });
const pass = async (milliseconds: number) => {
  clock.time += milliseconds;
  await test.app.connections.drafts.prune();
  // A session does not last for a day.
  test.admin = await test.signIn(ADMIN.login, ADMIN.password);
};

it('a draft is found by its identifier and listed only after its first successful test, then for good', async () => {
  const folder = join(base, 'later');
  const id = await add(true, true, folder);
  expect(await find(id)).toEqual({ health: { status: 'FAILED' } });
  expect(await listed()).toEqual([]);
  mkdirSync(folder);
  await check(id);
  expect(await listed()).toEqual([id]);
  rmSync(folder, { recursive: true });
  await check(id);
  await pass(2 * DRAFT_MS);
  expect(await listed()).toEqual([id]);
});

it('a draft is removed a day later, while what was saved as no draft stays untested', async () => {
  const [draft, other] = [await add(true), await add(false)];
  await pass(DRAFT_MS - 1);
  expect(await find(draft)).not.toBeNull();
  await pass(1);
  expect(await find(draft)).toBeNull();
  expect(await listed()).toEqual([other]);
});

it('a draft that a job uses is listed instead of removed', async () => {
  const [draft, other] = [await add(true), await add(false)];
  const job = `mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id } userErrors { code } } }`;
  const input = {
    ...{ name: 'Copy', transferType: 'COPY' },
    ...{ source: { connectionId: draft }, destination: { connectionId: other } },
  };
  expect((await test.send(job, { input })).data).toMatchObject({ jobCreate: { userErrors: [] } });
  await pass(DRAFT_MS);
  expect((await listed()).sort()).toEqual([draft, other].sort());
});
