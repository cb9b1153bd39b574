import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

const QUERY = '{"query":"{ server { version } }"}';
const json = { 'content-type': 'application/json' };
type Case = [
  string,
  { method?: string; url?: string; headers?: Record<string, string>; payload?: string },
  number,
  string,
];

describe('statuses', () => {
  const cases: Case[] = [
    ['no identity', { headers: json, payload: '{"query":"{ connections { nodes { id } } }"}' }, 401, 'UNAUTHENTICATED'],
    [
      'introspection by a stranger',
      { headers: json, payload: '{"query":"{ __schema { types { name } } }"}' },
      401,
      'UNAUTHENTICATED',
    ],
    [
      'a bad token',
      { headers: { ...json, authorization: 'Bearer nonsense-nonsense-nonsense' }, payload: QUERY },
      401,
      'UNAUTHENTICATED',
    ],
    ['broken JSON', { headers: json, payload: '{"query":' }, 400, 'BAD_REQUEST'],
    ['an empty body', { headers: json, payload: '{}' }, 400, 'BAD_REQUEST'],
    ['a batch', { headers: json, payload: `[${QUERY},${QUERY}]` }, 400, 'BAD_REQUEST'],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'query=x' },
      415,
      'BAD_REQUEST',
    ],
    [
      'an upload',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' },
      415,
      'BAD_REQUEST',
    ],
    ['plain text', { headers: { 'content-type': 'text/plain' }, payload: QUERY }, 415, 'BAD_REQUEST'],
    ['an unacceptable answer', { headers: { ...json, accept: 'text/csv' }, payload: QUERY }, 406, 'BAD_REQUEST'],
    [
      'a large body',
      { headers: json, payload: `{"query":"${' '.repeat(3 * 1024 * 1024)}"}` },
      413,
      'OPERATION_TOO_LARGE',
    ],
    ['a long address', { method: 'GET', url: `/graphql?query=${'x'.repeat(9_000)}` }, 414, 'OPERATION_TOO_LARGE'],
    [
      'a mutation by GET',
      {
        method: 'GET',
        url: '/graphql?query=mutation{signOut{viewer{scopes}}}',
        headers: { 'apollo-require-preflight': '1' },
      },
      405,
      'BAD_REQUEST',
    ],
    ['a simple GET', { method: 'GET', url: '/graphql?query={__typename}' }, 400, 'BAD_REQUEST'],
    ['another method', { method: 'DELETE' }, 405, 'BAD_REQUEST'],
    ['a foreign page', { headers: { ...json, origin: 'https://evil.example' }, payload: QUERY }, 403, 'FORBIDDEN'],
    [
      'a foreign page that the request’s own Host agrees with',
      { headers: { ...json, origin: 'http://rebound.example:4000', host: 'rebound.example:4000' }, payload: QUERY },
      403,
      'FORBIDDEN',
    ],
    [
      'an unknown operation',
      { headers: json, payload: '{"query":"query A { __typename }","operationName":"B"}' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a persisted query',
      { headers: json, payload: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}' },
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    ['another address', { method: 'GET', url: '/nothing' }, 404, 'BAD_REQUEST'],
  ];
  it.each(cases)('%s', async (_name, { method = 'POST', url = '/graphql', headers = {}, payload }, status, code) => {
    const reply = await test.app.http.inject({ method: method as 'GET', url, headers, payload });
    const body = reply.json<{ errors: { message: string; extensions: Record<string, unknown> }[] }>();
    expect([reply.statusCode, body.errors[0]?.extensions['code']]).toEqual([status, code]);
    expect(body.errors[0]?.extensions['requestId']).toBe(reply.headers['x-request-id']);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers['vary']).toBe(url.startsWith('/graphql') ? 'Accept, Accept-Encoding, Origin' : undefined);
    expect(JSON.stringify(body)).not.toMatch(/stacktrace|\/src\/|\/dist\//);
  });
});

describe('answers', () => {
  it('take over a good request identifier and replace a bad one', async () => {
    const ask = (id: string) => test.app.http.inject({ url: '/health/live', headers: { 'x-request-id': id } });
    expect((await ask('trace-1.2')).headers['x-request-id']).toBe('trace-1.2');
    expect((await ask('a b\u00e4')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('have the type that was asked for, and security headers', async () => {
    const reply = await test.app.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { ...json, accept: 'application/graphql-response+json' },
      payload: QUERY,
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toContain('application/graphql-response+json');
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('tell strangers the version and the time only', async () => {
    const open = await test.send('{ server { version time } viewer { scopes } }', {}, {});
    expect(open).toMatchObject({ status: 200, data: { server: { version: '0.1.0' }, viewer: null } });
    const closed = await test.send('{ server { limits { maxDepth } } }', {}, {});
    expect(closed.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const own = await test.send(
      '{ server { schemaHash limits { maxDepth eventRetention } } __schema { queryType { name } } }',
    );
    expect(own.data).toMatchObject({ server: { limits: { maxDepth: 15, eventRetention: 'P7D' } } });
  });

  it('explain where the web app is missing, or give it to pages that only it knows', async () => {
    const reply = await test.app.http.inject({ url: '/connections', headers: { accept: 'text/html' } });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toContain('text/html');
  });

  it('say whether the process lives and is ready', async () => {
    await using other = await openTestApp();
    expect((await other.app.http.inject({ url: '/health/live' })).statusCode).toBe(200);
    expect((await other.app.http.inject({ url: '/health/ready' })).statusCode).toBe(200);
    await other.app.base.db.close();
    expect((await other.app.http.inject({ url: '/health/ready' })).statusCode).toBe(503);
    other.app.base.db.close = () => Promise.resolve();
  });
});

describe('defects', () => {
  it('hide their message and leave the other root fields intact', async () => {
    await using other = await openTestApp();
    const { tables } = other.app.base.db;
    await other.app.base.db.transact(async (tx) => {
      const broken = {
        id: 'con_1',
        platform: 'PROCORE',
        settings: null,
        method: 'NONE',
        status: 'HEALTHY',
        statusMessage: '',
        checks: [],
        draftUntil: null,
      };
      const now = new Date();
      const row = { ...broken, name: 'x', nameKey: 'x', version: 1, createdAt: now, updatedAt: now };
      await tx
        .insert(tables.connections)
        .values({ ...row, settings: {} } as unknown as typeof tables.connections.$inferInsert);
    });
    const reply = await other.send(
      '{ server { version } connection(id: "con_1") { settings { __typename } } viewer { expiresAt } }',
    );
    expect(reply.data).toMatchObject({ server: { version: '0.1.0' }, connection: null });
    expect(reply.errors?.[0]).toMatchObject({
      path: ['connection', 'settings'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(reply.errors?.[0]?.message).toContain('request identifier');
  });
});
