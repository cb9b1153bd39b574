import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, Scope } from '../graphql/scopes.js';
import { ROLE_SCOPES } from '../graphql/scopes.js';
import { openSocket } from '../server/testing.js';
import { ADMIN, openTestApp, type Sender, type TestApp } from '../testing.js';

let test: TestApp;
let address: string;
beforeAll(async () => {
  test = await openTestApp();
  address = await test.app.listen();
});
afterAll(() => test[Symbol.asyncDispose]());

const PASSWORD = 'gravel under the bridge';
const OTHER = 'another bridge of gravel';

interface UserAnswer {
  user: { id: string; version: number; login: string; displayName: string; role: Role; isActive: boolean } | null;
  userErrors: { code: string; field: string[] | null }[];
}

const USER = 'user { id version login displayName role isActive } userErrors { code field }';
const CREATE = `mutation ($input: UserCreateInput!, $key: String) { answer: userCreate(input: $input, idempotencyKey: $key) { ${USER} } }`;
const UPDATE = `mutation ($id: ID!, $input: UserUpdateInput!, $version: Int) {
  answer: userUpdate(id: $id, input: $input, expectedVersion: $version) { ${USER} } }`;
const DISABLE = `mutation ($id: ID!) { answer: userDisable(id: $id) { ${USER} } }`;
const CHANGE = `mutation ($userId: ID, $currentPassword: String!, $newPassword: String!) {
  answer: passwordChange(userId: $userId, currentPassword: $currentPassword, newPassword: $newPassword) { ${USER} } }`;

async function ask(query: string, variables: Record<string, unknown>, sender = test.admin) {
  const reply = await test.send<{ answer: UserAnswer }>(query, variables, sender);
  return { ...reply, ...(reply.data?.answer ?? { user: null, userErrors: [] }) };
}

const codesOf = ({ userErrors }: UserAnswer) => userErrors.map(({ code, field }) => `${code} ${field?.join('.')}`);

async function makeUser(login: string, role: Role): Promise<{ id: string; sender: Sender }> {
  const made = await ask(CREATE, { input: { login, displayName: login, role, password: PASSWORD } });
  return { id: made.user?.id ?? '', sender: await test.signIn(login, PASSWORD) };
}

async function tokenOf(sender: Sender, ...scopes: Scope[]): Promise<Sender> {
  const query = 'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret } }';
  const { data } = await test.send<{ apiTokenCreate: { secret: string } }>(query, { s: scopes }, sender);
  return { authorization: `Bearer ${data?.apiTokenCreate.secret}` };
}

const scopesOf = async (sender: Sender) =>
  (await test.send<{ viewer: { scopes: string[] } | null }>('{ viewer { scopes } }', {}, sender)).data?.viewer?.scopes;

