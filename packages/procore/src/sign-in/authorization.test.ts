import { describe, expect, test } from 'vitest';
import type { Clock } from '@sluice/core/http';
import type { PlatformError } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { ProcoreAuthorization } from './authorization.js';
import { MemoryTokens, quickClock, testBudget, testCall } from '../test-bench.js';
import type { ProcoreGrant, TokenSet } from '../types.js';

const MINUTE = 60_000;
const tokensFor = (left: number, name = 'first'): TokenSet => ({
  accessToken: name,
  refreshToken: `${name}-refresh`,
  obtainedAt: Date.now() + left - 90 * MINUTE,
  expiresAt: Date.now() + left,
});

function setUp(
  stored: TokenSet | null,
  answer: () => Response | Promise<Response>,
  grant: ProcoreGrant = 'AUTHORIZATION_CODE',
  clock: Clock = quickClock,
) {
  const tokens = new MemoryTokens(stored);
  const state = { asked: 0 };
  const fetch = async () => {
    state.asked += 1;
    return answer();
  };
  const settings = { loginUrl: 'https://login.procore.com', apiUrl: null, companyId: null, projectId: null };
  const client = { id: seeded.clientId, secret: 's' };
  const options = {
    settings,
    client,
    grant,
    tokens,
    budget: testBudget(),
    fetch,
    clock,
    random: () => 0.5,
  };
  return {
    tokens,
    state,
    authorization: new ProcoreAuthorization(options),
    another: () => new ProcoreAuthorization(options),
  };
}
const renewedTo = (name: string) => () =>
  new Response(JSON.stringify({ access_token: name, refresh_token: `${name}-refresh`, expires_in: 5400 }));
const refusing = () => new Response('{"error":"invalid_grant"}', { status: 400 });

describe('renewing', () => {
  test('a token that lives is used as it is', async () => {
    const { authorization, state } = setUp(tokensFor(6 * MINUTE), renewedTo('second'));
    expect(await authorization.header(testCall())).toBe('Bearer first');
    expect(state.asked).toBe(0);
  });

  test('five minutes before its end it is renewed once for all, stored before use', async () => {
    const { authorization, state, tokens } = setUp(tokensFor(4 * MINUTE), renewedTo('second'));
    const headers = await Promise.all([1, 2, 3].map(() => authorization.header(testCall())));
    expect(headers).toEqual(['Bearer second', 'Bearer second', 'Bearer second']);
    expect(state.asked).toBe(1);
    expect(tokens.current?.refreshToken).toBe('second-refresh');
  });

  test('a token is accepted by the status alone, also where the body of the answer breaks off', async () => {
    const broken = () => new ReadableStream({ cancel: () => Promise.reject(new Error('reset')) });
    const { authorization } = setUp(tokensFor(60 * MINUTE), () => new Response(broken()));
    expect(await authorization.isAccepted(testCall())).toBe(true);
  });

  test('a short life is not renewed at each call', async () => {
    const now = Date.now();
    const { authorization, state } = setUp(
      { ...tokensFor(0), obtainedAt: now, expiresAt: now + 5000 },
      renewedTo('second'),
    );
    expect(await authorization.header(testCall())).toBe('Bearer first');
    expect(state.asked).toBe(0);
  });

  test.each([-5 * 60 * MINUTE, 5 * 60 * MINUTE])(
    'a time of day that jumps by %i ms neither renews a token early nor keeps one beyond its life',
    async (jump) => {
      const time = { passed: 0, setBy: 0 };
      const clock: Clock = {
        ...quickClock,
        now: () => Date.now() + time.passed + time.setBy,
        monotonic: () => time.passed,
      };
      const { authorization, state } = setUp(tokensFor(30 * MINUTE), renewedTo('second'), 'AUTHORIZATION_CODE', clock);
      await authorization.header(testCall());
      time.setBy = jump;
      time.passed = 24 * MINUTE;
      expect(await authorization.header(testCall())).toBe('Bearer first');
      time.passed = 26 * MINUTE;
      expect(await authorization.header(testCall())).toBe('Bearer second');
      expect(state.asked).toBe(1);
    },
  );

  test('tokens that were stored before the time of day was set back live no longer than tokens do', async () => {
    const { authorization } = setUp(
      { ...tokensFor(400 * MINUTE), obtainedAt: Date.now() + 310 * MINUTE },
      renewedTo('second'),
    );
    const time = { passed: 0 };
    const later = { ...quickClock, monotonic: () => time.passed };
    const kept = setUp(
      { ...tokensFor(400 * MINUTE), obtainedAt: Date.now() + 310 * MINUTE },
      renewedTo('second'),
      'AUTHORIZATION_CODE',
      later,
    );
    expect(await authorization.header(testCall())).toBe('Bearer first');
    await kept.authorization.header(testCall());
    time.passed = 86 * MINUTE;
    expect(await kept.authorization.header(testCall())).toBe('Bearer second');
  });

  test('two processes renew once', async () => {
    const { authorization, another, state } = setUp(tokensFor(MINUTE), renewedTo('second'));
    const headers = await Promise.all([authorization.header(testCall()), another().header(testCall())]);
    expect(headers).toEqual(['Bearer second', 'Bearer second']);
    expect(state.asked).toBe(1);
  });

  test('while the old token lives a login host in trouble does no harm', async () => {
    const { authorization, state } = setUp(tokensFor(MINUTE), () => new Response('<html>', { status: 502 }));
    expect(await authorization.header(testCall())).toBe('Bearer first');
    const asked = state.asked;
    expect(await authorization.header(testCall())).toBe('Bearer first');
    expect(state.asked).toBe(asked);
  });

  test('a caller who gives up does not cut the renewal off', async () => {
    let answer = (_response: Response) => {};
    const { authorization, tokens } = setUp(tokensFor(-MINUTE), () => new Promise((resolve) => (answer = resolve)));
    const stop = new AbortController();
    const header = authorization.header(testCall({ signal: stop.signal })).catch((error: PlatformError) => error.kind);
    await quickClock.sleep(1);
    stop.abort();
    expect(await header).toBe('ABORTED');
    answer(renewedTo('second')());
    await authorization.settled();
    expect(tokens.current?.accessToken).toBe('second');
  });
});

