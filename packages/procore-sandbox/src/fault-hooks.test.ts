import { describe, expect, it } from 'vitest';
import type { FaultRule } from './faults.js';
import { seeded } from './seed-data.js';
import { names, openSandbox, read, TestClient, text } from './test-client.js';

async function struck(rule: FaultRule) {
  const sandbox = await openSandbox();
  const client = new TestClient(sandbox);
  sandbox.control.setFaults([rule]);
  const folder = (name: string) => client.post(client.in('folders'), { folder: { name } });
  const live = async () => (await sandbox.control.tree(client.projectId)).map(({ path }) => path);
  return { sandbox, client, folder, live };
}

describe('faults', () => {
  it.each([
    [{ status: 500 }, 500, /<h1>500/],
    [{ status: 502 }, 502, /<!DOCTYPE html>/],
    [{ status: 403 }, 403, /Invalid Project or Company/],
    [{ status: 404 }, 404, /Not found/],
    [{ status: 408 }, 408, /Request Timeout/],
    [{ status: 401 }, 401, /access token is invalid/],
    [{ status: 503, retryAfter: 7 }, 503, /<!DOCTYPE html>/],
    [{ status: 422, body: { errors: { name: ['is odd'] } } }, 422, /is odd/],
  ])('answers %j without doing the work, and counts the call', async (fault, status, body) => {
    const { folder, live, sandbox } = await struck({ kind: 'status', count: 1, ...fault });
    const reply = await folder('a');
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(body);
    expect(reply.headers.get('retry-after')).toBe('retryAfter' in fault ? '7' : null);
    expect(reply.headers.get('x-rate-limit-remaining')).not.toBeNull();
    expect(await live()).toEqual([]);
    expect((await folder('a')).status).toBe(201);
    expect(sandbox.control.counters()).toMatchObject({ counted: 2, faultsFired: { status: 1 } });
  });

  it('answers an HTML page with status 200', async () => {
    const { folder, live } = await struck({ kind: 'html-body' });
    const reply = await folder('a');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await live()).toEqual([]);
  });

  it('resets the connection before the work', async () => {
    const { folder, live, sandbox } = await struck({ kind: 'reset-before-commit', count: 1 });
    await expect(folder('a')).rejects.toThrow();
    expect(await live()).toEqual([]);
    expect(sandbox.control.counters().routes['api POST /rest/v1.0/folders']).toEqual({ reset: 1 });
    expect((await folder('a')).status).toBe(201);
  });

  it('resets the connection after the work', async () => {
    const { folder, live } = await struck({ kind: 'reset-after-commit', count: 1 });
    await expect(folder('a')).rejects.toThrow();
    expect(await live()).toEqual(['a']);
    expect((await folder('a')).status).toBe(400);
  });

  it('loses the reply of a stored upload', async () => {
    const { client, sandbox } = await struck({ kind: 'reset-after-commit', match: { origin: 'storage' }, count: 1 });
    await expect(client.upload('bytes')).rejects.toThrow();
    expect(sandbox.control.counters().uploads.count).toBe(1);
    await client.upload('bytes');
  });

  it('cuts bodies short', async () => {
    const { sandbox, client } = await struck({ kind: 'short-body', count: 1 });
    await expect(client.documents()).rejects.toThrow();
    expect((await client.documents()).status).toBe(200);
    await sandbox.control.seed(client.projectId, [{ path: 'big.bin', content: Buffer.alloc(100_000) }]);
    const row = (await client.documents('view=extended&filters%5Bsearch%5D=big.bin')).rows[0];
    const link = text(row?.['file']?.['current_version']?.['url']);
    sandbox.control.setFaults([{ kind: 'short-body', match: { origin: 'storage' }, count: 1 }]);
    const get = () => fetch(link, { headers: { authorization: `Bearer ${client.token}` } });
    const short = await get();
    expect([short.status, short.headers.get('content-length')]).toEqual([200, '100000']);
    await expect(short.arrayBuffer()).rejects.toThrow();
    expect((await (await get()).arrayBuffer()).byteLength).toBe(100_000);
  });

  it('holds calls back', async () => {
    const { client } = await struck({ kind: 'slow', ms: 30 });
    const started = performance.now();
    expect((await client.documents()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(25);
  });

  it('answers broken JSON and empty lists', async () => {
    const { client, sandbox } = await struck({ kind: 'garbage-json', count: 1 });
    const broken = await client.documents();
    expect([broken.status, broken.json, broken.headers.get('content-type')]).toEqual([
      200,
      undefined,
      'application/json; charset=utf-8',
    ]);
    sandbox.control.setFaults([{ kind: 'empty-list' }]);
    const empty = await client.documents('per_page=2');
    expect([empty.json, empty.headers.get('total'), empty.headers.get('link')]).toEqual([[], '0', null]);
    const root = await client.get(client.in('folders'));
    expect(root.json).toMatchObject({ name: 'Ferry Terminal East', folders: [], files: [] });
    const v2 = await client.get(`/rest/v2.0/projects/${client.projectId}/documents`);
    expect(v2.json).toEqual({ data: [] });
    expect((await client.get('/rest/v1.0/me')).json).toMatchObject({ id: seeded.adminId });
  });

  it.each([
    ['expire-tokens', 200],
    ['revoke-tokens', 401],
  ] as const)('%s', async (kind, refreshed) => {
    const sandbox = await openSandbox({ faults: [{ kind, match: { origin: 'api' }, nth: 2 }] });
    const client = new TestClient(sandbox);
    const pair = sandbox.control.issueTokens();
    expect((await client.documents()).status).toBe(200);
    expect((await client.documents()).status).toBe(401);
    expect((await refresh(sandbox.loginUrl, pair.refresh_token ?? '')).status).toBe(refreshed);
  });

  it('loses the reply of a refresh, whose old token is dead then, and of nothing else', async () => {
    const { sandbox } = await struck({ kind: 'lose-refresh-reply', count: 1 });
    const pair = sandbox.control.issueTokens();
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: seeded.serviceClientId,
      client_secret: seeded.serviceClientSecret,
    });
    expect((await fetch(`${sandbox.loginUrl}/oauth/token`, { method: 'POST', body })).status).toBe(200);
    await expect(refresh(sandbox.loginUrl, pair.refresh_token ?? '')).rejects.toThrow();
    expect((await refresh(sandbox.loginUrl, pair.refresh_token ?? '')).status).toBe(401);
  });
});

