import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { openSocket } from '../server/testing.js';

let app: ShareApp;
let now = Date.now();
const clock = {
  now: () => now,
  monotonic: () => now,
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
};

beforeAll(async () => {
  app = await openShareApp({ role: 'api' }, { overrides: { clock } });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => app[Symbol.asyncDispose]());

const ISSUES = 'query ($id: ID!) { job(id: $id) { version state allowedActions issues { code severity } } }';
interface Read {
  job: { version: number; state: string; allowedActions: string[]; issues: { code: string; severity: string }[] };
}
const read = async (id: string) => (await app.ask<Read>(ISSUES, { id })).job;
const errorsOf = ({ issues }: Read['job']) =>
  issues.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code);

async function countCalls() {
  return vi.spyOn(await app.app.connections.open(app.connections.source), 'find');
}

function jobAt(path: string): Promise<string> {
  return app.createJob({ name: `Job at ${path}`, source: { connectionId: app.connections.source, at: { path } } });
}

describe('readers of Job.issues', () => {
  it.each([
    ['is missing', '/nowhere', ['REMOTE_NOT_FOUND']],
    ['is there', '/there', []],
    ['is a file', '/there/file.txt', ['INVALID']],
  ])('spend one call a minute for a source that %s, however often they read', async (_what, path, errors) => {
    app.put('there/file.txt', 'x');
    const id = await jobAt(path);
    now += 61_000;
    const calls = await countCalls();
    for (let reads = 0; reads < 5; reads++) expect(errorsOf(await read(id))).toEqual(errors);
    expect(calls).toHaveBeenCalledTimes(1);
    now += 61_000;
    await read(id);
    expect(calls).toHaveBeenCalledTimes(2);
  });

  it('never write: the state that they find is shown, and stored by the next start', async () => {
    const id = await jobAt('/later');
    const { db } = app.app.base;
    const stored = async () => (await db.reader.select().from(db.tables.jobs)).find((row) => row.id === id);
    const before = await stored();
    app.put('later/file.txt', 'x');
    now += 61_000;
    // The session's last use is stored once a minute, which writes a row that is no part of this count.
    await app.ask('{ viewer { scopes } }');
    const transact = vi.spyOn(db, 'transact');
    await read(id);
    expect(await read(id)).toMatchObject({ state: 'READY', issues: expect.anything() as unknown });
    expect((await read(id)).allowedActions).toContain('RUN');
    expect(transact).not.toHaveBeenCalled();
    expect(await stored()).toEqual(before);
    await app.ask('mutation ($id: ID!) { planCreate(jobId: $id) { plan { id } userErrors { message } } }', { id });
    expect((await stored())?.isDraft).toBe(false);
  });

  it('a start looks anew rather than remembering what was missing', async () => {
    const id = await jobAt('/soon');
    expect(errorsOf(await read(id))).toEqual(['REMOTE_NOT_FOUND']);
    app.put('soon/file.txt', 'x');
    await app.ask('mutation ($id: ID!) { planCreate(jobId: $id) { plan { id } userErrors { message } } }', { id });
  });
});

describe('fields that ask a platform', () => {
  it.each([
    'jobChanged { subject { ... on Job { issues { code } } } }',
    'connectionChanged { subject { ... on ConnectionProfile { browse { nodes { name } } } } }',
    'connectionChanged { subject { ... on ConnectionProfile { scopes { name } } } }',
  ])('are refused in the subscription %s', async (selection) => {
    const socket = await openSocket(addressOf(), app.admin.cookie);
    const [error] = await socket.refused(`subscription { ${selection} }`);
    expect(error).toMatchObject({ message: expect.stringContaining('asks a platform') as unknown });
    expect(error?.extensions?.['code']).toBe('BAD_REQUEST');
    socket.close();
  });

  it('cost 20 each', async () => {
    const costOf = async (query: string) =>
      ((await app.send(query)).extensions?.['cost'] as { requested: number }).requested;
    expect(await costOf('{ job(id: "job_x") { issues { code } } }')).toBe(1 + 1 + 20 + 10);
    expect(await costOf('{ connection(id: "con_x") { browse(first: 10) { nodes { name } } } }')).toBe(1 + 1 + 20 + 10);
  });
});

function addressOf(): string {
  const { port } = app.app.http.server.address() as { port: number };
  return `http://127.0.0.1:${port}`;
}
