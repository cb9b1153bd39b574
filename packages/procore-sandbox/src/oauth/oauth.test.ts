import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../sandbox.js';
import { seeded, seededClients } from '../seed-data.js';
import { openSandbox, read, TestClock, text } from '../test-client.js';

const redirectUri = 'http://127.0.0.1:9/callback';
const client = { client_id: seeded.clientId, client_secret: seeded.clientSecret };

const authorizeUrl = (sandbox: Sandbox, more: Record<string, string> = {}) =>
  `${sandbox.loginUrl}/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: seeded.clientId,
    redirect_uri: redirectUri,
    state: 'st4te',
    ...more,
  }).toString()}`;

const token = async (sandbox: Sandbox, body: RequestInit['body'], headers?: Record<string, string>) =>
  read(await fetch(`${sandbox.loginUrl}/oauth/token`, { method: 'POST', body, headers }));

async function code(sandbox: Sandbox): Promise<string> {
  sandbox.control.setAutoApprove(true);
  const reply = await fetch(authorizeUrl(sandbox), { redirect: 'manual' });
  return new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const redeem = async (sandbox: Sandbox, value: string, more: Record<string, string> = {}) =>
  token(
    sandbox,
    new URLSearchParams({
      grant_type: 'authorization_code',
      code: value,
      redirect_uri: redirectUri,
      ...client,
      ...more,
    }),
  );

const refresh = (sandbox: Sandbox, value: string) =>
  token(sandbox, new URLSearchParams({ grant_type: 'refresh_token', refresh_token: value, ...client }));

const decide = (sandbox: Sandbox, fields: Record<string, string>) =>
  fetch(`${sandbox.loginUrl}/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ client_id: seeded.clientId, redirect_uri: redirectUri, state: 'st4te', ...fields }),
  });

describe('authorize page', () => {
  it('offers people but no service accounts, and escapes what it shows', async () => {
    const [app] = seededClients;
    const sandbox = await openSandbox({
      clients: app ? [{ ...app, name: '<b>App</b>' }, ...seededClients.slice(1)] : [],
    });
    const page = await (await fetch(authorizeUrl(sandbox))).text();
    expect(page).toContain('Ivo Marsh');
    expect(page).toContain('value="rhea@quay.example"');
    expect(page).not.toContain('service account');
    expect(page).toContain('&lt;b&gt;App&lt;/b&gt;');
  });

  it('allows as the chosen user and echoes the state', async () => {
    const sandbox = await openSandbox();
    const reply = await decide(sandbox, { login: 'rhea@quay.example', decision: 'allow' });
    expect(reply.status).toBe(302);
    const location = new URL(reply.headers.get('location') ?? '');
    expect(`${location.origin}${location.pathname}`).toBe(redirectUri);
    expect(location.searchParams.get('state')).toBe('st4te');
    const { json } = await redeem(sandbox, location.searchParams.get('code') ?? '');
    const info = await fetch(`${sandbox.loginUrl}/oauth/token/info`, {
      headers: { authorization: `Bearer ${text(json['access_token'])}` },
    });
    expect(await info.json()).toMatchObject({
      resource_owner_id: seeded.readerId,
      application: { uid: seeded.clientId },
      expires_in_seconds: 5400,
    });
  });

  it('denies with access_denied', async () => {
    const reply = await decide(await openSandbox(), { login: 'ivo@quay.example', decision: 'deny' });
    const { searchParams } = new URL(reply.headers.get('location') ?? '');
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 'st4te']);
  });

  it('redirects to registered addresses only, letter by letter', async () => {
    const [app] = seededClients;
    const sandbox = await openSandbox({
      clients: app ? [{ ...app, redirectUris: [redirectUri] }] : [],
      autoApprove: true,
    });
    const status = async (more: Record<string, string>) =>
      (await fetch(authorizeUrl(sandbox, more), { redirect: 'manual' })).status;
    expect(await status({})).toBe(302);
    expect(await status({ redirect_uri: `${redirectUri}/` })).toBe(400);
    expect(await status({ redirect_uri: 'javascript:alert(1)' })).toBe(400);
    expect(await status({ client_id: 'stranger' })).toBe(400);
  });

  it('shows the code for the out-of-band address', async () => {
    const sandbox = await openSandbox({ autoApprove: 'rhea@quay.example' });
    const OUT_OF_BAND_URI = 'urn:ietf:wg:oauth:2.0:oob';
    const page = await (await fetch(authorizeUrl(sandbox, { redirect_uri: OUT_OF_BAND_URI }))).text();
    const shown = /<code id="code">([^<]+)</.exec(page)?.[1] ?? '';
    expect((await redeem(sandbox, shown, { redirect_uri: OUT_OF_BAND_URI })).status).toBe(200);
  });
});

describe('strict redirect addresses', () => {
  const page = async (sandbox: Sandbox, redirect_uri: string) => {
    const reply = await fetch(authorizeUrl(sandbox, { redirect_uri }), { redirect: 'manual' });
    return [reply.status, await reply.text()] as const;
  };

  it('are https, or on localhost, and registered; the code can still be shown for copying', async () => {
    const [app] = seededClients;
    const redirectUris = ['https://sluice.example/cb', 'http://localhost:4000/cb', 'http://sluice.example/cb'];
    const sandbox = await openSandbox({
      behaviour: { strictRedirects: true },
      clients: app ? [{ ...app, redirectUris }] : [],
      autoApprove: true,
    });
    const status = async (address: string) => (await page(sandbox, address))[0];
    expect(await status('https://sluice.example/cb')).toBe(302);
    expect(await status('http://localhost:4000/cb')).toBe(302);
    expect(await status('https://sluice.example/cb/')).toBe(400);
    expect(await page(sandbox, 'http://sluice.example/cb')).toEqual([400, expect.stringContaining('begin with https')]);
    expect(await page(sandbox, 'urn:ietf:wg:oauth:2.0:oob')).toEqual([200, expect.stringContaining('id="code"')]);
    sandbox.control.setBehaviour({ strictRedirects: false });
    expect(await status('http://sluice.example/cb')).toBe(302);
  });
});

describe('token endpoint', () => {
  it('redeems a code once, in ten minutes, for its own redirect address', async () => {
    const clock = new TestClock();
    const sandbox = await openSandbox({ now: clock.now });
    const first = await code(sandbox);
    const reply = await redeem(sandbox, first);
    expect(reply.json).toMatchObject({ token_type: 'Bearer', expires_in: 5400, created_at: clock.ms / 1000 });
    expect(await redeem(sandbox, first)).toMatchObject({ status: 401, json: { error: 'invalid_grant' } });
    expect((await redeem(sandbox, await code(sandbox), { redirect_uri: 'http://127.0.0.1:9/' })).status).toBe(401);
    const late = await code(sandbox);
    clock.advance(600);
    expect((await redeem(sandbox, late)).status).toBe(401);
  });

  it('reads JSON, urlencoded and multipart bodies', async () => {
    const sandbox = await openSandbox();
    const fields = {
      grant_type: 'client_credentials',
      client_id: seeded.serviceClientId,
      client_secret: seeded.serviceClientSecret,
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const json = await token(sandbox, JSON.stringify(fields), { 'content-type': 'application/json' });
    for (const reply of [json, await token(sandbox, new URLSearchParams(fields)), await token(sandbox, form)]) {
      expect(reply.status).toBe(200);
      expect(reply.json).not.toHaveProperty('refresh_token');
    }
  });

  it('rotates refresh tokens: the old one dies at once, the access token lives on', async () => {
    const sandbox = await openSandbox();
    const first = sandbox.control.issueTokens();
    const second = await refresh(sandbox, first.refresh_token ?? '');
    expect(second.status).toBe(200);
    expect(second.json['refresh_token']).not.toBe(first.refresh_token);
    expect(await refresh(sandbox, first.refresh_token ?? '')).toMatchObject({
      status: 401,
      json: { error: 'invalid_grant', error_description: 'The refresh token is invalid' },
    });
    expect(await infoStatus(sandbox, first.access_token)).toBe(200);
  });

  it('refuses wrong secrets, foreign grants and unknown grant types', async () => {
    const sandbox = await openSandbox();
    const wrong = { grant_type: 'refresh_token', client_id: seeded.clientId, client_secret: 'guess' };
    expect(await token(sandbox, new URLSearchParams(wrong))).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    });
    const service = new URLSearchParams({ grant_type: 'client_credentials', ...client });
    expect(await token(sandbox, service)).toMatchObject({ json: { error: 'unauthorized_client' } });
    const password = new URLSearchParams({ grant_type: 'password', ...client });
    expect(await token(sandbox, password)).toMatchObject({ status: 400, json: { error: 'unsupported_grant_type' } });
  });

  it('lets tokens expire', async () => {
    const clock = new TestClock();
    const sandbox = await openSandbox({ now: clock.now, behaviour: { tokenLifetimeSeconds: 5 } });
    const { access_token: value } = sandbox.control.issueTokens();
    clock.advance(4.9);
    expect(await infoStatus(sandbox, value)).toBe(200);
    clock.advance(0.1);
    expect(await infoStatus(sandbox, value)).toBe(401);
  });

  it('revokes a pair of tokens and answers 200 to unknown ones', async () => {
    const sandbox = await openSandbox();
    const pair = sandbox.control.issueTokens();
    const other = sandbox.control.issueTokens();
    const revoke = (value: string) =>
      fetch(`${sandbox.loginUrl}/oauth/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token: value, ...client }),
      });
    expect((await revoke('unknown')).status).toBe(200);
    expect((await revoke(pair.refresh_token ?? '')).status).toBe(200);
    expect(await infoStatus(sandbox, pair.access_token)).toBe(401);
    expect((await refresh(sandbox, pair.refresh_token ?? '')).status).toBe(401);
    expect(await infoStatus(sandbox, other.access_token)).toBe(200);
  });

  it('shares the port of the API when told to', async () => {
    const sandbox = await openSandbox({ loginOnApiPort: true });
    expect(sandbox.loginUrl).toBe(sandbox.apiUrl);
    expect(await infoStatus(sandbox, sandbox.control.issueTokens().access_token)).toBe(200);
    expect(sandbox.control.counters()).toMatchObject({ apiCalls: 0, counted: 0 });
  });
});

const infoStatus = async (sandbox: Sandbox, value: string) =>
  (await fetch(`${sandbox.loginUrl}/oauth/token/info`, { headers: { authorization: `Bearer ${value}` } })).status;
