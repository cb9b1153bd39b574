import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, openTestApp, type Sender, type TestApp } from '../testing.js';
import { startLoginHost, type LoginHost } from './testing.js';

let test: TestApp;
let host: LoginHost;
let now = 1_790_000_000_000;
const clock = {
  now: () => now,
  monotonic: () => now,
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    }),
};

beforeAll(async () => {
  host = await startLoginHost();
  test = await openTestApp({ allowPrivateHosts: true }, { overrides: { clock } });
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await host.close();
});

const START = `mutation ($id: ID!, $r: URL) { oauthFlowStart(connectionId: $id, returnTo: $r) {
  flow { id state authorizationUrl expiresAt } userErrors { code field } } }`;
const LOOK = `query ($id: ID!, $flow: ID!) { connection(id: $id) { health { status } credential { isSet } }
  node(id: $flow) { ... on OAuthFlow { state authorizationUrl failure { code } connection { id } } } }`;

interface Flow {
  id: string;
  state: string;
  authorizationUrl: string;
}

async function connect(settings: object = {}): Promise<string> {
  const input = {
    settings: { procore: { clientCredentials: 'CUSTOM', loginUrl: host.url, apiUrl: host.url, ...settings } },
    credential: { oauthClient: { clientId: 'client', clientSecret: 'canary-secret' } },
  };
  const reply = await test.send<{ connectionCreate: { connection: { id: string } } }>(
    'mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { connection { id } } }',
    { i: input },
  );
  return reply.data?.connectionCreate.connection.id ?? '';
}

async function start(id: string, returnTo?: string, sender?: Sender) {
  const reply = await test.send<{ oauthFlowStart: { flow: Flow; userErrors: { code: string; field: string[] }[] } }>(
    START,
    { id, r: returnTo },
    sender,
  );
  if (!reply.data) throw new Error(JSON.stringify(reply.errors));
  const { flow, userErrors } = reply.data.oauthFlowStart;
  const url = flow ? new URL(flow.authorizationUrl) : null;
  return { flow, userErrors, url, state: url?.searchParams.get('state') ?? '' };
}

function call(query: Record<string, string>, sender: Sender = test.admin, language = 'en') {
  const search = new URLSearchParams(query).toString();
  const headers = { cookie: sender.cookie ?? '', 'accept-language': language };
  return test.app.http.inject({ url: `/oauth/callback?${search}`, headers });
}

async function look(id: string, flow: string) {
  const { data } = await test.send<{
    connection: { health: { status: string } };
    node: { state: string; authorizationUrl: string | null; failure: { code: string } | null };
  }>(LOOK, { id, flow });
  return { status: data?.connection.health.status, flow: data?.node };
}

