import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOPICS } from '../db/tables/events.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { openSocket, type RawSocket, type SocketError } from '../server/testing.js';
import type { TestApp } from '../testing.js';
import { TOPIC_RULES } from './topics.js';

interface Event {
  cursor: string;
  topic: string;
  change: string;
  subjectId: string;
  runState: string | null;
  subject: { id: string } | null;
}

const FIELDS = 'cursor topic change subjectId runState occurredAt subject { id }';
const LIST = `query ($topics: [EventTopic!], $first: Int!, $after: String) {
  changeEvents(topics: $topics, first: $first, after: $after) { ${FIELDS} }
}`;
const FOLLOW = `subscription ($topics: [EventTopic!], $after: String) {
  changes(topics: $topics, after: $after) { ${FIELDS} }
}`;
const OLDEST = Buffer.from('e1:0').toString('base64url');

const addressOf = ({ app }: TestApp) => `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;

/** Begins to follow; gives what reads the next event. */
function follow(socket: RawSocket, variables: Record<string, unknown>): () => Promise<Event> {
  socket.send({ id: '1', type: 'subscribe', payload: { query: FOLLOW, variables } });
  return async () => ((await socket.next('next')).payload as { data: { changes: Event } }).data.changes;
}

/** All events by polling, some at a time. */
async function poll(test: TestApp, first: number, topics?: string[]): Promise<Event[]> {
  const found: Event[] = [];
  for (;;) {
    const variables = { first, topics, after: found.at(-1)?.cursor };
    const { data, errors } = await test.send<{ changeEvents: Event[] }>(LIST, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    if (data?.changeEvents.length === 0) return found;
    found.push(...(data?.changeEvents ?? []));
  }
}

describe('changes of everything', () => {
  let test: ShareApp;
  let all: Event[];
  beforeAll(async () => {
    test = await openShareApp();
    test.put('a.pdf', 'a');
    await test.runToEnd(await test.createJob({ name: 'One' }));
    const removed = await test.createJob({ name: 'Removed' });
    await test.ask('mutation ($id: ID!) { jobDelete(id: $id) { deletedId userErrors { code } } }', { id: removed });
    all = await poll(test, 500);
  });
  afterAll(() => test[Symbol.asyncDispose]());

  const tokenWith = async (...scopes: string[]) => {
    const made = await test.ask<{ apiTokenCreate: { secret: string } }>(
      'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret userErrors { code } } }',
      { s: scopes },
    );
    return made.apiTokenCreate.secret;
  };

  it('tell what happened to which object, which stage a run entered, and null for an object that is gone', () => {
    const runs = all.filter(({ topic }) => topic === 'RUN').map(({ runState }) => runState);
    expect([runs[0], runs.at(-1)]).toEqual(['QUEUED', 'SUCCEEDED']);
    expect(all.filter(({ topic, runState }) => topic !== 'RUN' && runState !== null)).toEqual([]);
    expect(all.find(({ topic }) => topic === 'CONNECTION')).toMatchObject({
      change: 'CREATED',
      subjectId: test.connections.source,
      subject: { id: test.connections.source },
    });
    expect(all.at(-1)).toMatchObject({ topic: 'JOB', change: 'DELETED', subject: null });
  });

  it('are the same by polling, in pages of any size, and by subscription', async () => {
    expect(await poll(test, 3)).toEqual(all);
    const socket = await openSocket(addressOf(test), test.admin.cookie);
    const next = follow(socket, { after: OLDEST });
    for (const event of all) expect(await next()).toEqual(event);
    socket.close();
  });

  it('of some topics only, polled and followed', async () => {
    const topics = ['PLAN', 'CONNECTION'];
    const expected = all.filter(({ topic }) => topics.includes(topic));
    expect(await poll(test, 2, topics)).toEqual(expected);
    const socket = await openSocket(addressOf(test), test.admin.cookie);
    const next = follow(socket, { topics, after: OLDEST });
    for (const event of expected) expect(await next()).toEqual(event);
    socket.close();
  });

  it('are shown to a reader only of the types that it may read', async () => {
    for (const [scope, topics] of [
      ['CONNECTIONS_READ', ['BUDGET', 'CONNECTION']],
      ['JOBS_READ', ['JOB', 'PLAN', 'RUN']],
      ['MAPPINGS_READ', ['MAPPING_SET']],
      ['REPORTS_READ', ['REPORT']],
      ['WEBHOOKS_MANAGE', ['WEBHOOK']],
    ] as const) {
      const token = await tokenWith(scope);
      const expected = all.filter(({ topic }) => (topics as readonly string[]).includes(topic));
      const { data } = await test.send(LIST, { first: 500 }, { authorization: `Bearer ${token}` });
      expect(data).toEqual({ changeEvents: expected });
      const socket = await openSocket(addressOf(test), undefined, token);
      const next = follow(socket, { after: OLDEST });
      for (const event of expected) expect(await next()).toEqual(event);
      socket.close();
    }
  });

  it('of a topic that the reader may not see are refused, and so is an empty list of topics', async () => {
    const token = await tokenWith('CONNECTIONS_READ');
    const sender = { authorization: `Bearer ${token}` };
    const socket = await openSocket(addressOf(test), undefined, token);
    for (const [topics, code] of [
      [['CONNECTION', 'JOB'], 'FORBIDDEN'],
      [[], 'BAD_USER_INPUT'],
    ] as const) {
      const { errors } = await test.send(LIST, { first: 5, topics }, sender);
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
      socket.send({ id: code, type: 'subscribe', payload: { query: FOLLOW, variables: { topics } } });
      const refused = (await socket.next('next')).payload as { errors: SocketError[] };
      expect(refused.errors.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
    }
    const stranger = await test.send(
      LIST,
      { first: 5 },
      { authorization: `Bearer ${await tokenWith('USERS_MANAGE')}` },
    );
    expect(stranger.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    socket.close();
  });

  it('come 1 to 500 at a time, after a cursor of this log', async () => {
    const codeOf = async (variables: object) =>
      (await test.send(LIST, { first: 1, ...variables })).errors?.map(({ extensions }) => extensions['code']);
    for (const first of [0, -1, 501]) expect(await codeOf({ first })).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
    const late = Buffer.from('e1:99999').toString('base64url');
    for (const after of ['', 'damaged', late]) expect(await codeOf({ after })).toEqual(['CURSOR_INVALID']);
  });

  it('need the right of the type that their topic leads to', () => {
    const types = {
      BUDGET: 'RateBudget',
      CONNECTION: 'ConnectionProfile',
      JOB: 'Job',
      MAPPING_SET: 'MappingSet',
      PLAN: 'Plan',
      RUN: 'Run',
      REPORT: 'Report',
      WEBHOOK: 'Webhook',
    };
    for (const [topic, type] of Object.entries(types))
      expect(test.app.rights.ofType(type)).toEqual([TOPIC_RULES[topic as (typeof TOPICS)[number]].right]);
  });
});
