import { isInterfaceType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from './ids.js';
import { openShareApp, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
let jobId: string;
/** An identifier of each type that exists in the store. */
const known: Record<string, string> = {};

beforeAll(async () => {
  app = await openShareApp();
  app.put('a.txt', 'content');
  jobId = await app.createJob();
  const run = await app.runToEnd(jobId);
  const { run: found } = await app.ask<{
    run: { plan: { id: string }; startedBy: { id: string }; items: { nodes: { id: string }[] } };
  }>('query ($id: ID!) { run(id: $id) { plan { id } startedBy { id } items(first: 1) { nodes { id } } } }', {
    id: run.id,
  });
  const token = await app.ask<{ apiTokenCreate: { apiToken: { id: string } } }>(
    'mutation { apiTokenCreate(displayName: "One", scopes: [JOBS_READ]) { apiToken { id } userErrors { message } } }',
  );
  const procore = await app.ask<{ connectionCreate: { connection: { id: string; budget: { id: string } } } }>(
    `mutation { connectionCreate(input: { settings: { procore: { clientCredentials: CUSTOM } },
      credential: { oauthClient: { clientId: "c", clientSecret: "s" } } }) { connection { id budget { id } } userErrors { message } } }`,
  );
  const { connection } = procore.connectionCreate;
  const flow = await app.ask<{ oauthFlowStart: { flow: { id: string } } }>(
    'mutation ($id: ID!) { oauthFlowStart(connectionId: $id) { flow { id } userErrors { message } } }',
    { id: connection.id },
  );
  const hook = await app.ask<{ webhookCreate: { webhook: { id: string } } }>(
    'mutation { webhookCreate(url: "https://example.com/", topics: [REPORT]) { webhook { id } userErrors { message } } }',
  );
  const report = await app.ask<{ reportCreate: { report: { id: string } } }>(
    'mutation ($id: ID!) { reportCreate(input: { kind: LOG, subject: { runId: $id } }) { report { id } userErrors { message } } }',
    { id: run.id },
  );
  const set = await app.ask<{ mappingSetCreate: { mappingSet: { id: string } } }>(
    'mutation { mappingSetCreate(kind: TAG, sourcePlatform: PROCORE, destinationPlatform: PROCORE, input: { name: "Tags" }) { mappingSet { id } userErrors { message } } }',
  );
  const mappingSetId = set.mappingSetCreate.mappingSet.id;
  const filled = await app.ask<{ mappingEntriesUpsert: { mappingSet: { entries: { nodes: { id: string }[] } } } }>(
    'mutation ($id: ID!) { mappingEntriesUpsert(mappingSetId: $id, entries: [{ sourceKey: "a", destinationKey: "b" }]) { mappingSet { entries { nodes { id } } } userErrors { message } } }',
    { id: mappingSetId },
  );
  Object.assign(known, {
    MappingSet: mappingSetId,
    MappingEntry: filled.mappingEntriesUpsert.mappingSet.entries.nodes[0]?.id,
    ApiToken: token.apiTokenCreate.apiToken.id,
    AuditEvent: 'aud_1',
    ChangeEvent: 'evt_1',
    ConnectionProfile: connection.id,
    Job: jobId,
    OAuthFlow: flow.oauthFlowStart.flow.id,
    Plan: found.plan.id,
    RateBudget: connection.budget.id,
    Run: run.id,
    RunItem: found.items.nodes[0]?.id,
    User: found.startedBy.id,
    Report: report.reportCreate.report.id,
    Webhook: hook.webhookCreate.webhook.id,
  });
});
afterAll(() => app[Symbol.asyncDispose]());

const nodeTypes = () => {
  const node = app.app.schema.getType('Node');
  return isInterfaceType(node) ? app.app.schema.getPossibleTypes(node).map(({ name }) => name) : [];
};

it('node(id) finds every type that says it is a Node', async () => {
  const found: Record<string, unknown> = {};
  for (const name of nodeTypes()) {
    const { node } = await app.ask<{ node: unknown }>('query ($id: ID!) { node(id: $id) { __typename id } }', {
      id: known[name] ?? 'there is no object of this type in the test',
    });
    found[name] = node;
  }
  expect(found).toEqual(Object.fromEntries(nodeTypes().map((name) => [name, { __typename: name, id: known[name] }])));
});

it('node(id) of a change is for those who may follow its topic', async () => {
  const read = async (scope: string) => {
    const made = await app.ask<{ apiTokenCreate: { secret: string } }>(
      'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "One", scopes: $s) { secret userErrors { message } } }',
      { s: [scope] },
    );
    const authorization = `Bearer ${made.apiTokenCreate.secret}`;
    return (await app.send('{ node(id: "evt_1") { id ... on ChangeEvent { topic } } }', {}, { authorization })).data;
  };
  expect(await read('CONNECTIONS_READ')).toEqual({ node: { id: 'evt_1', topic: 'CONNECTION' } });
  expect(await read('JOBS_READ')).toEqual({ node: null });
});

it.each(['', 'evt_', 'evt_x', 'evt_99999999999999999999', 'con_', 'nothing', newId('usr')])(
  'node(id) of %j is null',
  async (id) => {
    expect(await app.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  },
);

it('Location tells a deleted connection from one that the caller may not see', async () => {
  const query = 'query ($id: ID!) { job(id: $id) { source { path connection { id } } } }';
  const made = await app.ask<{ apiTokenCreate: { secret: string } }>(
    'mutation { apiTokenCreate(displayName: "One", scopes: [JOBS_READ]) { secret userErrors { message } } }',
  );
  const token = { authorization: `Bearer ${made.apiTokenCreate.secret}` };
  const forbidden = await app.send(query, { id: jobId }, token);
  expect(forbidden.data).toEqual({ job: { source: { path: '/', connection: null } } });
  expect(forbidden.errors).toMatchObject([
    { path: ['job', 'source', 'connection'], extensions: { code: 'FORBIDDEN' } },
  ]);
  const { db } = app.app.base;
  await db.transact(async (tx) => {
    await tx.update(db.tables.jobs).set({ sourceConnectionId: 'con_deleted' });
  });
  const deleted = await app.send(query, { id: jobId });
  expect(deleted.errors).toBeUndefined();
  expect(deleted.data).toEqual({ job: { source: { path: '/', connection: null } } });
});
