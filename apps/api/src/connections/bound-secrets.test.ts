import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Leases } from '../db/lease.js';
import { openTestApp, type TestApp } from '../testing.js';
import { startLoginHost, type LoginHost } from './testing.js';
import { createTokenStore } from './token.store.js';

const FIELDS = 'id health { status message } credential { isSet hint }';
const CREATE = `mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { connection { ${FIELDS} } userErrors { code field message } } }`;
const UPDATE = `mutation ($id: ID!, $i: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $i) { connection { ${FIELDS} } userErrors { code field message } } }`;
const TEST = `mutation ($id: ID!) { connectionTest(id: $id) { connection { ${FIELDS} } userErrors { code message } } }`;
const BROWSE = '{ connection(id: $id) { browse { nodes { name } } scopes { name } } }';
const START =
  'mutation ($id: ID!) { oauthFlowStart(connectionId: $id) { flow { authorizationUrl } userErrors { code } } }';

const SECRET = 'canary-client-secret';
const OWN_SECRET = 'canary-own-secret';
const OWN = { id: 'own', secret: OWN_SECRET };
const CREDENTIAL = { oauthClient: { clientId: 'client-1', clientSecret: SECRET } };

interface Answer {
  connection: { id: string; health: { status: string; message: string }; credential: { isSet: boolean } } | null;
  userErrors: { code: string; field: string[]; message: string }[];
}

let test: TestApp;
let [given, other]: LoginHost[] = [];

beforeAll(async () => {
  [given, other] = await Promise.all([startLoginHost(), startLoginHost()]);
  test = await openTestApp({
    allowPrivateHosts: true,
    procoreClient: { ...OWN, loginUrl: 'https://login.procore.com' },
  });
});
beforeEach(() => {
  for (const host of [given, other]) host?.seen.splice(0);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await Promise.all([given?.close(), other?.close()]);
});

async function ask(name: string, query: string, variables: object): Promise<Answer> {
  const reply = await test.send<Record<string, Answer>>(query, variables as Record<string, unknown>);
  const answer = reply.data?.[name];
  if (!answer) throw new Error(JSON.stringify(reply.errors));
  return answer;
}
const create = (i: object) => ask('connectionCreate', CREATE, { i });
const update = (id: string, i: object) => ask('connectionUpdate', UPDATE, { id, i });

const settings = (more: object = {}) => ({
  procore: {
    clientCredentials: 'CUSTOM',
    authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS',
    loginUrl: given?.url,
    apiUrl: given?.url,
    companyId: '1',
    projectId: '2',
    ...more,
  },
});

/** Uses a connection in every way that asks its platform. */
async function useAll(id: string): Promise<void> {
  await test.send(TEST, { id });
  await test.send(`query ($id: ID!) ${BROWSE}`, { id });
  await test.app.connections
    .open(id)
    .then(
      (platform) =>
        platform.find({ path: ['a'] }, { signal: AbortSignal.timeout(2_000), priority: 'JOB', owner: 'test' }),
      () => null,
    )
    .catch(() => null);
}

const seenBy = (host: LoginHost | undefined) => host?.seen.join('\n') ?? '';

describe('a service account’s secret and tokens', () => {
  it.each([
    ['the API address', () => ({ apiUrl: other?.url })],
    ['the login address', () => ({ loginUrl: other?.url })],
    ['both', () => ({ loginUrl: other?.url, apiUrl: other?.url })],
    ['the API address, which follows the login address', () => ({ loginUrl: other?.url, apiUrl: null })],
  ])('are dropped by a change of %s, and never reach the other host', async (_name, change) => {
    const { connection } = await create({ settings: settings(), credential: CREDENTIAL });
    const id = connection?.id ?? '';
    await useAll(id);
    expect(seenBy(given)).toContain(SECRET);
    expect(seenBy(given)).toMatch(/Bearer access-\d/);
    const changed = await update(id, { settings: settings(change()) });
    expect(changed.connection).toMatchObject({ credential: { isSet: false }, health: { status: 'INCOMPLETE' } });
    await useAll(id);
    expect(seenBy(other)).not.toMatch(/canary|Bearer/);
    const [row] = await rowsOf(id);
    expect(row).toMatchObject({ credential: null, credentialHint: null, tokens: null, budgetId: null });
  });

  it('stay when the same hosts are written in another way, or the project changes', async () => {
    const id = (await create({ settings: settings(), credential: CREDENTIAL })).connection?.id ?? '';
    await useAll(id);
    const same = settings({ apiUrl: `${given?.url}/`, loginUrl: given?.url.toUpperCase(), projectId: '3' });
    expect((await update(id, { settings: same })).connection?.credential.isSet).toBe(true);
    expect((await rowsOf(id))[0]?.tokens).not.toBeNull();
  });

  it('given again for the new pair, the old pair’s tokens are dropped all the same', async () => {
    const id = (await create({ settings: settings(), credential: CREDENTIAL })).connection?.id ?? '';
    await useAll(id);
    const tokens = (await rowsOf(id))[0]?.tokens;
    expect(tokens).not.toBeNull();
    await update(id, { settings: settings({ apiUrl: other?.url }), credential: CREDENTIAL });
    expect((await rowsOf(id))[0]?.tokens).toBeNull();
  });

  it('are not written back by a renewal that began for the earlier pair', async () => {
    const id = (await create({ settings: settings(), credential: CREDENTIAL })).connection?.id ?? '';
    const { store, clients } = test.app.connections;
    const before = await store.byId(id);
    if (before === null) throw new Error('The connection is gone.');
    const { vault, db, clock } = test.app.base;
    const late = createTokenStore({ vault, store, clients, leases: new Leases(db, clock) }, before);
    await update(id, { settings: settings({ apiUrl: other?.url }), credential: CREDENTIAL });
    await late.save({ accessToken: 'canary', refreshToken: null, obtainedAt: 0, expiresAt: 2 ** 50 });
    expect((await rowsOf(id))[0]?.tokens).toBeNull();
    expect(await late.load()).toBeNull();
  });
});

