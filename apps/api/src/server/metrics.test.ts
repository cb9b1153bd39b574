import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { OperationNames } from './operation-names.js';
import { openSocket } from './testing.js';

const TOKEN = 'a-token-for-prometheus';
const KNOWN = 'query KnownOne { viewer { scopes } }';
const hash = createHash('sha256').update(KNOWN).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'sluice-metrics-'));
let app: ShareApp;
beforeAll(async () => {
  writeFileSync(join(folder, 'documents.json'), JSON.stringify({ [hash]: KNOWN }));
  app = await openShareApp({ metricsToken: TOKEN, documentsFile: join(folder, 'documents.json') });
  app.put('canary-of-a-file.pdf', 'twelve bytes');
  await app.runToEnd(await app.createJob({ name: 'canary of a job' }));
  await app.ask('query CanaryOfAnOperation { viewer { scopes } }');
  await app.send('query { canaryOfAField }');
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const scrape = (headers = {}) => app.app.http.inject({ method: 'GET', url: '/metrics', headers });
const told = async () => (await scrape({ authorization: `Bearer ${TOKEN}` })).body;

it('tells of operations, requests, store, runs, items and bytes', async () => {
  const { statusCode, headers, body } = await scrape({ authorization: `Bearer ${TOKEN}` });
  expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
  for (const figure of [
    /^sluice_graphql_operation_duration_seconds_count\{type="MUTATION",result="ok",process="api"\} [1-9]/m,
    /^sluice_graphql_operation_duration_seconds_count\{type="QUERY",result="errors",process="api"\} 1$/m,
    /^sluice_http_requests_total\{path="graphql",status="200",process="api"\} [1-9]/m,
    /^sluice_store_transaction_duration_seconds_count\{process="api"\} [1-9]/m,
    /^sluice_items_total\{outcome="CREATED",process="api"\} 1$/m,
    /^sluice_transferred_bytes_total\{process="api"\} 12$/m,
    /^sluice_runs\{state="SUCCEEDED",process="api"\} 1$/m,
    /^sluice_graphql_errors_total\{transport="http",code="GRAPHQL_VALIDATION_FAILED",process="api"\} 1$/m,
    /^sluice_graphql_cost_total\{type="MUTATION",process="api"\} [1-9]\d+$/m,
    /^sluice_tasks\{kind="plan",state="QUEUED",process="api"\} 0$/m,
    /^sluice_tasks\{kind="report",state="RUNNING",process="api"\} 0$/m,
    /^sluice_websocket_subscriptions\{process="api"\} 0$/m,
    /^sluice_runs\{state="AWAITING_BUDGET",process="api"\} 0$/m,
    /^sluice_websocket_connections\{process="api"\} 0$/m,
    /^sluice_subscription_followers\{process="api"\} \d+$/m,
    /^sluice_store_up\{process="api"\} 1$/m,
    /^nodejs_eventloop_lag_p99_seconds\{process="api"\} /m,
  ])
    expect(body).toMatch(figure);
});

it('tells what is left of each budget by its identifier', async () => {
  const { connectionCreate } = await app.ask<{ connectionCreate: { connection: { budget: { id: string } } } }>(
    `mutation { connectionCreate(input: { settings: { procore: { clientCredentials: CUSTOM } },
      credential: { oauthClient: { clientId: "canary-client", clientSecret: "canary-secret" } } }) {
      connection { budget { id } } userErrors { message } } }`,
  );
  const { id } = connectionCreate.connection.budget;
  expect(await told()).toMatch(
    new RegExp(`^sluice_budget_calls_last_minute\\{budget="${id}",host="[^"]+",.*\\} 0$`, 'm'),
  );
});

it('holds no name of a file, a job, an operation or a client, and no secret', async () => {
  expect(await told()).not.toMatch(/canary|bytes"|a-token-for/i);
});

it('answers nobody without the token, and has the same series whatever strangers ask for', async () => {
  expect((await scrape()).statusCode).toBe(401);
  const series = async () => (await told()).split('\n').filter((line) => /^sluice_(http|graphql)/.test(line)).length;
  await app.app.http.inject({ method: 'GET', url: '/nowhere' });
  const before = await series();
  for (const name of ['one', 'two', 'three']) {
    await app.app.http.inject({ method: 'GET', url: `/nowhere/${name}` });
    await app.send(`query Stranger${name} { viewer { scopes } }`);
  }
  expect(await series()).toBe(before);
});

it('is not there where no token is set', async () => {
  await using other = await openShareApp();
  const url = '/metrics';
  const { statusCode } = await other.app.http.inject({ method: 'GET', url, headers: { accept: 'text/html' } });
  expect(statusCode).toBe(404);
});

const countOf = async (operation: string) => {
  const line = new RegExp(
    `^sluice_graphql_named_operation_duration_seconds_count\\{operation="${operation}",.* (\\d+)$`,
    'm',
  );
  return Number(line.exec(await told())?.[1] ?? 0);
};

it('measures known documents by their names, and all others together', async () => {
  const [known, other] = [await countOf('KnownOne'), await countOf('other')];
  await app.send(KNOWN);
  await app.send('query KnownOne { viewer { expiresAt } }');
  await app.send('{ viewer { scopes } ');
  expect([await countOf('KnownOne'), await countOf('other')]).toEqual([known + 1, other + 2]);
});

it('has a bounded number of names', () => {
  const names = new OperationNames({ has: () => true }, 2);
  const nameOf = (text: string) => {
    const document: DocumentNode = parse(text);
    return names.of({ document, operation: document.definitions[0] as OperationDefinitionNode });
  };
  const asked = ['query A { a }', 'query B { a }', 'query C { a }', '{ a }', 'query A { b }'];
  expect(asked.map(nameOf)).toEqual(['A', 'B', 'other', 'other', 'A']);
  expect(names.of({})).toBe('other');
});

it('counts errors before an operation is found, open subscriptions and what they have to catch up with', async () => {
  await app.app.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  });
  await app.send('{ viewer { scopes } }', {}, { authorization: 'Bearer wrong' });
  const { server } = await app.ask<{ server: { cursor: string } }>('{ server { cursor } }');
  for (const name of ['one', 'two']) await app.createJob({ name });
  const socket = await openSocket(app.app.http.listeningOrigin, app.admin.cookie);
  const query = 'subscription Changes($after: String) { changes(after: $after) { cursor } }';
  socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { after: server.cursor } } });
  await socket.next('next');
  await socket.refused('subscription { nothing }');
  const text = await told();
  socket.close();
  for (const figure of [
    /^sluice_graphql_errors_total\{transport="http",code="BAD_REQUEST",process="api"\} [1-9]$/m,
    /^sluice_graphql_errors_total\{transport="http",code="UNAUTHENTICATED",process="api"\} 1$/m,
    /^sluice_graphql_errors_total\{transport="websocket",code="GRAPHQL_VALIDATION_FAILED",process="api"\} 1$/m,
    /^sluice_websocket_connections\{process="api"\} 1$/m,
    /^sluice_websocket_subscriptions\{process="api"\} 1$/m,
    /^sluice_subscription_replay_events_count\{process="api"\} 1$/m,
    /^sluice_subscription_replay_events_sum\{process="api"\} [1-9]/m,
  ])
    expect(text).toMatch(figure);
});
