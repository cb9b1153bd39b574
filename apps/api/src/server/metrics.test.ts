import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

const TOKEN = 'a-token-for-prometheus';
let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp({ metricsToken: TOKEN });
  app.put('canary-of-a-file.pdf', 'twelve bytes');
  await app.runToEnd(await app.createJob({ name: 'canary of a job' }));
  await app.ask('query CanaryOfAnOperation { viewer { scopes } }');
  await app.send('query { canaryOfAField }');
});
afterAll(() => app[Symbol.asyncDispose]());

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
