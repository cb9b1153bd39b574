import { readFileSync } from 'node:fs';
import { isInterfaceType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../access/passwords.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { openSocket } from '../server/testing.js';
import { ADMIN, type Sender } from '../testing.js';
import { newId } from './ids.js';
import { ROLE_SCOPES, SCOPES, type Role } from './scopes.js';

interface Caller {
  name: string;
  sender: Sender;
}

const LIMITS = {
  ...DEFAULT_LIMITS,
  ...{ costPerMinute: 100_000_000, maxRootFields: 1_000, maxAliases: 1_000, maxSocketsPerActor: 1_000 },
};

let app: ShareApp;
let address: string;
const callers: Caller[] = [];
/** An identifier of each type, of an object that belongs to none of the callers. */
const known: Record<string, string> = {};

beforeAll(async () => {
  app = await openShareApp({ limits: LIMITS });
  address = app.app.http.listeningOrigin;
  await fillStore();
  callers.push({ name: 'no scope', sender: await tokenWithout() });
  for (const role of Object.keys(ROLE_SCOPES) as Role[]) callers.push(await personWith(role));
  for (const scope of SCOPES) callers.push({ name: scope, sender: await tokenWith([scope]) });
});
afterAll(() => app[Symbol.asyncDispose]());

async function fillStore(): Promise<void> {
  app.put('a.txt', 'content');
  const jobId = await app.createJob();
  const { id: runId } = await app.runToEnd(jobId);
  const one = <T>(operation: string, variables: Record<string, unknown> = {}) => app.ask<T>(operation, variables);
  const { run } = await one<{ run: { plan: Id; startedBy: Id; items: { nodes: Id[] } } }>(
    'query ($id: ID!) { run(id: $id) { plan { id } startedBy { id } items(first: 1) { nodes { id } } } }',
    { id: runId },
  );
  const { made } = await one<{ made: { apiToken: Id } }>(
    'mutation { made: apiTokenCreate(displayName: "One", scopes: [JOBS_READ]) { apiToken { id } } }',
  );
  const { procore } = await one<{ procore: { connection: Id & { budget: Id } } }>(
    `mutation { procore: connectionCreate(input: { settings: { procore: { clientCredentials: CUSTOM } },
      credential: { oauthClient: { clientId: "c", clientSecret: "s" } } }) { connection { id budget { id } } } }`,
  );
  const { flow } = await one<{ flow: { flow: Id } }>(
    'mutation ($id: ID!) { flow: oauthFlowStart(connectionId: $id) { flow { id } } }',
    { id: procore.connection.id },
  );
  const { hook } = await one<{ hook: { webhook: Id } }>(
    'mutation { hook: webhookCreate(url: "https://example.com/", topics: [REPORT]) { webhook { id } } }',
  );
  const { report } = await one<{ report: { report: Id } }>(
    'mutation ($id: ID!) { report: reportCreate(input: { kind: LOG, subject: { runId: $id } }) { report { id } } }',
    { id: runId },
  );
  const { set } = await one<{ set: { mappingSet: Id } }>(
    'mutation { set: mappingSetCreate(kind: TAG, sourcePlatform: PROCORE, destinationPlatform: PROCORE, input: { name: "Tags" }) { mappingSet { id } } }',
  );
  const { filled } = await one<{ filled: { mappingSet: { entries: { nodes: Id[] } } } }>(
    'mutation ($id: ID!) { filled: mappingEntriesUpsert(mappingSetId: $id, entries: [{ sourceKey: "a", destinationKey: "b" }]) { mappingSet { entries { nodes { id } } } } }',
    { id: set.mappingSet.id },
  );
  const { events } = await one<{ events: (Id & { topic: string })[] }>(
    '{ events: changeEvents(first: 500) { id topic } }',
  );
  Object.assign(known, {
    ...{ MappingSet: set.mappingSet.id, MappingEntry: filled.mappingSet.entries.nodes[0]?.id },
    ...{ ApiToken: made.apiToken.id, AuditEvent: 'aud_1', ConnectionProfile: procore.connection.id },
    ...{ Job: jobId, Run: runId, RunItem: run.items.nodes[0]?.id, Plan: run.plan.id, OAuthFlow: flow.flow.id },
    ...{ RateBudget: procore.connection.budget.id, User: run.startedBy.id, Report: report.report.id },
    ...{ Webhook: hook.webhook.id },
  });
  for (const { id, topic } of events) known[`ChangeEvent of ${topic}`] ??= id;
}

interface Id {
  id: string;
}

async function personWith(role: Role): Promise<Caller> {
  const { db } = app.app.base;
  const names = { login: role.toLowerCase(), displayName: role };
  const row = { id: newId('usr'), version: 1, ...names, role, isActive: true, createdAt: new Date() };
  const passwordHash = await hashPassword(ADMIN.password);
  await db.transact(async (tx) => void (await tx.insert(db.tables.users).values({ ...row, passwordHash })));
  return { name: role, sender: await app.signIn(names.login, ADMIN.password) };
}

async function tokenWith(scopes: readonly string[]): Promise<Sender> {
  const { made } = await app.ask<{ made: { secret: string } }>(
    'mutation ($s: [Scope!]!) { made: apiTokenCreate(displayName: "One", scopes: $s) { secret } }',
    { s: scopes },
  );
  return { authorization: `Bearer ${made.secret}` };
}

/** A token that has lost its scopes, which every token there is does. */
async function tokenWithout(): Promise<Sender> {
  const { db } = app.app.base;
  const sender = await tokenWith(['JOBS_READ']);
  await db.transact(async (tx) => void (await tx.update(db.tables.apiTokens).set({ scopes: [] })));
  return sender;
}

const typeOf = (entry: string) => entry.split(' ')[0] ?? '';
const entries = () => Object.keys(known).sort();
const matrixOf = (open: ReadonlyMap<string, readonly string[]>) =>
  entries()
    .map(
      (entry) =>
        `${entry}: ${callers
          .map(({ name }) => name)
          .filter((name) => open.get(name)?.includes(entry))
          .join(' ')}`,
    )
    .join('\n');

/** What each caller is shown of the objects, in the answers of one field. */
async function shownBy(ask: (caller: Caller) => Promise<(string | null)[]>): Promise<string> {
  const open = new Map<string, string[]>();
  for (const caller of callers) {
    const types = await ask(caller);
    const shown = entries().filter((entry, index) => types[index] === typeOf(entry));
    expect(
      types.filter((type) => type !== null),
      caller.name,
    ).toHaveLength(shown.length);
    open.set(caller.name, shown);
  }
  return matrixOf(open);
}

type Found = { __typename: string } | null;
const nameOf = (found: Found | undefined) => found?.__typename ?? null;

describe('objects by their identifiers', () => {
  it('are those of every type that says it is a Node', () => {
    const node = app.app.schema.getType('Node');
    const types = isInterfaceType(node) ? app.app.schema.getPossibleTypes(node).map(({ name }) => name) : [];
    expect([...new Set(entries().map(typeOf))].sort()).toEqual(types.sort());
  });

  it('are shown by nodes to those whom the reviewed matrix names: every role and every single scope', async () => {
    const ids = entries().map((entry) => known[entry]);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }';
    const ask = async ({ sender }: Caller) =>
      (await app.send<{ nodes: Found[] }>(query, { ids }, sender)).data!.nodes.map(nameOf);
    await expect(`${await shownBy(ask)}\n`).toMatchFileSnapshot('node-matrix.txt');
  });

  it('are shown by node to the same, and to no stranger by either', async () => {
    const fields = entries().map((_, index) => `n${index}: node(id: $i${index}) { __typename }`);
    const variables = Object.fromEntries(entries().map((entry, index) => [`i${index}`, known[entry]]));
    const query = `query (${entries()
      .map((_, index) => `$i${index}: ID!`)
      .join(', ')}) { ${fields.join(' ')} }`;
    const ask = async ({ sender }: Caller) => {
      const { data } = await app.send<Record<string, Found>>(query, variables, sender);
      return entries().map((_, index) => nameOf(data![`n${index}`]));
    };
    await expect(`${await shownBy(ask)}\n`).toMatchFileSnapshot('node-matrix.txt');
    for (const stranger of [query, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }']) {
      const { data, errors } = await app.send(stranger, { ...variables, ids: Object.values(known) }, {});
      expect([data ?? null, errors?.[0]?.extensions['code']]).toEqual([null, 'UNAUTHENTICATED']);
    }
  });

  it('are shown by WebSocket to the same, as what events are about, and their events to nobody else', async () => {
    const query = 'subscription ($after: String) { changes(after: $after) { id subject { __typename id } } }';
    const list = `{ changeEvents(first: 500) { id cursor subject { __typename id } } }`;
    const { data } = await app.send<{ changeEvents: Told[] }>(list);
    const [oldest, ...later] = data!.changeEvents;
    const reviewed = readFileSync(new URL('node-matrix.txt', import.meta.url), 'utf8').split('\n');
    const isOpen = (type: string, name: string) =>
      reviewed.some((line) => line.startsWith(`${type}: `) && line.split(' ').includes(name));
    for (const { name, sender } of callers) {
      const open = later.filter(({ subject }) => subject !== null && isOpen(subject.__typename, name));
      const socket = await openSocket(address, sender.cookie, sender.authorization?.replace('Bearer ', ''));
      socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { after: oldest!.cursor } } });
      const told: unknown[] = [];
      while (told.length < open.length) told.push((await socket.next('next')).payload);
      expect(told, name).toEqual(open.map(({ cursor: _cursor, ...event }) => ({ data: { changes: event } })));
      if (open.length === 0) {
        const answer = await Promise.race(['error', 'next'].map((type) => socket.next(type)));
        expect(JSON.stringify(answer.payload), name).toContain('FORBIDDEN');
      }
      socket.close();
    }
  });
});

interface Told {
  id: string;
  cursor: string;
  subject: { __typename: string; id: string } | null;
}
