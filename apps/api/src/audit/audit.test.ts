import type { GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationOf, sampleOf } from '../graphql/sample-operations.testing.js';
import type { Scope } from '../graphql/scopes.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { openSocket } from '../server/testing.js';
import { ADMIN, openTestApp, type Sender, type TestApp } from '../testing.js';
import { StatementCounter } from '../reads/statements.testing.js';
import { Vault } from '../secrets/vault.js';
import { sentenceOf, verifyChain } from './verify.js';

interface Event {
  sequence: number;
  action: string;
  outcome: string;
  targetId: string | null;
  actor: { displayName: string } | null;
  ipAddress: string | null;
  requestId: string | null;
  changes: { field: string[]; before: string | null; after: string | null }[];
}

const EVENTS = `query ($filter: AuditEventFilter, $first: Int, $after: String) {
  auditEvents(filter: $filter, first: $first, after: $after) {
    nodes { id sequence action outcome targetId actor { displayName } ipAddress requestId changes { field before after } }
    pageInfo { hasNextPage endCursor } } }`;

async function eventsOf(test: TestApp, filter: object = {}): Promise<Event[]> {
  const { data, errors } = await test.send<{ auditEvents: { nodes: Event[] } }>(EVENTS, { filter, first: 100 });
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.auditEvents.nodes ?? [];
}

/** What the work left in the log, oldest first. */
async function eventsDuring(test: TestApp, work: () => Promise<unknown>): Promise<Event[]> {
  const before = (await eventsOf(test))[0]?.sequence ?? 0;
  await work();
  return (await eventsOf(test)).filter(({ sequence }) => sequence > before).reverse();
}

async function tokenWith(test: TestApp, ...scopes: Scope[]): Promise<string> {
  const query = 'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "Robot", scopes: $s) { secret } }';
  return (
    (await test.send<{ apiTokenCreate: { secret: string } }>(query, { s: scopes })).data?.apiTokenCreate.secret ?? ''
  );
}

const changed = ({ changes }: Pick<Event, 'changes'>) =>
  Object.fromEntries(changes.map(({ field, before, after }) => [field.join('.'), [before, after]]));

describe('every mutation leaves one event', () => {
  let test: TestApp;
  let mutations: GraphQLField<unknown, unknown>[];
  beforeAll(async () => {
    test = await openTestApp();
    await test.app.listen();
    mutations = Object.values(test.app.schema.getMutationType()?.getFields() ?? {});
  });
  afterAll(() => test[Symbol.asyncDispose]());

  const operationFor = (field: GraphQLField<unknown, unknown>) => operationOf('mutation', [sampleOf(field)]);
  const nameAll = (outcomes: (name: string) => string) => mutations.map(({ name }) => `${name} ${outcomes(name)}`);
  const shown = (events: Event[]) => events.map(({ action, outcome }) => `${action} ${outcome}`);

  async function sendAll(sender: Sender): Promise<Event[]> {
    return eventsDuring(test, async () => {
      for (const field of mutations) {
        const { query, variables } = operationFor(field);
        await test.send(query, variables, sender);
      }
    });
  }

  it('of a stranger: all are denied', async () => {
    const events = await sendAll({});
    expect(shown(events)).toEqual(nameAll(() => 'DENIED'));
    expect(events.every(({ actor, ipAddress }) => actor === null && ipAddress === '127.0.0.1')).toBe(true);
  });

  it('of a token with another right: what needs a right or a person is denied', async () => {
    const token = await tokenWith(test, 'AUDIT_READ');
    const events = await sendAll({ authorization: `Bearer ${token}`, 'x-request-id': 'from-the-robot' });
    const others: Record<string, string> = { apiTokenRevoke: 'FAILED', signOut: 'SUCCEEDED' };
    expect(shown(events)).toEqual(nameAll((name) => others[name] ?? 'DENIED'));
    for (const { actor, requestId } of events)
      expect([actor?.displayName, requestId]).toEqual(['Robot', 'from-the-robot']);
  });

  it('of an administrator who asks for nonsense', async () => {
    const sender = await test.signIn(ADMIN.login, ADMIN.password);
    const others = mutations.filter(({ name }) => name !== 'signOut');
    const events = await eventsDuring(test, async () => {
      for (const field of others) {
        const { query, variables } = operationFor(field);
        await test.send(query, variables, sender);
      }
    });
    expect(events.map(({ action, actor }) => [action, actor?.displayName])).toEqual(
      others.map(({ name }) => [name, ADMIN.login]),
    );
    const succeeded = events.filter(({ outcome }) => outcome === 'SUCCEEDED');
    expect(succeeded.map(({ action }) => action)).toEqual(expect.arrayContaining(['apiTokenCreate', 'webhookCreate']));
    expect(succeeded.filter(({ targetId }) => targetId === null)).toEqual([]);
  });

  it('sent by WebSocket: all are denied there', async () => {
    const address = await test.app.listen().catch(() => '');
    const port = (test.app.http.server.address() as { port: number }).port;
    const socket = await openSocket(
      address || `http://localhost:${port}`,
      undefined,
      await tokenWith(test, 'JOBS_WRITE'),
    );
    const events = await eventsDuring(test, async () => {
      for (const field of mutations.slice(0, 5)) {
        const { query, variables } = operationFor(field);
        await socket.refused(query, variables);
      }
    });
    socket.close();
    expect(shown(events)).toEqual(nameAll(() => 'DENIED').slice(0, 5));
    expect(events.every(({ actor }) => actor?.displayName === 'Robot')).toBe(true);
  });

  it('that an operation holds, also one that is refused as a whole before any began', async () => {
    const operator = { authorization: `Bearer ${await tokenWith(test, 'JOBS_WRITE')}` };
    const query = `mutation { a: jobSuspend(id: "job_1") { job { name } } b: jobResume(id: "job_1") { job { id } } }`;
    const events = await eventsDuring(test, () => test.send(query, {}, operator));
    expect(shown(events)).toEqual(['jobSuspend DENIED', 'jobResume DENIED']);
  });

  it('and strangers fill nothing: beyond a number they are counted, which the next event tells', async () => {
    await using filled = await openTestApp();
    const deny = () => filled.send('mutation { jobSuspend(id: "job_1") { job { id } } }', {}, {});
    const events = await eventsDuring(filled, async () => {
      for (let tries = 0; tries < 63; tries++) expect((await deny()).status).toBe(401);
      await filled.signIn(ADMIN.login, ADMIN.password);
    });
    expect(events).toHaveLength(62);
    expect(events.slice(-2)).toMatchObject([
      { action: 'signIn', outcome: 'SUCCEEDED' },
      { action: 'auditEventsLeftOut', changes: [{ field: ['count'], after: '3' }] },
    ]);
  });
});

