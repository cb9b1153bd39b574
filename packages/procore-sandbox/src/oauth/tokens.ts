import { randomText, sameText } from '../ids.js';
import type { Client, Token, User } from '../model/types.js';
import type { World } from '../model/world.js';

/** A refusal of the token endpoint, in the words of RFC 6749. */
export class OauthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly description: string,
  ) {
    super(code);
  }
}

const CODE_LIFETIME_MS = 10 * 60 * 1000;
/** An expired token still names its client for so long, so that calls with it count against that client. */
const EXPIRED_TOKEN_KEPT_MS = 24 * 3_600_000;

/** Body of a successful token call. */
export interface TokenReply {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token?: string;
  created_at: number;
}

export type TokenRequest = Readonly<Record<string, unknown>>;

const text = (request: TokenRequest, name: string): string => {
  const value = request[name];
  return typeof value === 'string' ? value : '';
};

export function issueCode(world: World, client: Client, user: User, redirectUri: string): string {
  const code = randomText(32);
  const expiresAt = world.now() + CODE_LIFETIME_MS;
  world.state.codes.set(code, { clientId: client.id, userId: user.id, redirectUri, expiresAt });
  return code;
}

/** Answers `POST /oauth/token`; throws OauthRefusal. */
export function grantToken(world: World, request: TokenRequest): TokenReply {
  const client = authenticateClient(world, request);
  switch (text(request, 'grant_type')) {
    case 'authorization_code':
      return redeemCode(world, client, request);
    case 'refresh_token':
      return refresh(world, client, request);
    case 'client_credentials':
      return serviceToken(world, client);
    default:
      throw new OauthRefusal(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
  }
}

export function authenticateClient(world: World, request: TokenRequest): Client {
  const client = world.state.clients.get(text(request, 'client_id'));
  if (!client || !sameText(client.secret, text(request, 'client_secret'))) {
    throw new OauthRefusal(401, 'invalid_client', 'Client authentication failed');
  }
  return client;
}

function redeemCode(world: World, client: Client, request: TokenRequest): TokenReply {
  const code = text(request, 'code');
  const known = world.state.codes.get(code);
  world.state.codes.delete(code);
  const fits = known?.clientId === client.id && known.redirectUri === text(request, 'redirect_uri');
  if (!known || !fits || known.expiresAt <= world.now()) throw invalidGrant(world, 'The authorization code is invalid');
  return issue(world, client.id, known.userId, randomText(9));
}

function refresh(world: World, client: Client, request: TokenRequest): TokenReply {
  const token = text(request, 'refresh_token');
  const known = world.state.refreshTokens.get(token);
  if (known?.clientId !== client.id) throw invalidGrant(world, 'The refresh token is invalid');
  world.state.refreshTokens.delete(token);
  return issue(world, client.id, known.userId, known.grantId);
}

function serviceToken(world: World, client: Client): TokenReply {
  if (client.serviceUserId === null) {
    throw new OauthRefusal(401, 'unauthorized_client', 'The client may not use this grant type');
  }
  const { refresh_token: _none, ...reply } = issue(world, client.id, client.serviceUserId, null);
  return reply;
}

const invalidGrant = (world: World, description: string) =>
  new OauthRefusal(world.options.behaviour.invalidGrantStatus, 'invalid_grant', description);

function issue(world: World, clientId: string, userId: number, grantId: string | null): TokenReply {
  const createdAt = world.now();
  const lifetime = world.options.behaviour.tokenLifetimeSeconds;
  const accessToken = `eyJhbGciOiJFUzUxMiJ9.${randomText(240)}.${randomText(96)}`;
  forgetExpired(world, createdAt);
  world.state.tokens.set(accessToken, {
    clientId,
    userId,
    createdAt,
    expiresAt: createdAt + lifetime * 1000,
    revoked: false,
    grantId: grantId ?? '',
  });
  const refreshToken = `rt_${randomText(32)}`;
  if (grantId !== null) world.state.refreshTokens.set(refreshToken, { clientId, userId, grantId });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetime,
    refresh_token: refreshToken,
    created_at: Math.floor(createdAt / 1000),
  };
}

function forgetExpired(world: World, now: number): void {
  for (const [key, token] of world.state.tokens) {
    if (token.expiresAt + EXPIRED_TOKEN_KEPT_MS > now) return;
    world.state.tokens.delete(key);
  }
}

/** The token of an Authorization header, valid or not. */
export function tokenOf(world: World, header: string | undefined): Token | undefined {
  const [, value] = /^Bearer (\S+)$/i.exec(header ?? '') ?? [];
  return value === undefined ? undefined : world.state.tokens.get(value);
}

export const isValid = (world: World, token: Token): boolean => !token.revoked && token.expiresAt > world.now();

/** Kills an access or refresh token together with its partners; unknown tokens are passed over. */
export function revoke(world: World, client: Client, value: string): void {
  const access = world.state.tokens.get(value);
  const known = access ?? world.state.refreshTokens.get(value);
  if (known?.clientId !== client.id) return;
  if (access) access.revoked = true;
  if (known.grantId !== '') revokeWhere(world, (grantId) => grantId === known.grantId);
}

export const revokeAll = (world: World): void => revokeWhere(world, () => true);

function revokeWhere(world: World, matches: (grantId: string) => boolean): void {
  for (const token of world.state.tokens.values()) if (matches(token.grantId)) token.revoked = true;
  for (const [key, token] of world.state.refreshTokens) {
    if (matches(token.grantId)) world.state.refreshTokens.delete(key);
  }
}

export function expireAll(world: World): void {
  for (const token of world.state.tokens.values()) token.expiresAt = Math.min(token.expiresAt, world.now());
}
