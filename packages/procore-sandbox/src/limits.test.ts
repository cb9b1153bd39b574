import { describe, expect, it } from 'vitest';
import { seeded } from './seed-data.js';
import { openSandbox, TestClient, TestClock, text } from './test-client.js';

describe('limits of the API origin', () => {
  it('counts every call at its arrival, also the failed ones, and tells what is left', async () => {
    const clock = new TestClock();
    clock.ms += 250;
    const client = new TestClient(await openSandbox({ limits: { hourly: 100, spike: 10 }, now: clock.now }));
    expect((await client.get('/rest/v1.0/me')).headers.get('x-rate-limit-remaining')).toBe('9');
    expect((await client.get('/rest/v1.0/nowhere')).headers.get('x-rate-limit-remaining')).toBe('8');
    expect((await client.get('/rest/v1.0/me', { token: 'wrong' })).headers.get('x-rate-limit-remaining')).toBe('9');
    const refused = await client.post(client.in('folders'), { folder: { name: '' } });
    expect(refused.status).toBe(400);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'x-rate-limit-limit': '10',
      'x-rate-limit-remaining': '7',
      'x-rate-limit-reset': String(Math.ceil((clock.ms + 10_000) / 1000)),
    });
  });

  it.each([true, false])('answers 429 and obeys retryAfterOn429 = %s', async (retryAfterOn429) => {
    const clock = new TestClock();
    const sandbox = await openSandbox({ limits: { hourly: 100, spike: 2, retryAfterOn429 }, now: clock.now });
    const client = new TestClient(sandbox);
    await client.get('/rest/v1.0/me');
    await client.get('/rest/v1.0/me');
    const refused = await client.get('/rest/v1.0/me');
    expect(refused.status).toBe(429);
    expect(refused.json['errors']).toContain('surpassed the max number of requests');
    expect(refused.headers.get('retry-after')).toBe(retryAfterOn429 ? '10' : null);
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');
    clock.advance(10);
    expect((await client.get('/rest/v1.0/me')).status).toBe(200);
    expect(sandbox.control.counters()).toMatchObject({ apiCalls: 4, counted: 3, refused429: 1 });
  });

  it('counts an expired token against its client, and companies apart only when told to', async () => {
    const sandbox = await openSandbox({ limits: { hourly: 100, spike: 10 } });
    const client = new TestClient(sandbox);
    await client.get('/rest/v1.0/me');
    sandbox.control.expireAccessTokens();
    const refused = await client.get('/rest/v1.0/me');
    expect([refused.status, refused.headers.get('x-rate-limit-remaining')]).toEqual([401, '8']);
    sandbox.control.setLimits({ perCompany: true });
    await client.get('/rest/v1.0/me');
    const other = await client.get('/rest/v1.0/me', { companyId: seeded.disconnectedCompanyId });
    expect(other.headers.get('x-rate-limit-remaining')).toBe('9');
  });

  it('leaves out login, storage, own pages and, unless told, file links', async () => {
    const sandbox = await openSandbox({ limits: { hourly: 100, spike: 50 } });
    const client = new TestClient(sandbox);
    const made = await client.createFile('a.txt', 'text');
    const link = text(made.json['file_versions']?.[0]?.['url']);
    const follow = () => fetch(link, { headers: { authorization: `Bearer ${client.token}` } });
    expect(await (await follow()).text()).toBe('text');
    await fetch(`${sandbox.apiUrl}/sandbox`);
    await fetch(`${sandbox.loginUrl}/oauth/token/info`);
    expect(sandbox.control.counters().counted).toBe(2);
    sandbox.control.setBehaviour({ countFileDownloads: true });
    await follow();
    expect(sandbox.control.counters()).toMatchObject({ counted: 3, apiCalls: 2 });
  });

  it('keeps the calls of each hour and by route and status', async () => {
    const clock = new TestClock();
    const sandbox = await openSandbox({ limits: { hourly: 5, spike: 100, hourSeconds: 60 }, now: clock.now });
    const client = new TestClient(sandbox);
    for (let call = 0; call < 6; call += 1) await client.get('/rest/v1.0/me');
    clock.advance(60);
    await client.get('/rest/v1.0/folders/1?project_id=1');
    const { hours, routes } = sandbox.control.counters();
    expect(hours).toMatchObject([{ key: seeded.clientId, limit: 5, used: 5, refused: 1 }]);
    expect(routes['api GET /rest/v1.0/me']).toEqual({ 200: 5, 429: 1 });
    expect(routes['api GET /rest/v1.0/folders/:id']).toEqual({ 403: 1 });
  });
});
