/*
 * `oauth/` is the login host: the page of consent, codes, tokens, their refresh and their end. What a token is worth
 * afterwards is decided in `rest/call.ts`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFields } from '../forms.js';
import type { Client, User } from '../model/types.js';
import type { World } from '../model/world.js';
import { codePage, consentPage, refusalPage, type ConsentRequest } from './pages.js';
import { authenticateClient, grantToken, isValid, issueCode, OauthRefusal, revoke, tokenOf } from './tokens.js';

const OUT_OF_BAND_URI = 'urn:ietf:wg:oauth:2.0:oob';

type Params = Readonly<Record<string, unknown>>;

const text = (params: Params, name: string): string => {
  const value = params[name];
  return typeof value === 'string' ? value : '';
};

/** Login pages, tokens, introspection and revocation. */
export function oauthRoutes(app: FastifyInstance, world: World): void {
  app.get('/oauth/authorize', async (request, reply) => {
    const params = request.query as Params;
    const consent = readConsent(world, params);
    if (typeof consent === 'string') return sendPage(reply, 400, refusalPage(consent));
    if (text(params, 'response_type') !== 'code') {
      return redirect(reply, consent, { error: 'unsupported_response_type', error_description: 'Use code' });
    }
    const automatic = automaticUser(world);
    if (automatic) return allow(world, reply, consent, automatic);
    return sendPage(reply, 200, consentPage(consent, people(world)));
  });

  app.post('/oauth/authorize', async (request, reply) => {
    const params = (await readFields(request)) as Params;
    const consent = readConsent(world, params);
    if (typeof consent === 'string') return sendPage(reply, 400, refusalPage(consent));
    const user = people(world).find(({ login }) => login === text(params, 'login'));
    if (text(params, 'decision') === 'allow' && user) return allow(world, reply, consent, user);
    const error_description = 'The resource owner or authorization server denied the request.';
    return redirect(reply, consent, { error: 'access_denied', error_description });
  });

  app.post('/oauth/token', (request, reply) =>
    answer(reply, async () => {
      const fields = await readFields(request);
      request.isRefresh = fields['grant_type'] === 'refresh_token';
      return grantToken(world, fields);
    }),
  );

  app.post('/oauth/revoke', (request, reply) =>
    answer(reply, async () => {
      const fields = await readFields(request);
      revoke(world, authenticateClient(world, fields), text(fields, 'token'));
      return {};
    }),
  );

  app.get('/oauth/token/info', async (request, reply) => tokenInfo(world, request, reply));
}

function tokenInfo(world: World, request: FastifyRequest, reply: FastifyReply) {
  const token = tokenOf(world, request.headers.authorization);
  if (!token || !isValid(world, token)) {
    return reply.code(401).send({ error: 'invalid_token', error_description: 'The access token is invalid' });
  }
  return reply.send({
    resource_owner_id: token.userId,
    scopes: ['openid'],
    expires_in_seconds: Math.ceil((token.expiresAt - world.now()) / 1000),
    application: { uid: token.clientId },
    created_at: Math.floor(token.createdAt / 1000),
  });
}

async function answer(reply: FastifyReply, work: () => Promise<unknown>) {
  void reply.header('cache-control', 'no-store');
  try {
    return await reply.send(await work());
  } catch (error) {
    if (!(error instanceof OauthRefusal)) throw error;
    return reply.code(error.status).send({ error: error.code, error_description: error.description });
  }
}

/** The request for consent, or why no address may be redirected to. */
function readConsent(world: World, params: Params): ConsentRequest | string {
  const client = world.state.clients.get(text(params, 'client_id'));
  if (!client) return 'The client is unknown: check the client id.';
  const redirectUri = text(params, 'redirect_uri');
  const refusal = redirectUri === OUT_OF_BAND_URI ? null : redirectRefusal(world, client, redirectUri);
  return refusal ?? { client, redirectUri, state: text(params, 'state') };
}

/** Why an address may not be redirected to; null when it may. */
function redirectRefusal(world: World, client: Client, address: string): string | null {
  const registered = client.redirectUris === '*' || client.redirectUris.includes(address);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!registered || !url || !/^https?:$/.test(url.protocol)) {
    return 'The redirect address is not one of those registered for this client.';
  }
  const isPlain = url.protocol === 'http:' && url.hostname !== 'localhost';
  return isPlain && world.options.behaviour.strictRedirects ? 'The redirect address must begin with https.' : null;
}

function people(world: World): User[] {
  const service = new Set([...world.state.clients.values()].map((client) => client.serviceUserId));
  return [...world.state.users.values()].filter((user) => !service.has(user.id));
}

function automaticUser(world: World): User | undefined {
  const wanted = world.autoApprove;
  if (wanted === false) return undefined;
  return people(world).find((user) => wanted === true || user.login === wanted);
}

function allow(world: World, reply: FastifyReply, consent: ConsentRequest, user: User) {
  const code = issueCode(world, consent.client, user, consent.redirectUri);
  if (consent.redirectUri === OUT_OF_BAND_URI) return sendPage(reply, 200, codePage(code));
  return redirect(reply, consent, { code });
}

function redirect(reply: FastifyReply, consent: ConsentRequest, params: Readonly<Record<string, string>>) {
  if (consent.redirectUri === OUT_OF_BAND_URI) return sendPage(reply, 400, refusalPage('Access was denied.'));
  const address = new URL(consent.redirectUri);
  for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
  if (consent.state !== '') address.searchParams.set('state', consent.state);
  return reply.redirect(address.href, 302);
}

const sendPage = (reply: FastifyReply, status: number, body: string) =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(body);
