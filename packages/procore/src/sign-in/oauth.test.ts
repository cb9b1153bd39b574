import { describe, expect, test } from 'vitest';
import { ProxiedError, type FetchInit } from '@sluice/core/http';
import type { PlatformError } from '@sluice/core/platform';
import { authorizationUrl, exchangeCode, refreshTokens, revokeTokens, serviceTokens } from './oauth.js';
import { quickClock } from '../test-bench.js';

const good = { access_token: 'at', token_type: 'Bearer', expires_in: 5400, refresh_token: 'rt', created_at: 1 };

/** A login host that gives these answers one after the other, the last one for ever. */
function host(...answers: (Response | Error)[]) {
  const sent: { url: string; init: FetchInit }[] = [];
  const fetch = async (url: string | URL, init: FetchInit = {}) => {
    sent.push({ url: String(url), init });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer instanceof Response) return answer.clone();
    throw answer ?? new Error('no answer');
  };
  const request = {
    loginUrl: 'https://login.procore.com',
    client: { id: 'c', secret: 's&=' },
    fetch,
    clock: quickClock,
    random: () => 0.5,
  };
  return { sent, request };
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const html = (status: number) => new Response('<html>oops</html>', { status });
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: PlatformError) => error.kind,
  );

test('the authorization address has a state, and neither scope nor PKCE', () => {
  const url = new URL(
    authorizationUrl({
      loginUrl: 'https://login.procore.com',
      clientId: 'c',
      redirectUri: 'http://localhost/cb/',
      state: 'abc123',
    }),
  );
  expect(url.origin + url.pathname).toBe('https://login.procore.com/oauth/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'c',
    redirect_uri: 'http://localhost/cb/',
    state: 'abc123',
  });
  expect(() =>
    authorizationUrl({ loginUrl: 'https://x.example', clientId: 'c', redirectUri: 'r', state: 'a-b' }),
  ).toThrow('letters and digits');
});

test('a code is exchanged by a form', async () => {
  const { request, sent } = host(json(good));
  const tokens = await exchangeCode({ ...request, redirectUri: 'http://localhost/cb', code: 'the code' });
  expect(tokens).toMatchObject({ accessToken: 'at', refreshToken: 'rt' });
  expect(tokens.expiresAt - tokens.obtainedAt).toBe(5_400_000);
  expect(sent[0]?.url).toBe('https://login.procore.com/oauth/token');
  expect(sent[0]?.init).toMatchObject({ method: 'POST', redirect: 'manual' });
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.init.body as string))).toEqual({
    grant_type: 'authorization_code',
    code: 'the code',
    redirect_uri: 'http://localhost/cb',
    client_id: 'c',
    client_secret: 's&=',
  });
});

test('replies may be lax: a lifetime as text, none at all, no new refresh token', async () => {
  const lax = await refreshTokens({
    ...host(json({ access_token: 'at', expires_in: '60' })).request,
    refreshToken: 'old',
  });
  expect(lax).toMatchObject({ refreshToken: 'old' });
  expect(lax.expiresAt - lax.obtainedAt).toBe(60_000);
  const none = await serviceTokens(host(json({ access_token: 'at' })).request);
  expect(none).toMatchObject({ refreshToken: null });
});

describe('what an answer means', () => {
  const refresh = (...answers: (Response | Error)[]) =>
    kindOf(refreshTokens({ ...host(...answers).request, refreshToken: 'old' }));
  const service = (...answers: (Response | Error)[]) => kindOf(serviceTokens(host(...answers).request));

  test.each([
    [json({ error: 'invalid_grant' }, 400), 'SIGN_IN_REQUIRED'],
    [json({ error: 'invalid_grant' }, 401), 'SIGN_IN_REQUIRED'],
    [json({ errors: 'The refresh token is invalid' }, 401), 'SIGN_IN_REQUIRED'],
    [json({ error: 'invalid_client' }, 401), 'CREDENTIALS_INVALID'],
    [json({ error: 'unsupported_grant_type' }, 400), 'REJECTED'],
    [html(502), 'PLATFORM_ERROR'],
    [html(401), 'PLATFORM_ERROR'],
    [html(200), 'PLATFORM_ERROR'],
    [json({}, 200), 'PLATFORM_ERROR'],
    [new Response(null, { status: 302, headers: { location: 'https://evil.example' } }), 'PLATFORM_ERROR'],
    [new TypeError('fetch failed'), 'UNREACHABLE'],
  ])('a refresh answered by %o is %s', async (answer, kind) => {
    expect(await refresh(answer)).toBe(kind);
  });

  test('a service account that is refused has wrong credentials', async () => {
    expect(await service(json({ error: 'invalid_grant' }, 400))).toBe('CREDENTIALS_INVALID');
    expect(await service(html(503))).toBe('PLATFORM_ERROR');
  });

  test('trouble of the host is tried again', async () => {
    expect(await refresh(new TypeError('reset'), html(502), json(good))).toBe('fine');
  });

  test('a verdict is not tried again', async () => {
    const { request, sent } = host(json({ error: 'invalid_grant' }, 400), json(good));
    await kindOf(refreshTokens({ ...request, refreshToken: 'old' }));
    expect(sent).toHaveLength(1);
  });

  test('an error holds no secret', async () => {
    const error = await refreshTokens({
      ...host(json({ error: 'x', error_description: 'refresh_token=old-token was bad' }, 400)).request,
      refreshToken: 'old-token',
    }).catch((e: PlatformError) => e);
    expect((error as PlatformError).message).not.toContain('old-token');
  });
});

test('tokens are revoked by one form, whose refusal is told', async () => {
  const { request, sent } = host(new Response('{}'), html(503));
  await revokeTokens({ ...request, token: 'rt' });
  expect(sent[0]?.url).toBe('https://login.procore.com/oauth/revoke');
  expect(sent[0]?.init.body).toBe('token=rt&client_id=c&client_secret=s%26%3D');
  expect(await kindOf(revokeTokens({ ...request, token: 'rt' }))).toBe('PLATFORM_ERROR');
  expect(sent).toHaveLength(2);
});

test('an error says when a proxy is in the way', async () => {
  const { request } = host(new ProxiedError('proxy.example:3128 (HTTPS_PROXY)', 407));
  const failed = serviceTokens(request);
  await expect(failed).rejects.toMatchObject({
    kind: 'UNREACHABLE',
    message: expect.stringContaining(
      'through the proxy proxy.example:3128 (HTTPS_PROXY), which answered 407',
    ) as string,
  });
});