describe('an event', () => {
  let app: ShareApp;
  beforeAll(async () => {
    app = await openShareApp();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const only = async (work: () => Promise<unknown>): Promise<Event> => {
    const events = await eventsDuring(app, work);
    expect(events.map(({ action }) => action)).toHaveLength(1);
    return events[0]!;
  };

  it('tells who changed what, from where, in which request, with the values before and after', async () => {
    const id = await app.createJob({ labels: ['night'] });
    const update =
      'mutation ($id: ID!) { jobUpdate(id: $id, input: { name: "Renamed", policies: { retries: 5 } }) { job { id } } }';
    const event = await only(() => app.send(update, { id }, { ...app.admin, 'x-request-id': 'r-1' }));
    expect(event).toMatchObject({
      action: 'jobUpdate',
      outcome: 'SUCCEEDED',
      targetId: id,
      actor: { displayName: ADMIN.login },
      ipAddress: '127.0.0.1',
      requestId: 'r-1',
    });
    expect(changed(event)).toEqual({ name: ['"Copy"', '"Renamed"'], 'policies.retries': [null, '5'] });
    const created = (await eventsOf(app, { targetIds: [id], actions: ['jobCreate'] }))[0];
    expect(changed(created!)).toMatchObject({
      name: [null, '"Copy"'],
      labels: [null, '["night"]'],
      'source.connectionId': [null, `"${app.connections.source}"`],
    });
  });

  it('is written with the effect of each mutation that has one', async () => {
    app.put('a.txt', 'content');
    const job = await app.createJob({ name: 'All' });
    const on = (mutation: string, id: string) =>
      only(() => app.ask(`mutation { ${mutation.replace('ID', `"${id}"`)} { userErrors { message } } }`));
    const copy = await on('jobDuplicate(id: ID, name: "Twin")', job);
    expect([copy.targetId === job, changed(copy)['name']]).toEqual([false, [null, '"Twin"']]);
    expect(changed(await on('jobResume(id: ID)', copy.targetId ?? ''))['isSuspended']).toEqual(['true', 'false']);
    expect(changed(await on('jobSuspend(id: ID)', copy.targetId ?? ''))['isSuspended']).toEqual(['false', 'true']);
    expect(changed(await on('jobSuspend(id: ID)', copy.targetId ?? ''))).toEqual({});
    expect(changed(await on('jobDelete(id: ID)', copy.targetId ?? ''))['name']).toEqual(['"Twin"', null]);
    const plan = await on('planCreate(jobId: ID)', job);
    expect(changed(plan)['jobId']).toEqual([null, `"${job}"`]);
    expect(changed(await on('planReject(id: ID, comment: "no")', plan.targetId ?? ''))).toMatchObject({
      approvalState: [expect.anything(), '"REJECTED"'],
      comment: [null, '"no"'],
    });
    const run = await on('runStart(jobId: ID)', job);
    expect(run.targetId).toMatch(/^run_/);
    expect(changed(run)['trigger']).toEqual([null, '"MANUAL"']);
    await app.until(
      () => app.runState(run.targetId ?? ''),
      (state) => state.startsWith('SUCCEEDED'),
    );
    const test = await on('connectionTest(id: ID)', app.connections.source);
    expect([test.targetId, changed(test)['health.status']]).toEqual([
      app.connections.source,
      ['"UNTESTED"', '"HEALTHY"'],
    ]);
    const made = await only(() => app.createJob({ name: 'All' }).catch(() => undefined));
    expect([made.action, made.outcome, made.targetId, made.changes]).toEqual(['jobCreate', 'FAILED', null, []]);
  });

  it('never holds a secret, wherever one is entered', async () => {
    const canary = 'canary-secret-in-a-mine';
    const events = await eventsDuring(app, async () => {
      const connect = `mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) { connection { id } } }`;
      const settings = { procore: { clientCredentials: 'CUSTOM', authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS' } };
      const oauthClient = { clientId: 'client', clientSecret: canary };
      const made = await app.send<{ connectionCreate: { connection: { id: string } } }>(connect, {
        input: { settings, credential: { oauthClient } },
      });
      const { id } = made.data!.connectionCreate.connection;
      await app.send(
        'mutation ($id: ID!, $input: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $input) { connection { id } } }',
        {
          id,
          input: { credential: { oauthClient: { ...oauthClient, clientSecret: `${canary} 2` } } },
        },
      );
      const user = { login: 'mole', displayName: 'Mole', role: 'VIEWER', password: canary };
      await app.send('mutation ($u: UserCreateInput!) { userCreate(input: $u) { user { id } } }', { u: user });
      await app.send(
        `mutation { passwordChange(currentPassword: "${canary}", newPassword: "${canary} 3") { user { id } } }`,
      );
      const mole = await app.signIn('mole', canary);
      await app.send(
        `mutation { passwordChange(currentPassword: "${canary}", newPassword: "${canary} 3") { user { id } } }`,
        {},
        mole,
      );
      await app.signIn(canary, canary);
      await app.send(`mutation { jobSuspend(id: "${canary}") { job { id } } }`);
      await app.send(`mutation { oauthFlowComplete(id: "oau_1", code: "${canary}") { flow { id } } }`);
    });
    expect(events).toHaveLength(9);
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`).slice(0, 7)).toEqual([
      'connectionCreate SUCCEEDED',
      'connectionUpdate SUCCEEDED',
      'userCreate SUCCEEDED',
      'passwordChange DENIED',
      'signIn SUCCEEDED',
      'passwordChange SUCCEEDED',
      'signIn DENIED',
    ]);
    expect([1, 5].map((index) => changed(events[index]!))).toEqual([
      { credential: [null, null] },
      { password: [null, null] },
    ]);
    const { reader, tables } = app.app.base.db;
    expect(JSON.stringify(await reader.select().from(tables.auditEvents))).not.toMatch(/canary|argon2/);
  });

  it('of a sign-in tells whose password was tried, and of an unknown name nothing', async () => {
    const { data } = await app.send<{ viewer: { actor: { id: string } } }>('{ viewer { actor { id } } }');
    const own = data?.viewer.actor.id;
    const wrong = await only(() => app.signIn(ADMIN.login, 'a wrong password'));
    expect([wrong.outcome, wrong.targetId, wrong.actor]).toEqual(['DENIED', own, null]);
    const unknown = await only(() => app.signIn('nobody', 'a wrong password'));
    expect([unknown.outcome, unknown.targetId, unknown.actor]).toEqual(['DENIED', null, null]);
    const right = await only(() => app.signIn(ADMIN.login, ADMIN.password));
    expect([right.outcome, right.targetId, right.actor?.displayName]).toEqual(['SUCCEEDED', own, ADMIN.login]);
  });

  it('is found by actor, target, action and time, latest first, page by page', async () => {
    const all = await eventsOf(app);
    const sequences = all.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
    const read = async (first: number, after?: string) =>
      (await app.ask<{ auditEvents: { nodes: Event[]; pageInfo: { endCursor: string } } }>(EVENTS, { first, after }))
        .auditEvents;
    const one = await read(2);
    await app.createJob({ name: 'In between' });
    const two = await read(2, one.pageInfo.endCursor);
    expect([...one.nodes, ...two.nodes].map(({ sequence }) => sequence)).toEqual(sequences.slice(0, 4));
    const ends = `{ auditEvents(last: 2) { nodes { sequence } pageInfo { startCursor } } }`;
    type Ends = { auditEvents: { nodes: { sequence: number }[]; pageInfo: { startCursor: string } } };
    const oldest = (await app.ask<Ends>(ends)).auditEvents;
    expect(oldest.nodes.map(({ sequence }) => sequence)).toEqual([2, 1]);
    const earlier = ends.replace('last: 2', `last: 2, before: "${oldest.pageInfo.startCursor}"`);
    expect((await app.ask<Ends>(earlier)).auditEvents.nodes.map(({ sequence }) => sequence)).toEqual([4, 3]);
    const admin = (await app.ask<{ viewer: { actor: { id: string } } }>('{ viewer { actor { id } } }')).viewer.actor.id;
    const mine = await eventsOf(app, { actorIds: [admin] });
    expect(new Set(mine.map(({ actor }) => actor?.displayName))).toEqual(new Set([ADMIN.login]));
    const target = all.find(({ action }) => action === 'jobDelete')?.targetId;
    const ofTarget = await eventsOf(app, { targetIds: [target], actions: ['jobDelete', 'jobSuspend'] });
    expect(ofTarget.map(({ action }) => action)).toEqual(['jobDelete', 'jobSuspend', 'jobSuspend']);
    const refused = await eventsOf(app, { outcomes: ['FAILED', 'DENIED'] });
    expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(['FAILED', 'DENIED']));
    const done = await eventsOf(app, { outcomes: ['SUCCEEDED'] });
    expect(done.length + refused.length).toBe((await eventsOf(app)).length);
    expect(await eventsOf(app, { occurredAt: { from: '2100-01-01T00:00:00Z' } })).toEqual([]);
    expect((await eventsOf(app, { occurredAt: { to: '2100-01-01T00:00:00Z' } })).length).toBeGreaterThan(10);
  });

  it('shows its target to those who may see it, null when it is gone, and is a node', async () => {
    const query = '{ auditEvents(first: 100) { nodes { id action targetId target { id } } } }';
    type Shown = { id: string; action: string; targetId: string | null; target: { id: string } | null };
    const { auditEvents } = await app.ask<{ auditEvents: { nodes: Shown[] } }>(query);
    const updated = auditEvents.nodes.find(({ action }) => action === 'jobUpdate');
    expect(updated?.target?.id).toBe(updated?.targetId);
    expect(auditEvents.nodes.find(({ action }) => action === 'jobDelete')?.target).toBeNull();
    const auditor = { authorization: `Bearer ${await tokenWith(app, 'AUDIT_READ')}` };
    const seen = await app.send<{ auditEvents: { nodes: Shown[] } }>(query, {}, auditor);
    expect(seen.data?.auditEvents.nodes.find(({ action }) => action === 'jobUpdate')?.target).toBeNull();
    const node = 'query ($id: ID!) { node(id: $id) { ... on AuditEvent { action } } }';
    expect((await app.send(node, { id: updated?.id }, auditor)).data).toEqual({ node: { action: 'jobUpdate' } });
    const viewer = { authorization: `Bearer ${await tokenWith(app, 'JOBS_READ')}` };
    expect((await app.send(node, { id: updated?.id }, viewer)).data).toEqual({ node: null });
    expect((await app.send(query, {}, viewer)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('stands in one chain with all others', async () => {
    const { audit, vault } = app.app.base;
    const verdict = await verifyChain(audit.store, vault);
    expect(sentenceOf(verdict)).toBe(`The audit log is whole: ${await audit.store.latest()} events.`);
    const broken = await verifyChain(audit.store, new Vault('another key of more than thirty-two characters'));
    expect(sentenceOf(broken)).toMatch(/^The audit log is broken at event 1: it, or .* SLUICE_SECRET_KEY/);
  });

  it('is read with its target and actor by as many statements as many of them are', async () => {
    const counter = new StatementCounter();
    await using counted = await openTestApp({}, { onStatement: counter.observe });
    for (let index = 0; index < 12; index++) await tokenWith(counted, 'JOBS_READ');
    const at = (first: number) =>
      `{ auditEvents(first: ${first}) { nodes { actor { id } target { __typename id } } } }`;
    const count = async (first: number) => (await counter.of(() => counted.send(at(first)))).length;
    expect([await count(1), await count(12)]).toEqual([4, 4]);
  });
});