describe('userCreate', () => {
  it('makes a person who signs in with the rights of the role', async () => {
    for (const role of ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'] as const) {
      const { sender } = await makeUser(`new-${role}`, role);
      expect(await scopesOf(sender)).toEqual([...ROLE_SCOPES[role]].sort());
    }
  });

  it('tells everything that is wrong at once', async () => {
    const input = { login: ' ', displayName: '', role: 'VIEWER', password: 'short' };
    expect(codesOf(await ask(CREATE, { input }))).toEqual([
      'REQUIRED input.login',
      'REQUIRED input.displayName',
      'PASSWORD_REJECTED input.password',
    ]);
    const common = { login: 'gravel.bridge', displayName: 'G', role: 'VIEWER', password: 'Gravel.Bridge2' };
    expect(codesOf(await ask(CREATE, { input: common }))).toEqual(['PASSWORD_REJECTED input.password']);
  });

  it('refuses a name at sign-in that somebody has in another case or form of Unicode', async () => {
    const make = (login: string) =>
      ask(CREATE, { input: { login, displayName: 'J', role: 'VIEWER', password: PASSWORD } });
    expect((await make('Jörg')).user).toMatchObject({ login: 'jörg', displayName: 'J', isActive: true, version: 1 });
    expect(codesOf(await make(' JO\u0308RG'))).toEqual(['TAKEN input.login']);
    const [one, other] = await Promise.all([make('twin'), make('Twin')]);
    expect([...codesOf(one), ...codesOf(other)]).toEqual(['TAKEN input.login']);
  });

  it('makes one person for a key, and keeps no password with it', async () => {
    const input = { login: 'keyed', displayName: 'Keyed', role: 'VIEWER', password: PASSWORD };
    const first = await ask(CREATE, { input, key: 'k' });
    const again = await ask(CREATE, { input, key: 'k' });
    expect([again.user, again.headers['idempotency-replayed']]).toEqual([first.user, 'true']);
    const other = await ask(CREATE, { input: { ...input, password: OTHER }, key: 'k' });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const { reader, tables } = test.app.base.db;
    expect(JSON.stringify(await reader.select().from(tables.idempotencyKeys))).not.toMatch(/argon2|gravel/);
  });

  it('gives nobody a role with rights that the caller lacks', async () => {
    const sender = await tokenOf(test.admin, 'USERS_MANAGE', 'CONNECTIONS_READ', 'JOBS_READ', 'MAPPINGS_READ');
    const input = { login: 'risen', displayName: 'R', role: 'VIEWER', password: PASSWORD };
    expect(codesOf(await ask(CREATE, { input }, sender))).toEqual(['FORBIDDEN input.role']);
    const { id } = await makeUser('stays', 'VIEWER');
    expect(codesOf(await ask(UPDATE, { id, input: { role: 'ADMINISTRATOR' } }, sender))).toEqual([
      'FORBIDDEN input.role',
    ]);
    expect((await ask(UPDATE, { id, input: { displayName: 'Renamed' } }, sender)).user).toMatchObject({
      displayName: 'Renamed',
    });
  });
});

describe('users', () => {
  it('are listed by name, some or all, for those who manage them', async () => {
    const { sender } = await makeUser('aaron', 'OPERATOR');
    const list = (part: string, by = test.admin) =>
      test.send<{ users: { id: string; displayName: string }[] }>(`{ users${part} { id displayName } }`, {}, by);
    const all = (await list('')).data?.users ?? [];
    expect(all.map(({ displayName }) => displayName)).toEqual(all.map(({ displayName }) => displayName).sort());
    expect((await list(`(first: 2, after: "${all[1]?.id}")`)).data?.users).toEqual(all.slice(2, 4));
    const code = async (part: string, by = test.admin) => (await list(part, by)).errors?.[0]?.extensions['code'];
    expect(await code('(first: 501)')).toBe('PAGE_SIZE_OUT_OF_RANGE');
    expect(await code('(after: "usr_none")')).toBe('CURSOR_INVALID');
    expect(await code('', sender)).toBe('FORBIDDEN');
  });

  it('finds people by a part of their name or of that at sign-in', async () => {
    for (const [login, displayName] of [
      ['searched.one', 'Özlem 100% Kaya'],
      ['searched.two', 'Wilma'],
    ])
      await ask(CREATE, { input: { login, displayName, role: 'VIEWER', password: PASSWORD } });
    const found = async (search: string, part = '') => {
      const query = `query ($search: String) { users(search: $search${part}) { displayName } }`;
      return (await test.send<{ users: { displayName: string }[] }>(query, { search })).data?.users;
    };
    const [kaya, wilma] = [{ displayName: 'Özlem 100% Kaya' }, { displayName: 'Wilma' }];
    expect(await found('KAYA')).toEqual([kaya]);
    expect(await found('Öz')).toEqual([kaya]);
    expect(await found('100%')).toEqual([kaya]);
    expect(await found('Searched.')).toEqual([wilma, kaya]);
    expect(await found('searched.', ', first: 1')).toEqual([wilma]);
    expect(await found('l%a')).toEqual([]);
    expect((await found('  '))?.length).toBeGreaterThan(2);
  });
});

