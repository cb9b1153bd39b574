import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, openTestApp, type Sender, type TestApp } from '../testing.js';
import { newId } from '../graphql/ids.js';
import { ROLE_SCOPES, SCOPES, type Role } from '../graphql/scopes.js';
import { readTrustedProxies } from '../net/client-address.js';
import { hashPassword } from './passwords.js';
import { AccessService } from './access.service.js';

let test: TestApp;
let now = 1_790_000_000_000;
const clock = {
  now: () => now,
  monotonic: () => now,
  sleep: (ms: number, signal?: AbortSignal) => waitFor(ms, signal),
};

function waitFor(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
}

beforeAll(async () => {
  test = await openTestApp({}, { overrides: { clock } });
});
afterAll(() => test[Symbol.asyncDispose]());

const SIGN_IN =
  'mutation ($l: String!, $p: String!) { signIn(login: $l, password: $p) { viewer { actor { displayName } scopes } userErrors { code message } } }';
const CREATE = `mutation ($n: String!, $s: [Scope!]!, $e: DateTime, $k: String) {
  apiTokenCreate(displayName: $n, scopes: $s, expiresAt: $e, idempotencyKey: $k) {
    apiToken { id prefix scopes createdBy { login } } secret userErrors { code field }
  } }`;
const VIEWER = '{ viewer { actor { __typename id displayName } scopes expiresAt } }';

interface Created {
  apiTokenCreate: {
    apiToken: { id: string; prefix: string; scopes: string[] } | null;
    secret: string | null;
    userErrors: { code: string; field: string[] }[];
  };
}

async function addUser(login: string, role: Role): Promise<Sender> {
  const user = { id: newId('usr'), version: 1, login, displayName: login, role, isActive: true, lastSeenAt: null };
  await test.app.base.db.transact(async (tx) => {
    const row = { ...user, passwordHash: await hashPassword(ADMIN.password), createdAt: new Date(now) };
    await tx.insert(test.app.base.db.tables.users).values(row);
  });
  return test.signIn(login, ADMIN.password);
}