describe('a sign-in', () => {
  it('stores the tokens and leads back to where it began', async () => {
    const id = await connect();
    const { flow, url, state } = await start(id, 'http://localhost:4000/connections?x=1');
    expect(url?.origin).toBe(host.url);
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'http://localhost:4000/oauth/callback',
      state: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const reply = await call({ code: 'good', state });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toBe(`http://localhost:4000/connections?x=1&oauthFlow=${flow.id}&state=COMPLETED`);
    expect(Object.fromEntries(host.requests.at(-1) ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      code: 'good',
    });
    expect(await look(id, flow.id)).toMatchObject({
      status: 'NEEDS_PROJECT',
      flow: { state: 'COMPLETED', authorizationUrl: null },
    });
    const rows = await test.app.base.db.reader.select().from(test.app.base.db.tables.connections);
    expect(JSON.stringify(rows)).not.toMatch(/access-\d|canary-secret/);
  });

  it('leaves an event of each callback, without its code and state', async () => {
    const events = async () => {
      const reply = await test.send<{ auditEvents: { nodes: Record<string, unknown>[] } }>(`{
        auditEvents(filter: { actions: ["oauthCallback"] }, first: 3) {
          nodes { outcome targetId requestId changes { field before after } } } }`);
      return reply.data!.auditEvents.nodes;
    };
    const id = await connect();
    const signedIn = await start(id);
    await call({ code: 'good', state: signedIn.state });
    const declined = await start(id);
    await call({ error: 'access_denied', state: declined.state });
    await call({ code: 'canary-code', state: 'canary-state' });
    const found = await events();
    expect(found).toMatchObject([
      { outcome: 'DENIED', targetId: null },
      { outcome: 'FAILED', targetId: id },
      { outcome: 'SUCCEEDED', targetId: id },
    ]);
    expect(found[2]?.['changes']).toContainEqual({ field: ['signIn'], before: null, after: null });
    const rows = await test.app.base.db.reader.select().from(test.app.base.db.tables.auditEvents);
    expect(JSON.stringify(rows)).not.toMatch(/canary|access-\d/);
  });

  it('ends on a page that says so when there is nowhere to return to', async () => {
    const id = await connect();
    const { state } = await start(id);
    const reply = await call({ code: 'good', state });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('You can close this window');
    expect(reply.headers['content-security-policy']).toMatch(/script-src 'sha256-[\w+/=]+'/);
  });

  it('says so in the language of the browser', async () => {
    const { state } = await start(await connect());
    const reply = await call({ code: 'good', state }, test.admin, 'de-AT,de;q=0.9,en;q=0.8');
    expect(reply.headers).toMatchObject({ vary: 'accept-language', 'content-language': 'de' });
    expect(reply.body).toMatch(/<html lang="de">.*Sie sind angemeldet/s);
    expect((await call({ state: 'unknown' }, test.admin, 'de')).body).toContain('lässt sich nicht abschließen');
  });

  it('notes a refusal by the person and by the platform', async () => {
    const id = await connect();
    const declined = await start(id);
    await call({ error: 'access_denied', state: declined.state });
    expect((await look(id, declined.flow.id)).flow).toMatchObject({
      state: 'DENIED',
      failure: { code: 'SIGN_IN_REQUIRED' },
    });
    host.status = 400;
    const dead = await start(id);
    expect((await call({ code: 'dead', state: dead.state })).body).toContain('did not succeed');
    host.status = 200;
    expect(await look(id, dead.flow.id)).toMatchObject({
      status: 'NEEDS_SIGN_IN',
      flow: { state: 'FAILED', failure: { code: 'SIGN_IN_REQUIRED' } },
    });
  });

  it('is dropped when the client changes, and kept when the project does', async () => {
    const id = await connect();
    const { state, flow } = await start(id);
    await call({ code: 'good', state });
    const update = async (i: object) => {
      await test.send(
        'mutation ($id: ID!, $i: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $i) { userErrors { code } } }',
        { id, i },
      );
      return (await look(id, flow.id)).status;
    };
    const procore = {
      clientCredentials: 'CUSTOM',
      loginUrl: host.url,
      apiUrl: host.url,
      companyId: '1',
      projectId: '2',
    };
    expect(await update({ settings: { procore } })).toBe('UNTESTED');
    expect(await update({ credential: { oauthClient: { clientId: 'other', clientSecret: 'x' } } })).toBe(
      'NEEDS_SIGN_IN',
    );
  });
});