describe('userUpdate', () => {
  it('changes what is given, once for a version, and leaves out what is absent', async () => {
    const { id } = await makeUser('update', 'VIEWER');
    const changed = await ask(UPDATE, { id, input: { displayName: ' Uma ' }, version: 1 });
    expect(changed.user).toMatchObject({ displayName: 'Uma', role: 'VIEWER', version: 2 });
    expect(codesOf(await ask(UPDATE, { id, input: { role: 'OPERATOR' }, version: 1 }))).toEqual([
      'VERSION_CONFLICT expectedVersion',
    ]);
    expect((await ask(UPDATE, { id, input: { displayName: 'Uma' } })).user?.version).toBe(2);
    expect(codesOf(await ask(UPDATE, { id, input: { displayName: null, role: null, isActive: null } }))).toEqual([
      'REQUIRED input.displayName',
      'REQUIRED input.role',
      'REQUIRED input.isActive',
    ]);
    expect(codesOf(await ask(UPDATE, { id: 'usr_none', input: { role: 'VIEWER' } }))).toEqual(['NOT_FOUND id']);
  });

  it('tells in a conflict who changed it last', async () => {
    const { id } = await makeUser('conflict', 'VIEWER');
    const query = `mutation ($id: ID!) { userUpdate(id: $id, input: { displayName: "C" }, expectedVersion: 9) {
      userErrors { ... on VersionConflictError { currentVersion lastChangedBy { displayName } } } } }`;
    expect((await test.send(query, { id })).data).toEqual({
      userUpdate: { userErrors: [{ currentVersion: 1, lastChangedBy: { displayName: ADMIN.login } }] },
    });
  });

  it('that takes a role away shrinks the sessions, tokens and open sockets of the person at once', async () => {
    const { id, sender } = await makeUser('shrinks', 'OPERATOR');
    const token = await tokenOf(sender, 'JOBS_READ', 'JOBS_WRITE');
    const socket = await openSocket(address, sender.cookie);
    await ask(UPDATE, { id, input: { role: 'VIEWER' } });
    expect(await scopesOf(sender)).toEqual([...ROLE_SCOPES.VIEWER].sort());
    expect(await scopesOf(token)).toEqual(['JOBS_READ']);
    expect((await socket.closed).code).toBe(4403);
    const refused = await test.send('mutation { jobSuspend(id: "job_x") { job { id } } }', {}, token);
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    await ask(UPDATE, { id, input: { role: 'OPERATOR' } });
    expect(await scopesOf(token)).toEqual(['JOBS_READ', 'JOBS_WRITE']);
  });
});

describe('userDisable', () => {
  it('ends sessions, tokens and open sockets at once, for good, and may be repeated', async () => {
    const { id, sender } = await makeUser('leaver', 'OPERATOR');
    const token = await tokenOf(sender, 'JOBS_READ');
    const sockets = [
      await openSocket(address, sender.cookie),
      await openSocket(address, undefined, token.authorization?.replace('Bearer ', '')),
    ];
    const first = await ask(DISABLE, { id });
    expect(first.user).toMatchObject({ isActive: false, version: 2 });
    for (const socket of sockets) expect((await socket.closed).code).toBe(4403);
    expect((await ask(DISABLE, { id })).user).toEqual(first.user);
    const status = async (by: Sender) => (await test.send('{ jobs { nodes { id } } }', {}, by)).status;
    expect([await status(sender), await status(token)]).toEqual([401, 401]);
    expect(await test.signIn('leaver', PASSWORD)).toEqual({ cookie: 'undefined' });
    await ask(UPDATE, { id, input: { isActive: true } });
    expect([await status(sender), await status(token)]).toEqual([401, 401]);
    expect(await status(await test.signIn('leaver', PASSWORD))).toBe(200);
  });

  it('refuses to shut out or demote the last administrator, also by two requests at once', async () => {
    await using alone = await openTestApp();
    const send = (query: string, variables: Record<string, unknown>, by = alone.admin) =>
      alone.send<{ answer: UserAnswer }>(query, variables, by).then(({ data }) => data?.answer);
    const input = { login: 'second', displayName: 'S', role: 'ADMINISTRATOR', password: PASSWORD };
    const second = (await send(CREATE, { input }))?.user?.id ?? '';
    const first = (await alone.send<{ viewer: { actor: { id: string } } }>('{ viewer { actor { id } } }')).data?.viewer;
    const both = await Promise.all([
      send(DISABLE, { id: second }),
      send(UPDATE, { id: first?.actor.id, input: { role: 'VIEWER' } }),
    ]);
    const codes = both.flatMap((answer) => answer?.userErrors ?? []);
    expect(codes).toEqual([{ code: 'LAST_ADMINISTRATOR', field: ['id'] }]);
    for (const change of [{ role: 'OPERATOR' }, { isActive: false }])
      expect(await send(UPDATE, { id: first?.actor.id, input: change })).toMatchObject({
        user: null,
        userErrors: [{ code: 'LAST_ADMINISTRATOR', field: ['id'] }],
      });
    expect(await send(UPDATE, { id: first?.actor.id, input: { displayName: 'Chief' } })).toMatchObject({
      user: { displayName: 'Chief' },
    });
  });
});

