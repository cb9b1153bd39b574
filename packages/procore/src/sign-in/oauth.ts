import { transferDelayMs, wayOf, type Clock, type Fetch } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import { sentenceOf } from '../errors.js';
import { baseUrl, below, loginUrlOf } from './hosts.js';
import { countOf, parseJson, recordOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { ProcoreClientCredentials, TokenSet } from '../types.js';
import { retried } from '../api/retry.js';
import { Watchdog } from '../api/waits.js';

/** Lifetime of an access token where the reply does not tell, in seconds. */
const USUAL_LIFETIME_S = 5400;
/** Times that tokens are asked for while the login host fails. */
const TOKEN_TRIES = 4;
/** The login host is given up on when it has not answered for so long. */
const LOGIN_TIMEOUT_MS = 30_000;

/** What a request to the login host needs. */
export interface TokenRequest {
  loginUrl: string;
  client: ProcoreClientCredentials;
  fetch: Fetch;
  clock: Clock;
  random: () => number;
  signal?: AbortSignal;
}

export interface AuthorizationUrlRequest {
  loginUrl: string;
  clientId: string;
  /** Exactly as registered with the app, to the letter. */
  redirectUri: string;
  /** Letters and digits only. */
  state: string;
}

/** In place of a redirect address: Procore shows the code on a page, to be copied by hand. */
export const CODE_TO_COPY = 'urn:ietf:wg:oauth:2.0:oob';

/**
 * What is wrong with a redirect address, or null. An app can register https addresses, http ones on localhost, and
 * `CODE_TO_COPY`.
 */
export function redirectProblem(redirectUri: string): string | null {
  if (redirectUri === CODE_TO_COPY) return null;
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost')) return null;
  return 'Procore takes redirect addresses with https only, and with http for localhost alone: serve Sluice by https, or open it as http://localhost.';
}

/** The page on which a person consents. Throws `REJECTED` for a state that Procore would not echo as it is. */
export function authorizationUrl(request: AuthorizationUrlRequest): string {
  if (!/^[A-Za-z0-9]+$/.test(request.state))
    throw new PlatformError('REJECTED', 'The state may only hold letters and digits.');
  const url = below(baseUrl(loginUrlOf(request.loginUrl)), '/oauth/authorize');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
  }).toString();
  return url.href;
}

/**
 * Turns the code of the redirect into tokens; a code works once and for 10 minutes.
 * Throws `SIGN_IN_REQUIRED` for a dead code, `CREDENTIALS_INVALID` for a refused client, `UNREACHABLE`, `PLATFORM_ERROR`.
 */
export function exchangeCode(request: TokenRequest & { redirectUri: string; code: string }): Promise<TokenSet> {
  return requestTokens(
    request,
    { grant_type: 'authorization_code', code: request.code, redirect_uri: request.redirectUri },
    null,
  );
}

/** Trades the single-use refresh token for a new pair. Throws as `exchangeCode`. */
export function refreshTokens(request: TokenRequest & { refreshToken: string }): Promise<TokenSet> {
  return requestTokens(
    request,
    { grant_type: 'refresh_token', refresh_token: request.refreshToken },
    request.refreshToken,
  );
}

/** Signs a service account in. Throws `CREDENTIALS_INVALID`, `UNREACHABLE` or `PLATFORM_ERROR`. */
export function serviceTokens(request: TokenRequest): Promise<TokenSet> {
  return requestTokens(request, { grant_type: 'client_credentials' }, null);
}

/**
 * Ends the life of a pair of tokens, by either of the two; one try. Resolves also for tokens that are dead already.
 * Throws `UNREACHABLE`, or `PLATFORM_ERROR` for another answer than a success.
 */
export async function revokeTokens(request: TokenRequest & { token: string }): Promise<void> {
  const signal = request.signal ?? new AbortController().signal;
  const reply = await post(request, '/oauth/revoke', { token: request.token }, signal);
  if (reply.status >= 200 && reply.status <= 299) return;
  throw new PlatformError('PLATFORM_ERROR', `The login host of Procore did not revoke: ${reply.status}.`, {
    remoteStatus: String(reply.status),
  });
}

/** Repeats what the login host did not answer, or answered with an error of its own. */
function requestTokens(request: TokenRequest, grant: Record<string, string>, kept: string | null): Promise<TokenSet> {
  const signal = request.signal ?? new AbortController().signal;
  const retry = {
    waits: request,
    signal,
    attempts: TOKEN_TRIES,
    isRepeatable: (error: unknown) => error instanceof PlatformError && error.retry !== 'never',
    delayMs: transferDelayMs,
  };
  return retried(retry, async () => {
    const reply = await post(request, '/oauth/token', grant, signal);
    return readTokens(reply, { grant: grant['grant_type'] ?? '', now: request.clock.now(), kept });
  });
}

interface LoginReply {
  status: number;
  text: string;
}

async function post(
  request: TokenRequest,
  path: '/oauth/token' | '/oauth/revoke',
  fields: Record<string, string>,
  signal: AbortSignal,
): Promise<LoginReply> {
  const watchdog = new Watchdog(request.clock, LOGIN_TIMEOUT_MS, signal);
  const form = { ...fields, client_id: request.client.id, client_secret: request.client.secret };
  try {
    const response = await request.fetch(below(baseUrl(loginUrlOf(request.loginUrl)), path), {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      redirect: 'manual',
      signal: watchdog.signal,
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw new PlatformError('UNREACHABLE', `The login host of Procore did not answer${wayOf(cause)}.`, {
      cause,
      remedy: 'Check the domain of the connection and the network.',
    });
  } finally {
    watchdog.stop();
  }
}

interface Reading {
  grant: string;
  now: number;
  /** The refresh token to keep when the reply has none. */
  kept: string | null;
}

function readTokens(reply: LoginReply, { grant, now, kept }: Reading): TokenSet {
  const body = recordOf(parseJson(reply.text));
  const accessToken = textOf(body?.['access_token']);
  if (reply.status < 200 || reply.status > 299 || !body || !accessToken) throw tokenError(reply, body, grant);
  const lifetime = (countOf(body['expires_in']) ?? USUAL_LIFETIME_S) * 1000;
  return {
    accessToken,
    refreshToken: textOf(body['refresh_token']) ?? kept,
    obtainedAt: now,
    expiresAt: now + lifetime,
  };
}

/** Only an answer in JSON with a 4xx status says something about the grant; all else is trouble of the host. */
function tokenError(reply: LoginReply, body: Json | null, grant: string): PlatformError {
  const facts = { remoteStatus: String(reply.status) };
  const code = textOf(body?.['error']);
  const isVerdict = body !== null && [400, 401, 403, 422].includes(reply.status);
  if (!isVerdict)
    return new PlatformError(
      'PLATFORM_ERROR',
      `The login host of Procore failed: ${sentenceOf(reply.status, reply.text)}`,
      facts,
    );
  if (grant === 'client_credentials' || code === 'invalid_client' || code === 'unauthorized_client') {
    return new PlatformError('CREDENTIALS_INVALID', 'Procore does not know this client id and secret.', {
      ...facts,
      remedy: 'Check client id and client secret, and that they belong to this domain.',
    });
  }
  if (code !== null && code !== 'invalid_grant' && code !== 'invalid_token') {
    return new PlatformError(
      'REJECTED',
      `The login host of Procore refused: ${sentenceOf(reply.status, reply.text)}`,
      facts,
    );
  }
  return new PlatformError('SIGN_IN_REQUIRED', 'The sign-in with Procore is no longer valid.', {
    ...facts,
    remedy: 'Sign in with Procore again.',
  });
}