describe('the copy-the-code way', () => {
  const BEGIN = `mutation ($id: ID!, $r: URL) { oauthFlowStart(connectionId: $id, returnTo: $r, copyCode: true) {
    flow { id authorizationUrl } userErrors { code field } } }`;
  const COMPLETE = `mutation ($id: ID!, $code: String!) { oauthFlowComplete(id: $id, code: $code) {
    flow { state failure { code } connection { health { status } } } userErrors { code field } } }`;
  const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
  const begin = async (id: string, r?: string) => {
    const { data } = await test.send<{ oauthFlowStart: { flow: Flow; userErrors: object[] } }>(BEGIN, { id, r });
    return data?.oauthFlowStart;
  };
  const complete = async (id: string | undefined, code: string, sender?: Sender) =>
    (await test.send<{ oauthFlowComplete: object }>(COMPLETE, { id, code }, sender)).data?.oauthFlowComplete;

  it('redeems the code that the platform showed, once', async () => {
    const begun = await begin(await connect());
    expect(new URL(begun?.flow.authorizationUrl ?? '').searchParams.get('redirect_uri')).toBe(OUT_OF_BAND);
    const done = { flow: { state: 'COMPLETED', connection: { health: { status: 'NEEDS_PROJECT' } } }, userErrors: [] };
    expect(await complete(begun?.flow.id, ' shown-code ')).toMatchObject(done);
    const sent = Object.fromEntries(host.requests.at(-1) ?? []);
    expect(sent).toMatchObject({ code: 'shown-code', redirect_uri: OUT_OF_BAND });
    expect(await complete(begun?.flow.id, 'shown-code')).toMatchObject({
      flow: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
    });
  });

  it('is closed to another session, to an empty code, and to a sign-in that returns by itself', async () => {
    const id = await connect();
    const begun = await begin(id);
    const other = await test.signIn(ADMIN.login, ADMIN.password);
    expect(await complete(begun?.flow.id, 'x', other)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await complete(begun?.flow.id, ' ')).toMatchObject({ userErrors: [{ code: 'REQUIRED', field: ['code'] }] });
    const { flow } = await start(id);
    expect(await complete(flow.id, 'x')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await begin(id, 'http://localhost:4000/')).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['returnTo'] }],
    });
  });

  it('fails with a code that the platform does not know', async () => {
    const begun = await begin(await connect());
    host.status = 400;
    expect(await complete(begun?.flow.id, 'wrong')).toMatchObject({
      flow: { state: 'FAILED', failure: { code: 'SIGN_IN_REQUIRED' } },
    });
    host.status = 200;
  });
});

describe('what is stored of a sign-in', () => {
  const stored = () => test.app.base.db.reader.select().from(test.app.base.db.tables.oauthFlows);

  it('holds no state in clear, before and after the callback', async () => {
    const id = await connect();
    const { state, flow } = await start(id);
    expect((await look(id, flow.id)).flow?.authorizationUrl).toContain(state);
    expect(JSON.stringify(await stored())).not.toContain(state);
    await call({ code: 'good', state });
    expect(JSON.stringify(await stored())).not.toContain(state);
  });

  it('is removed a day later, however it ended', async () => {
    const { flow } = await start(await connect());
    const { flows } = test.app.connections.oauth;
    await flows.prune();
    expect((await stored()).map(({ id }) => id)).toContain(flow.id);
    now += 24 * 3600_000 + 1;
    await flows.prune();
    expect(await stored()).toEqual([]);
    test.admin = await test.signIn(ADMIN.login, ADMIN.password);
  });
});

describe('tokens are revoked at the platform', () => {
  const DELETE = 'mutation ($id: ID!) { connectionDelete(id: $id) { deletedId userErrors { code } } }';
  const revoked = () => host.seen.filter((each) => each.startsWith('/oauth/revoke'));
  const signedIn = async () => {
    const id = await connect();
    await call({ code: 'good', state: (await start(id)).state });
    host.seen.splice(0);
    return id;
  };

  it('when their connection is deleted', async () => {
    const id = await signedIn();
    await test.send(DELETE, { id });
    await expect.poll(revoked).toHaveLength(1);
    expect(revoked()[0]).toMatch(/token=refresh&client_id=client&client_secret=canary-secret$/);
  });

  it('when they are dropped by a change of hosts: at the host and with the client that they are of', async () => {
    const id = await signedIn();
    const settings = { procore: { clientCredentials: 'CUSTOM', loginUrl: 'http://127.0.0.1:9' } };
    await test.send(
      'mutation ($id: ID!, $i: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $i) { userErrors { code } } }',
      { id, i: { settings } },
    );
    await expect.poll(revoked).toHaveLength(1);
    expect(revoked()[0]).toContain('client_secret=canary-secret');
  });

  it('not at all where there are none', async () => {
    host.seen.splice(0);
    await test.send(DELETE, { id: await connect() });
    await test.app.connections.revocations.settle();
    expect(revoked()).toEqual([]);
  });

  it('without holding up the deletion when the platform does not answer', async () => {
    const id = await signedIn();
    host.ignoresRevocations = true;
    expect((await test.send(DELETE, { id })).data).toEqual({ connectionDelete: { deletedId: id, userErrors: [] } });
    await expect.poll(revoked).toHaveLength(1);
    host.ignoresRevocations = false;
  });
});