describe('passwordChange', () => {
  it('ends the other sessions and keeps this one', async () => {
    const { sender } = await makeUser('changer', 'VIEWER');
    const other = await test.signIn('changer', PASSWORD);
    const socket = await openSocket(address, other.cookie);
    const changed = await ask(CHANGE, { currentPassword: PASSWORD, newPassword: OTHER }, sender);
    expect(changed.user).toMatchObject({ login: 'changer' });
    expect((await socket.closed).code).toBe(4403);
    expect([await scopesOf(sender), await scopesOf(other)]).toEqual([[...ROLE_SCOPES.VIEWER].sort(), undefined]);
    expect(await test.signIn('changer', PASSWORD)).toEqual({ cookie: 'undefined' });
    expect(await scopesOf(await test.signIn('changer', OTHER))).toHaveLength(ROLE_SCOPES.VIEWER.length);
  });

  it('tells a wrong present password and a bad new one together, and changes nothing', async () => {
    const { sender } = await makeUser('mistaken', 'VIEWER');
    const reply = await ask(CHANGE, { currentPassword: 'wrong', newPassword: 'password1234' }, sender);
    expect(codesOf(reply)).toEqual(['PASSWORD_REJECTED newPassword', 'PASSWORD_REJECTED currentPassword']);
    expect(codesOf(await ask(CHANGE, { currentPassword: PASSWORD, newPassword: 'mistaken2026!' }, sender))).toEqual([
      'PASSWORD_REJECTED newPassword',
    ]);
    expect(await scopesOf(await test.signIn('mistaken', PASSWORD))).toHaveLength(ROLE_SCOPES.VIEWER.length);
  });

  it('slows guesses of the present password, together with those at sign-in', async () => {
    const { sender } = await makeUser('guessed', 'VIEWER');
    const guess = () => ask(CHANGE, { currentPassword: 'a wrong guess', newPassword: OTHER }, sender);
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(200);
    const refused = await guess();
    expect([refused.status, codesOf(refused)]).toEqual([429, ['RATE_LIMITED undefined']]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await test.signIn('guessed', PASSWORD)).toEqual({ cookie: 'undefined' });
  });

  it('of somebody else needs the right to manage users, and ends all of their sessions', async () => {
    const { id, sender } = await makeUser('forgot', 'VIEWER');
    const { sender: stranger } = await makeUser('stranger', 'OPERATOR');
    const change = { userId: id, currentPassword: PASSWORD, newPassword: OTHER };
    expect(codesOf(await ask(CHANGE, change, stranger))).toEqual(['NOT_FOUND userId']);
    expect((await ask(CHANGE, { ...change, currentPassword: ADMIN.password })).user?.id).toBe(id);
    expect(await scopesOf(sender)).toBeUndefined();
    expect(codesOf(await ask(CHANGE, { ...change, userId: 'usr_none', currentPassword: ADMIN.password }))).toEqual([
      'NOT_FOUND userId',
    ]);
  });

  it('is refused to a token, which has no password', async () => {
    const token = await tokenOf(test.admin, 'USERS_MANAGE');
    const reply = await ask(CHANGE, { currentPassword: ADMIN.password, newPassword: OTHER }, token);
    expect(reply.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