describe('a person’s tokens', () => {
  it('are dropped by a change of the API address, and never reach the other host', async () => {
    const method = { authenticationMethod: 'OAUTH_AUTHORIZATION_CODE' };
    const id = (await create({ settings: settings(method), credential: CREDENTIAL })).connection?.id ?? '';
    const started = await test.send<{ oauthFlowStart: { flow: { authorizationUrl: string } } }>(START, { id });
    const state = new URL(started.data?.oauthFlowStart.flow.authorizationUrl ?? '').searchParams.get('state') ?? '';
    await test.app.http.inject({
      url: `/oauth/callback?code=good&state=${state}`,
      headers: { cookie: test.admin.cookie },
    });
    await useAll(id);
    expect(seenBy(given)).toMatch(/Bearer access-\d/);
    const changed = await update(id, { settings: settings({ ...method, apiUrl: other?.url }), credential: CREDENTIAL });
    expect(changed.connection?.health.status).toBe('NEEDS_SIGN_IN');
    await useAll(id);
    expect(seenBy(other)).not.toMatch(/canary|Bearer|refresh/);
  });
});

describe('this installation’s own client', () => {
  const own = (more: object) => settings({ clientCredentials: 'SYSTEM_DEFAULT', ...more });

  it.each([
    ['another login host', () => ({ apiUrl: 'https://api.procore.com' }), ['loginUrl']],
    ['another API host', () => ({ loginUrl: 'https://login.procore.com' }), ['apiUrl']],
    ['two others', () => ({}), ['loginUrl', 'apiUrl']],
    [
      'a name that only looks alike',
      () => ({ loginUrl: 'https://login.procore.com.example', apiUrl: null }),
      ['loginUrl'],
    ],
    [
      'a plain connection',
      () => ({ loginUrl: 'http://login.procore.com', apiUrl: 'https://api.procore.com' }),
      ['loginUrl'],
    ],
  ])('is refused to %s, private hosts allowed or not', async (_name, more, fields) => {
    const { userErrors } = await create({ settings: own(more()) });
    expect(userErrors.map(({ code, field }) => `${code} ${field.at(-1)}`)).toEqual(
      fields.map((field) => `INVALID ${field}`),
    );
    expect(userErrors[0]?.message).toContain('PROCORE_CLIENT_HOSTS');
  });

  it('goes to Procore’s own hosts and to those that the configuration names', async () => {
    const named = await openTestApp({
      allowPrivateHosts: true,
      procoreClient: { ...OWN, loginUrl: 'https://login.procore.com' },
      procoreClientOrigins: [given?.url ?? ''],
    });
    await using _closing = named;
    const reply = await named.send<{ connectionCreate: Answer }>(CREATE, { i: { settings: own({}) } });
    const id = reply.data?.connectionCreate.connection?.id;
    expect(reply.data?.connectionCreate.userErrors).toEqual([]);
    await named.send(TEST, { id });
    expect(seenBy(given)).toContain(OWN_SECRET);
    const procore = own({ loginUrl: 'https://login-sandbox.procore.com', apiUrl: null });
    expect((await create({ settings: procore })).userErrors).toEqual([]);
  });

  it('is taken to its own domain when a connection names none', async () => {
    const loginUrl = given?.url ?? '';
    const owning = { procoreClient: { ...OWN, loginUrl }, procoreClientOrigins: [loginUrl] };
    const named = await openTestApp({ allowPrivateHosts: true, ...owning });
    await using _closing = named;
    const input = { settings: { procore: { clientCredentials: 'SYSTEM_DEFAULT' } } };
    const reply = await named.send<{ connectionCreate: Answer }>(CREATE, { i: input });
    const id = reply.data?.connectionCreate.connection?.id;
    const started = await named.send<{ oauthFlowStart: { flow: { authorizationUrl: string } } }>(START, { id });
    const opened = new URL(started.data?.oauthFlowStart.flow.authorizationUrl ?? '');
    expect([opened.origin, opened.searchParams.get('client_id')]).toEqual([loginUrl, 'own']);
  });

  it('is not used by a connection that was stored when its hosts were still allowed', async () => {
    const allowed = own({ loginUrl: 'https://login.procore.com', apiUrl: null });
    const id = (await create({ settings: allowed })).connection?.id ?? '';
    const { tables } = test.app.base.db;
    await test.app.base.db.transact(async (tx) => {
      const [row] = await rowsOf(id);
      const moved = { ...row?.settings, loginUrl: other?.url, apiUrl: other?.url } as never;
      await tx.update(tables.connections).set({ settings: moved }).where(eq(tables.connections.id, id));
    });
    await useAll(id);
    expect(seenBy(other)).not.toMatch(/canary|Bearer/);
    const tested = await ask('connectionTest', TEST, { id });
    expect(tested.userErrors).toMatchObject([
      { code: 'CONNECTION_INCOMPLETE', message: expect.stringContaining('PROCORE_CLIENT_HOSTS') as string },
    ]);
  });
});

function rowsOf(id: string) {
  const { tables, reader } = test.app.base.db;
  return reader.select().from(tables.connections).where(eq(tables.connections.id, id));
}