describe('a callback that does not fit', () => {
  type Prepare = (state: string, id: string) => Promise<{ query: Record<string, string>; sender?: Sender }>;
  const cases: [string, Prepare][] = [
    ['has no state', async () => ({ query: { code: 'good' } })],
    ['has a wrong state', async (state) => ({ query: { code: 'good', state: state.replace(/./g, 'a') } })],
    [
      'comes twice',
      async (state) => {
        await call({ error: 'access_denied', state });
        return { query: { code: 'good', state } };
      },
    ],
    [
      'comes late',
      async (state) => {
        now += 10 * 60_000 + 1;
        return { query: { code: 'good', state } };
      },
    ],
    [
      'comes from another session',
      async (state) => ({ query: { code: 'good', state }, sender: await test.signIn(ADMIN.login, ADMIN.password) }),
    ],
    ['comes from nobody', async (state) => ({ query: { code: 'good', state }, sender: {} })],
  ];
  it.each(cases)('because it %s changes nothing and shows a neutral page', async (_name, prepare) => {
    const id = await connect();
    const { state, flow } = await start(id);
    const { query, sender } = await prepare(state, id);
    const before = host.requests.length;
    const reply = await call(query, sender);
    expect([reply.statusCode, host.requests.length]).toEqual([400, before]);
    expect(reply.body).toContain('cannot be completed');
    expect((await look(id, flow.id)).status).toBe('NEEDS_SIGN_IN');
    expect((await look(id, flow.id)).flow?.state).not.toBe('COMPLETED');
  });

  it('because the connection was changed meanwhile fails the flow', async () => {
    const id = await connect();
    const { state, flow } = await start(id);
    const i = { credential: { oauthClient: { clientId: 'other', clientSecret: 'x' } } };
    await test.send(
      'mutation ($id: ID!, $i: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $i) { userErrors { code } } }',
      { id, i },
    );
    const before = host.requests.length;
    await call({ code: 'good', state });
    expect(host.requests.length).toBe(before);
    expect(await look(id, flow.id)).toMatchObject({ status: 'NEEDS_SIGN_IN', flow: { state: 'FAILED' } });
  });

  it('belongs to the flow alone when a token began it', async () => {
    const token = await test.send<{ apiTokenCreate: { secret: string } }>(
      'mutation { apiTokenCreate(displayName: "t", scopes: [CREDENTIALS_WRITE]) { secret } }',
    );
    const id = await connect();
    const { state } = await start(id, undefined, { authorization: `Bearer ${token.data?.apiTokenCreate.secret}` });
    expect((await call({ code: 'good', state }, {})).statusCode).toBe(200);
  });
});

describe('a sign-in cannot begin', () => {
  it.each([
    ['to return to another site', {}, 'https://evil.example/', 'INVALID', 'returnTo'],
    [
      'for a service account',
      { authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS' },
      undefined,
      'INVALID',
      'connectionId',
    ],
  ])('%s', async (_name, settings, returnTo, code, field) => {
    const { userErrors } = await start(await connect(settings), returnTo);
    expect(userErrors).toEqual([{ code, field: [field] }]);
  });

  it('without a client', async () => {
    const reply = await test.send<{ connectionCreate: { connection: { id: string } } }>(
      'mutation { connectionCreate(input: { settings: { procore: {} } }) { connection { id } } }',
    );
    const { userErrors } = await start(reply.data?.connectionCreate.connection.id ?? '');
    expect(userErrors[0]?.code).toBe('OAUTH_CLIENT_MISSING');
  });
});