describe('a refused token', () => {
  test('is renewed, and the request worth repeating', async () => {
    const { authorization, state } = setUp(tokensFor(60 * MINUTE), renewedTo('second'));
    expect(await authorization.refused(await authorization.header(testCall()), testCall())).toBe(true);
    expect(await authorization.header(testCall())).toBe('Bearer second');
    expect(await authorization.refused('Bearer first', testCall())).toBe(true);
    expect(state.asked).toBe(1);
  });

  test('that another process has replaced is not renewed again', async () => {
    const { authorization, tokens, state } = setUp(tokensFor(60 * MINUTE), renewedTo('third'));
    const header = await authorization.header(testCall());
    tokens.current = tokensFor(60 * MINUTE, 'second');
    expect(await authorization.refused(header, testCall())).toBe(true);
    expect(await authorization.header(testCall())).toBe('Bearer second');
    expect(state.asked).toBe(0);
  });

  test('with a dead refresh token needs a sign-in, and says so without asking again', async () => {
    const { authorization, tokens, state } = setUp(tokensFor(60 * MINUTE), refusing);
    const kind = (work: Promise<unknown>) => work.catch((error: PlatformError) => error.kind);
    expect(await kind(authorization.refused(await authorization.header(testCall()), testCall()))).toBe(
      'SIGN_IN_REQUIRED',
    );
    expect(tokens.current).toBeNull();
    expect(await kind(authorization.header(testCall()))).toBe('SIGN_IN_REQUIRED');
    expect(state.asked).toBe(1);
  });

  test('of a service account is asked for anew', async () => {
    const { authorization, tokens } = setUp(null, renewedTo('service'), 'CLIENT_CREDENTIALS');
    expect(await authorization.header(testCall())).toBe('Bearer service');
    expect(tokens.current?.accessToken).toBe('service');
    const refused = setUp(null, refusing, 'CLIENT_CREDENTIALS');
    await expect(refused.authorization.header(testCall())).rejects.toMatchObject({ kind: 'CREDENTIALS_INVALID' });
  });
});