const refresh = async (loginUrl: string, refresh_token: string) => {
  const fields = {
    grant_type: 'refresh_token',
    refresh_token,
    client_id: seeded.clientId,
    client_secret: seeded.clientSecret,
  };
  return read(await fetch(`${loginUrl}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) }));
};

describe('overview', () => {
  it('shows counters and takes fault rules by form and by JSON, at no cost', async () => {
    const sandbox = await openSandbox();
    const client = new TestClient(sandbox);
    await client.documents();
    const page = await (await fetch(`${sandbox.apiUrl}/sandbox`)).text();
    expect(page).toContain('api GET /rest/v1.0/projects/:projectId/documents');
    const form = new URLSearchParams({ kind: 'status', status: '503', route: '/documents', count: '1', method: '' });
    const added = await fetch(`${sandbox.apiUrl}/sandbox/faults`, { method: 'POST', body: form });
    expect(await added.text()).toContain('&quot;status&quot;:503');
    expect((await client.documents()).status).toBe(503);
    expect((await client.documents()).status).toBe(200);
    const post = async (body: unknown) =>
      read(
        await fetch(`${sandbox.apiUrl}/sandbox/faults`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      );
    expect((await post([{ kind: 'slow', ms: 1 }])).json).toEqual([{ kind: 'slow', ms: 1, match: {}, fired: 0 }]);
    expect((await post([{ kind: 'nonsense' }])).status).toBe(400);
    const counters = await read(await fetch(`${sandbox.apiUrl}/sandbox/counters.json`));
    expect(counters.json).toMatchObject({ apiCalls: 3, counted: 3, faultsFired: { status: 1 } });
    await fetch(`${sandbox.apiUrl}/sandbox/reset`, { method: 'POST' });
    expect(sandbox.control.counters()).toMatchObject({ apiCalls: 0, routes: {}, hours: [] });
    const tokens = await fetch(`${sandbox.apiUrl}/sandbox/tokens`, {
      method: 'POST',
      body: new URLSearchParams({ action: 'expire' }),
    });
    expect(tokens.status).toBe(200);
    expect((await client.documents()).status).toBe(401);
  });

  it('answers unknown routes and bodies that are no JSON in the shapes of the API', async () => {
    const client = new TestClient(await openSandbox());
    const path = `/rest/v1.0/projects/${client.projectId}/folders`;
    expect(await client.get(path)).toMatchObject({ status: 404, json: { errors: 'Not found' } });
    const headers = { 'content-type': 'application/json' };
    const broken = await client.call('POST', client.in('folders'), { body: '{', headers });
    expect(broken).toMatchObject({ status: 400, json: { errors: 'The body is not JSON' } });
    const text = await client.call('POST', client.in('folders'), {
      body: 'x',
      headers: { 'content-type': 'text/csv' },
    });
    expect(text.status).toBe(406);
    expect(names(await client.documents())).toEqual(['Ferry Terminal East', 'Recycle Bin']);
  });
});