describe('signing in', () => {
  it('gives a session cookie that scripts and other sites do not get', async () => {
    const reply = await test.send(SIGN_IN, { l: ' Admin ', p: ADMIN.password }, {});
    expect(reply.data).toMatchObject({
      signIn: { viewer: { actor: { displayName: 'admin' }, scopes: [...SCOPES] }, userErrors: [] },
    });
    expect(reply.headers['set-cookie']).toMatch(
      /^sluice_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
  });

  it('answers alike for a wrong password and an unknown name', async () => {
    const wrong = await test.send(SIGN_IN, { l: 'admin', p: 'wrong' }, {});
    const unknown = await test.send(SIGN_IN, { l: 'nobody', p: 'wrong' }, {});
    expect(unknown.data).toEqual(wrong.data);
    expect(wrong.data).toMatchObject({ signIn: { viewer: null, userErrors: [{ code: 'SIGN_IN_FAILED' }] } });
  });

  it('is refused after five failures a minute, for this name only', async () => {
    const codes: string[] = [];
    const attempt = async (l: string, p: string) => {
      const { data } = await test.send<{ signIn: { userErrors: { code: string }[] } }>(SIGN_IN, { l, p }, {});
      codes.push(data?.signIn.userErrors[0]?.code ?? 'OK');
    };
    await addUser('olga', 'OPERATOR');
    for (let i = 0; i < 5; i++) await attempt('olga', 'wrong');
    await attempt('olga', ADMIN.password);
    await attempt('admin', ADMIN.password);
    now += 61_000;
    await attempt('olga', ADMIN.password);
    expect(codes).toEqual([...Array<string>(5).fill('SIGN_IN_FAILED'), 'RATE_LIMITED', 'OK', 'OK']);
  });

  it('that is refused is 429 with the seconds to wait, by the address that a trusted proxy tells', async () => {
    await using behind = await openTestApp({ trustedProxies: readTrustedProxies('1') });
    const attempt = (client: string, p = 'wrong') =>
      behind.send<{ signIn: { userErrors: { code: string }[] } }>(
        SIGN_IN,
        { l: 'admin', p },
        { 'x-forwarded-for': client },
      );
    for (let i = 0; i < 5; i++) expect((await attempt('203.0.113.1')).status).toBe(200);
    const refused = await attempt('203.0.113.1', ADMIN.password);
    expect(refused.status).toBe(429);
    expect(refused.data?.signIn.userErrors).toMatchObject([{ code: 'RATE_LIMITED' }]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect((await attempt('203.0.113.2', ADMIN.password)).data?.signIn.userErrors).toEqual([]);
  });

  it.each([
    ['without SLUICE_TRUST_PROXY', null, (n: number) => `203.0.113.${n}`],
    ['what the client itself sends to the one trusted proxy', '1', (n: number) => `203.0.113.${n}, 198.51.100.7`],
  ])('counts one client, whatever address it tells: %s', async (_name, setting, forwarded) => {
    const trustedProxies = setting === null ? null : readTrustedProxies(setting);
    await using server = await openTestApp({ trustedProxies });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      const headers = { 'x-forwarded-for': forwarded(n) };
      statuses.push((await server.send(SIGN_IN, { l: 'admin', p: 'wrong' }, headers)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('looks at lengths first: a password of 201 characters costs no hash', async () => {
    const service = new AccessService(test.app.base);
    const long = 'x'.repeat(201);
    expect((await test.send(SIGN_IN, { l: 'admin', p: long }, {})).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', field: ['password'] } },
    ]);
    for (let i = 0; i < 10; i++)
      await expect(service.signIn('admin', long, '10.9.9.9')).rejects.toMatchObject({
        problems: [{ code: 'SIGN_IN_FAILED' }],
      });
    await expect(service.signIn('admin', ADMIN.password, '10.9.9.9')).resolves.toMatchObject({ caller: {} });
  });

  it('ends with signOut, after 12 hours without use, and after 7 days', async () => {
    const isIn = async (sender: Sender) =>
      (await test.send<{ viewer: object | null }>(VIEWER, {}, sender)).data?.viewer !== null;
    const first = await test.signIn('admin', ADMIN.password);
    expect(await isIn(first)).toBe(true);
    await test.send('mutation { signOut { viewer { scopes } userErrors { code } } }', {}, first);
    expect(await isIn(first)).toBe(false);
    const second = await test.signIn('admin', ADMIN.password);
    now += 11 * 3_600_000;
    expect(await isIn(second)).toBe(true);
    now += 13 * 3_600_000;
    expect(await isIn(second)).toBe(false);
    const third = await test.signIn('admin', ADMIN.password);
    for (let hour = 0; hour < 160; hour += 8, now += 8 * 3_600_000) expect(await isIn(third)).toBe(true);
    now += 9 * 3_600_000;
    expect(await isIn(third)).toBe(false);
    test.admin = await test.signIn('admin', ADMIN.password);
  });
});

describe('tokens', () => {
  const create = async (variables: Record<string, unknown>, sender = test.admin) => {
    const { data, ...reply } = await test.send<Created>(CREATE, { n: 'CI', s: ['JOBS_READ'], ...variables }, sender);
    return { ...reply, made: data?.apiTokenCreate };
  };
  const bearer = (secret: string | null | undefined) => ({ authorization: `Bearer ${secret}` });

  it('are shown once, kept as a hash, and let another system in with their rights only', async () => {
    const { made } = await create({});
    expect(made?.secret).toMatch(/^slt_/);
    expect(made?.secret?.startsWith(made.apiToken?.prefix ?? '?')).toBe(true);
    const reply = await test.send(VIEWER, {}, bearer(made?.secret));
    expect(reply.data).toMatchObject({
      viewer: { actor: { __typename: 'ApiToken', displayName: 'CI' }, scopes: ['JOBS_READ'] },
    });
    const refused = await test.send('{ connections { nodes { id } } }', {}, bearer(made?.secret));
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const stored = JSON.stringify(await test.app.base.db.reader.select().from(test.app.base.db.tables.apiTokens));
    expect(stored).not.toContain(made?.secret);
  });

  it('have at most the rights of their creator, now and later', async () => {
    const viewer = await addUser('vera', 'VIEWER');
    const refused = await create({ s: ['JOBS_READ', 'JOBS_WRITE'] }, viewer);
    expect(refused.made).toMatchObject({ secret: null, userErrors: [{ code: 'FORBIDDEN', field: ['scopes', '1'] }] });
    const { made } = await create({ s: ['JOBS_READ', 'CONNECTIONS_READ'] }, viewer);
    const { db } = test.app.base;
    await db.transact(async (tx) => void (await tx.update(db.tables.users).set({ isActive: false }).where(undefined)));
    expect((await test.send(VIEWER, {}, bearer(made?.secret))).status).toBe(401);
    await db.transact(async (tx) => void (await tx.update(db.tables.users).set({ isActive: true }).where(undefined)));
    expect((await test.send(VIEWER, {}, bearer(made?.secret))).status).toBe(200);
  });

  it('end when they are revoked or past their time', async () => {
    const { made } = await create({ e: new Date(now + 60_000).toISOString() });
    const other = (await create({})).made;
    expect((await test.send(VIEWER, {}, bearer(made?.secret))).status).toBe(200);
    now += 61_000;
    expect((await test.send(VIEWER, {}, bearer(made?.secret))).status).toBe(401);
    const revoke = 'mutation ($id: ID!) { apiTokenRevoke(id: $id) { apiToken { revokedAt } userErrors { code } } }';
    const first = await test.send(revoke, { id: other?.apiToken?.id });
    now += 1_000;
    expect((await test.send(revoke, { id: other?.apiToken?.id })).data).toEqual(first.data);
    expect((await test.send(VIEWER, {}, bearer(other?.secret))).status).toBe(401);
    const unknown = await test.send<{ apiTokenRevoke: object }>(revoke, { id: 'tok_nothing' });
    expect(unknown.data?.apiTokenRevoke).toMatchObject({ apiToken: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('of open connections end with their time, with a revocation, and with their creator', async () => {
    const service = new AccessService(test.app.base);
    const { made } = await create({ e: new Date(now + 60_000).toISOString() });
    const caller = await service.identify(bearer(made?.secret));
    const renewed = async () => (caller === null ? null : await service.renew(caller));
    expect(await renewed()).toMatchObject({ actorId: made?.apiToken?.id, scopes: new Set(['JOBS_READ']) });
    const { db } = test.app.base;
    const setActive = (isActive: boolean) =>
      db.transact(async (tx) => void (await tx.update(db.tables.users).set({ isActive }).where(undefined)));
    await setActive(false);
    expect(await renewed()).toBeNull();
    await setActive(true);
    now += 61_000;
    expect(await renewed()).toBeNull();
  });

  it('are made once per idempotency key, and their text is shown once', async () => {
    const first = await create({ k: 'key-1' });
    const again = await create({ k: 'key-1' });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.made?.apiToken).toEqual(first.made?.apiToken);
    expect(again.made?.secret).toBeNull();
    expect((await create({ k: 'key-1', n: 'other' })).made?.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
    expect((await create({ k: 'kéy' })).made?.userErrors).toMatchObject([
      { code: 'INVALID', field: ['idempotencyKey'] },
    ]);
    expect((await create({ k: 'key-2', n: '' })).made?.userErrors).toMatchObject([
      { code: 'REQUIRED', field: ['displayName'] },
    ]);
    expect((await create({ k: 'key-2' })).made?.userErrors).toEqual([]);
    now += 25 * 3_600_000;
    test.admin = await test.signIn('admin', ADMIN.password);
    expect((await create({ k: 'key-1', n: 'next day' })).made?.secret).toMatch(/^slt_/);
  });

  it('have one effect for twenty requests with one key at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => create({ k: 'parallel' })));
    const ids = new Set(all.flatMap(({ made }) => made?.apiToken?.id ?? []));
    expect(ids.size).toBe(1);
    const codes = all.flatMap(({ made }) => made?.userErrors.map((error) => error.code) ?? []);
    expect(codes.every((code) => code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(true);
  });

  it('are bounded per person; revoked ones and those past their end do not count', async () => {
    const limits = { ...test.config.limits, maxTokensPerPerson: 2 };
    await using few = await openTestApp({ limits });
    const make = async () => (await few.send<Created>(CREATE, { n: 'x', s: ['JOBS_READ'] })).data?.apiTokenCreate;
    const first = await make();
    await make();
    expect((await make())?.userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
    const revoke = 'mutation ($id: ID!) { apiTokenRevoke(id: $id) { userErrors { code } } }';
    await few.send(revoke, { id: first?.apiToken?.id });
    expect((await make())?.userErrors).toEqual([]);
  });

  it('share the cost of their person', async () => {
    const limits = { ...test.config.limits, costPerMinute: 1_000 };
    await using poor = await openTestApp({ limits });
    const made = (await poor.send<Created>(CREATE, { n: 'x', s: ['JOBS_READ'] })).data?.apiTokenCreate;
    const remaining = async (sender: Sender) =>
      ((await poor.send('{ server { version } }', {}, sender)).extensions?.['cost'] as { remaining: number }).remaining;
    const own = await remaining(poor.admin);
    expect(await remaining(bearer(made?.secret))).toBe(own - 2);
  });

  it('cannot make tokens', async () => {
    const { made } = await create({});
    const reply = await test.send(CREATE, { n: 'x', s: ['JOBS_READ'] }, bearer(made?.secret));
    expect(reply.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('are seen by their creators, and by those who manage tokens', async () => {
    const viewer = await addUser('viktor', 'VIEWER');
    const { made } = await create({}, viewer);
    const list = '{ apiTokens { id } }';
    expect((await test.send(list, {}, viewer)).data).toEqual({ apiTokens: [{ id: made?.apiToken?.id }] });
    const all = (await test.send<{ apiTokens: unknown[] }>(list)).data?.apiTokens ?? [];
    expect(all.length).toBeGreaterThan(5);
    const other = await addUser('walter', 'OPERATOR');
    const node = await test.send('query ($id: ID!) { node(id: $id) { id } }', { id: made?.apiToken?.id }, other);
    expect(node.data).toEqual({ node: null });
  });
});

describe('rights', () => {
  it('are refused to everyone who lacks them', async () => {
    const roles: Role[] = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'];
    for (const role of roles) {
      const sender = await addUser(`all-${role}`.toLowerCase(), role);
      for (const [query, scope] of Object.entries({
        '{ connections { nodes { id } } }': 'CONNECTIONS_READ',
        'mutation { connectionDelete(id: "con_x") { deletedId } }': 'CONNECTIONS_WRITE',
        'mutation { oauthFlowStart(connectionId: "con_x") { flow { id } } }': 'CREDENTIALS_WRITE',
      })) {
        const reply = await test.send(query, {}, sender);
        const isAllowed = ROLE_SCOPES[role].some((each) => each === scope);
        expect(reply.errors?.[0]?.extensions['code'], `${role} ${query}`).toBe(isAllowed ? undefined : 'FORBIDDEN');
      }
    }
  });
});
