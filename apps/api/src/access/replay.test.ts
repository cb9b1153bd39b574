import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Base } from '../base.js';
import { DEFAULT_LIMITS } from '../limits.js';
import type { Database, Transaction } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { Context } from '../graphql/context.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { Vault } from '../secrets/vault.js';
import { Idempotency } from './idempotency.js';

const MADE = { row: { name: "it's “a” 日本 🙂\\\u2028", at: new Date(5), none: null, list: [1, { at: new Date(7) }] } };

describeOnBothDatabases('an answer that is kept with its key', (open) => {
  let now = 1_790_000_000_000;
  const keysOf = (db: Database) => {
    const clock = { now: () => now, monotonic: () => now, sleep: async () => {} };
    const vault = new Vault('a key of more than thirty-two characters');
    return new Idempotency({ db, clock, vault, config: { limits: DEFAULT_LIMITS } } as unknown as Base);
  };
  const headers: string[] = [];
  const context = {
    caller: { actorId: 'usr_1', scopes: new Set() },
    setHeader: (name: string) => void headers.push(name),
  } as unknown as Context;
  const request = (argument: unknown = {}) => ({ mutation: 'make', key: 'k', argument });
  const effects: string[] = [];
  const making = (name: string) => async () => {
    effects.push(`${name} prepared`);
    return async (_tx: Transaction) => {
      effects.push(`${name} made`);
      return MADE;
    };
  };

  it('comes again as it was, without preparation or effect', async () => {
    const keys = keysOf(await open());
    expect(await keys.once(context, request(), making('first'))).toEqual(MADE);
    expect(headers.splice(0)).toEqual([]);
    expect(await keys.once(context, request(), making('second'))).toEqual(MADE);
    expect(headers.splice(0)).toEqual(['idempotency-replayed']);
    expect(effects.splice(0)).toEqual(['first prepared', 'first made']);
  });

  it('refuses other arguments before anything is prepared', async () => {
    const keys = keysOf(await open());
    await keys.once(context, request(), making('first'));
    effects.length = 0;
    await expect(keys.once(context, request({ other: 1 }), making('other'))).rejects.toMatchObject({
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
    expect(effects).toEqual([]);
  });

  it('is not kept when the request fails, in its preparation or in its effect', async () => {
    const keys = keysOf(await open());
    const fail = () => Promise.reject(new Error('no'));
    await expect(keys.once(context, request(), fail)).rejects.toThrow('no');
    await expect(keys.once(context, request(), async () => fail)).rejects.toThrow('no');
    expect(await keys.once(context, request(), making('after'))).toEqual(MADE);
  });

  it('has one effect for several processes at once, and gives them one answer', async () => {
    const db = await open();
    effects.length = 0;
    const all = Array.from({ length: 4 }, (_, index) => keysOf(db).once(context, request(), making(`${index}`)));
    expect(await Promise.all(all)).toEqual([MADE, MADE, MADE, MADE]);
    expect(effects.splice(0).filter((effect) => effect.endsWith('made'))).toHaveLength(1);
  });

  it('is kept without what is shown once, may be completed, and is forgotten after a day', async () => {
    const keys = keysOf(await open());
    const secret = {
      ...request(),
      keep: ({ shown }: { shown: string | null; more?: number }) => ({ shown: null, more: shown ? 0 : 1 }),
    };
    const make = async () => async () => ({ shown: 'secret' });
    expect(await keys.once(context, secret, make)).toEqual({ shown: 'secret' });
    expect(await keys.once(context, secret, make)).toEqual({ shown: null, more: 0 });
    await keys.keepLater(context, secret, { shown: null });
    expect(await keys.once(context, secret, make)).toEqual({ shown: null, more: 1 });
    now += DEFAULT_LIMITS.idempotencyRetention + 1;
    expect(await keys.once(context, secret, make)).toEqual({ shown: 'secret' });
  });
});

describe('a replay of each mutation gives the payload of the first time', () => {
  let app: ShareApp;
  let jobId = '';
  beforeAll(async () => {
    app = await openShareApp();
    app.put('a.txt', 'a');
    jobId = await app.createJob();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  type Payload = Record<string, { userErrors: { code: string }[] } & Record<string, unknown>>;

  /** The same request before and after a change of what it made, and one with the key and other arguments. */
  async function expectReplay(query: string, variables: object, change: () => Promise<unknown>, others: object) {
    const first = await app.send<Payload>(query, { ...variables, key: query });
    expect(Object.values(first.data!)[0]!.userErrors).toEqual([]);
    await change();
    const again = await app.send<Payload>(query, { ...variables, key: query });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.data).toEqual(first.data);
    const other = await app.send<Payload>(query, { ...variables, ...others, key: query });
    expect(Object.values(other.data!)[0]!.userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  }

  const KEY = '$key: String!';
  const USER_ERRORS = 'userErrors { code }';
  const inputOf = (name: string) => ({
    name,
    transferType: 'COPY',
    source: { connectionId: app.connections.source },
    destination: { connectionId: app.connections.destination, at: { path: '/other' } },
  });
  const idOf = async (name: string) => {
    const { jobs } = await app.ask<{ jobs: { nodes: { id: string }[] } }>(
      'query ($name: String) { jobs(filter: { nameContains: $name }) { nodes { id } } }',
      { name },
    );
    return jobs.nodes[0]?.id;
  };
  const rename = (id: unknown) =>
    app.ask('mutation ($id: ID!) { jobUpdate(id: $id, input: { description: "later" }) { job { version } } }', { id });
  const remove = (id: unknown) => app.ask('mutation ($id: ID!) { jobDelete(id: $id) { deletedId } }', { id });

  it('jobCreate(idempotencyKey), also when the job is changed and its platform is gone', async () => {
    const create = `mutation ($input: JobCreateInput!, ${KEY}) { jobCreate(input: $input, idempotencyKey: $key) { job { id version state description updatedAt } ${USER_ERRORS} } }`;
    const change = async () => {
      await rename(await idOf('Made'));
      rmSync(app.folders.source, { recursive: true });
    };
    await expectReplay(create, { input: inputOf('Made') }, change, { input: inputOf('Made otherwise') });
    app.put('a.txt', 'a');
  });

  it('jobDuplicate(idempotencyKey), also when the copy is deleted', async () => {
    const duplicate = `mutation ($id: ID!, $name: String!, ${KEY}) { jobDuplicate(id: $id, name: $name, idempotencyKey: $key) { job { id version state name } ${USER_ERRORS} } }`;
    const change = async () => remove(await idOf('Twin'));
    await expectReplay(duplicate, { id: jobId, name: 'Twin' }, change, { name: 'Triplet' });
  });

  it('runStart(idempotencyKey), also when the run has ended', async () => {
    const start = `mutation ($id: ID!, $input: RunStartInput, ${KEY}) { runStart(jobId: $id, input: $input, idempotencyKey: $key) { run { id number state startedAt finishedAt } ${USER_ERRORS} } }`;
    const ended = () =>
      app.until(
        () =>
          app.ask<{ job: { latestRun: { state: string } } }>(
            'query ($id: ID!) { job(id: $id) { latestRun { state } } }',
            { id: jobId },
          ),
        ({ job }) => job.latestRun.state === 'SUCCEEDED',
      );
    await expectReplay(start, { id: jobId }, ended, { input: { onlyPaths: ['/a.txt'] } });
  });

  it('planCreate(idempotencyKey), also when the plan is made', async () => {
    const plan = `mutation ($id: ID!, ${KEY}) { planCreate(jobId: $id, idempotencyKey: $key) { plan { id state: taskState progress createdAt } ${USER_ERRORS} } }`;
    const query = 'query ($id: ID!) { job(id: $id) { latestPlan { taskState } } }';
    const made = () =>
      app.until(
        () => app.ask<{ job: { latestPlan: { taskState: string } } }>(query, { id: jobId }),
        ({ job }) => job.latestPlan.taskState === 'SUCCEEDED',
      );
    await expectReplay(plan, { id: jobId }, made, { id: await idOf('Made') });
  });

  it('runItemsRetry(idempotencyKey)', async () => {
    const id = await app.createJob({
      name: 'Flags',
      policies: { zeroByteFile: 'FLAG' },
      destination: { connectionId: app.connections.destination, at: { path: '/flags' } },
    });
    app.put('empty.txt', '');
    await app.runToEnd(id);
    const retry = `mutation ($id: ID!, $items: RunItemSelectionInput!, ${KEY}) { runItemsRetry(jobId: $id, items: $items, idempotencyKey: $key) { run { id trigger state } ${USER_ERRORS} } }`;
    const change = () =>
      app.until(
        () =>
          app.ask<{ job: { latestRun: { finishedAt: string | null } } }>(
            'query ($id: ID!) { job(id: $id) { latestRun { finishedAt } } }',
            { id },
          ),
        ({ job }) => job.latestRun.finishedAt !== null,
      );
    await expectReplay(retry, { id, items: { filter: {} } }, change, { items: { filter: { kind: 'FILE' } } });
  });

  it('connectionCreate(idempotencyKey), with the result of its test, also when it is renamed', async () => {
    const create = `mutation ($input: ConnectionCreateInput!, ${KEY}) { connectionCreate(input: $input, idempotencyKey: $key) { connection { id version name health { status } updatedAt } ${USER_ERRORS} } }`;
    const input = { name: 'Third', testNow: true, settings: { networkFileShare: { location: app.folders.source } } };
    const change = async () => {
      const { connections } = await app.ask<{ connections: { nodes: { id: string }[] } }>(
        '{ connections(filter: { nameContains: "Third" }) { nodes { id } } }',
      );
      await app.ask(
        'mutation ($id: ID!) { connectionUpdate(id: $id, input: { name: "Fourth" }) { connection { id } } }',
        { id: connections.nodes[0]!.id },
      );
    };
    await expectReplay(create, { input }, change, { input: { ...input, name: 'Other' } });
  });

  it('apiTokenCreate(idempotencyKey), but for its text', async () => {
    const create = `mutation ($name: String!, ${KEY}) { apiTokenCreate(displayName: $name, scopes: [JOBS_READ], idempotencyKey: $key) { apiToken { id displayName revokedAt } ${USER_ERRORS} } }`;
    const change = async () => {
      const { apiTokens } = await app.ask<{ apiTokens: { id: string }[] }>('{ apiTokens { id } }');
      await app.ask('mutation ($id: ID!) { apiTokenRevoke(id: $id) { apiToken { id } } }', { id: apiTokens[0]!.id });
    };
    await expectReplay(create, { name: 'robot' }, change, { name: 'other' });
  });
});
