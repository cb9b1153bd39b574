import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Sender, type TestApp } from '../testing.js';
import { startLoginHost, type LoginHost } from './testing.js';

const CREATE = `mutation ($i: ConnectionCreateInput!, $k: String) { connectionCreate(input: $i, idempotencyKey: $k) {
  connection { id version name health { status message checks { step outcome remedy } } credential { method isSet hint }
    settings { __typename ... on ProcoreSettings { clientCredentials loginUrl companyId companyName projectId projectName forbiddenCharacters }
               ... on NetworkFileShareSettings { location durability manifest } } }
  userErrors { __typename code field message } } }`;
const UPDATE = `mutation ($id: ID!, $i: ConnectionUpdateInput!, $v: Int) { connectionUpdate(id: $id, input: $i, expectedVersion: $v) {
  connection { id version name health { status message } credential { isSet hint } settings { ... on ProcoreSettings { forbiddenCharacters } } }
  userErrors { __typename code field ... on VersionConflictError { currentVersion lastChangedBy { displayName } } } } }`;
const TEST = `mutation ($id: ID!, $in: AddressInput) { connectionTest(id: $id, writeProbeIn: $in) {
  connection { version health { status message checkedAt checks { step outcome remedy } } } userErrors { code } } }`;

interface Connection {
  id: string;
  version: number;
  name: string;
  health: { status: string; message: string; checks: { step: string; outcome: string; remedy: string | null }[] };
  credential: { method: string; isSet: boolean; hint: string | null };
  settings: Record<string, unknown>;
}
interface Answer {
  connection: Connection | null;
  userErrors: { __typename: string; code: string; field: string[]; message: string; currentVersion?: number }[];
}

let test: TestApp;
let host: LoginHost;
let share: string;

beforeAll(async () => {
  host = await startLoginHost();
  test = await openTestApp({ allowPrivateHosts: true, procoreClient: null });
  share = mkdtempSync(join(tmpdir(), 'sluice-share-'));
  for (const folder of ['Drawings', 'b folder', 'Änderungen']) mkdirSync(join(share, folder));
  for (const file of ['a.pdf', 'Z.pdf', 'm.txt']) writeFileSync(join(share, file), 'x');
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await host.close();
});

async function run(name: string, query: string, variables: Record<string, unknown>, sender?: Sender): Promise<Answer> {
  const reply = await test.send<Record<string, Answer>>(query, variables, sender);
  const answer = reply.data?.[name];
  if (!answer) throw new Error(JSON.stringify(reply.errors));
  return answer;
}
const create = (i: object, k?: string) => run('connectionCreate', CREATE, { i, k });
const update = (id: string, i: object, v?: number) => run('connectionUpdate', UPDATE, { id, i, v });
const check = (id: string, place?: object) => run('connectionTest', TEST, { id, in: place });
const custom = (more: object = {}) => ({
  procore: { clientCredentials: 'CUSTOM', loginUrl: host.url, apiUrl: host.url, ...more },
});
const client = { oauthClient: { clientId: 'client-1', clientSecret: 'canary-secret-value' } };

async function made(input: object): Promise<Connection> {
  const { connection, userErrors } = await create(input);
  if (connection === null) throw new Error(JSON.stringify(userErrors));
  return connection;
}

describe('a new connection', () => {
  it('of a file share is named after its platform and waits for a test', async () => {
    const connection = await made({ settings: { networkFileShare: { location: share } } });
    expect(connection).toMatchObject({
      name: 'Network file share',
      version: 1,
      health: { status: 'UNTESTED' },
      credential: { method: 'NONE', isSet: true },
      settings: { __typename: 'NetworkFileShareSettings', location: share },
    });
  });

  it('is Connected once its test passes', async () => {
    const { health } = await made({ settings: { networkFileShare: { location: share } }, testNow: true });
    expect([health.status, health.message]).toEqual(['HEALTHY', 'Connected']);
    expect(health.checks.length).toBeGreaterThan(1);
  });

  it('fails its test with a remedy where the folder is missing', async () => {
    const { health } = await made({
      settings: { networkFileShare: { location: join(share, 'missing') } },
      testNow: true,
    });
    expect(health.status).toBe('FAILED');
    expect(health.checks.find((each) => each.outcome === 'FAILED')?.remedy).toBeTruthy();
  });

  it.each([
    ['without client', {}, undefined, 'INCOMPLETE'],
    ['without sign-in', {}, client, 'NEEDS_SIGN_IN'],
    ['without project', { authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS', companyId: '1' }, client, 'NEEDS_PROJECT'],
    [
      'complete',
      { authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS', companyId: '1', projectId: '2' },
      client,
      'UNTESTED',
    ],
  ])('of Procore %s is saved and says what it lacks', async (_name, more, credential, status) => {
    const connection = await made({ settings: custom(more), credential });
    expect(connection.health.status).toBe(status);
    expect(connection.health.message).not.toBe('');
  });

  it('of a service account without company says that it needs one', async () => {
    const connection = await made({
      settings: custom({ authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS' }),
      credential: client,
    });
    expect(connection.health).toMatchObject({
      status: 'NEEDS_PROJECT',
      message: expect.stringContaining('company of the service account') as string,
    });
  });

  it.each([
    ['of both', { projectId: 'https://us02.procore.com/webclients/host/companies/11/projects/22/tools/documents' }],
    [
      'of both, in the field of the company',
      { companyId: 'https://us02.procore.com/webclients/host/companies/11/projects/22' },
    ],
    ['of the project, beside the company', { companyId: '11', projectId: 'https://app.procore.com/22/project/home' }],
  ])('takes company and project from a pasted address %s', async (_name, place) => {
    const { settings } = await made({ settings: custom(place), credential: client });
    expect(settings).toMatchObject({ companyId: '11', projectId: '22' });
  });

  it('says what a pasted address lacks', async () => {
    const { userErrors } = await create({ settings: custom({ projectId: 'https://app.procore.com/22/project/home' }) });
    expect(userErrors).toMatchObject([{ code: 'REQUIRED', field: ['input', 'settings', 'procore', 'companyId'] }]);
  });

  it('without a client of this installation is incomplete', async () => {
    const connection = await made({ settings: { procore: {} } });
    expect(connection).toMatchObject({
      health: { status: 'INCOMPLETE' },
      settings: { loginUrl: 'https://login.procore.com' },
    });
  });

  it('is refused with everything that is wrong, and nothing is stored', async () => {
    const { tables, reader } = test.app.base.db;
    const before = await reader.$count(tables.connections);
    const { connection, userErrors } = await create({
      name: 'x'.repeat(201),
      settings: {
        procore: {
          clientCredentials: 'SYSTEM_DEFAULT',
          loginUrl: 'http://169.254.169.254',
          companyId: 'abc',
          projectId: '9',
        },
      },
      credential: { accessKey: { accessKeyId: 'a', secretAccessKey: 'b' } },
    });
    expect(connection).toBeNull();
    expect(userErrors.map(({ code, field }) => `${code} ${field.join('.')}`).sort()).toEqual([
      'INVALID input.credential.accessKey',
      'INVALID input.settings.procore.companyId',
      'INVALID input.settings.procore.loginUrl',
      'INVALID input.settings.procore.loginUrl',
      'TOO_LONG input.name',
    ]);
    expect(await reader.$count(tables.connections)).toBe(before);
  });

  it.each([
    [
      'a relative folder',
      { networkFileShare: { location: 'plans' } },
      'INVALID input.settings.networkFileShare.location',
    ],
    [
      'a share that is not mounted',
      { networkFileShare: { location: '\\\\server\\share' } },
      'CAPABILITY_MISSING input.settings.networkFileShare.location',
    ],
    ['no folder', { networkFileShare: { location: ' ' } }, 'REQUIRED input.settings.networkFileShare.location'],
    ['cloud storage', { objectStorage: { bucket: 'b' } }, 'CAPABILITY_MISSING input.settings.objectStorage'],
    [
      'an address with a password',
      { procore: { clientCredentials: 'CUSTOM', loginUrl: 'https://u:p@login.procore.com' } },
      'INVALID input.settings.procore.loginUrl',
    ],
  ])('is refused with %s', async (_name, settings, expected) => {
    const { userErrors } = await create({ settings });
    expect(userErrors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([expected]);
  });

  it('takes the pasted address of a project for company and project, and any host of Procore for its environment', async () => {
    const address = 'https://us02.procore.com/webclients/host/companies/42/projects/77/tools/documents?x=1';
    const procore = { clientCredentials: 'CUSTOM', loginUrl: address, projectId: address };
    const { settings } = await made({ settings: { procore }, credential: client });
    expect(settings).toMatchObject({ loginUrl: 'https://login.procore.com', companyId: '42', projectId: '77' });
  });

  it.each([
    [undefined, null, undefined],
    [null, null, undefined],
    [' ', null, undefined],
    ['? "<', '?"<', ['?', '"', '<']],
    ['**', '*', ['*']],
  ])('with the characters %j refused in names keeps %j and gives the connector %j', async (given, kept, used) => {
    const procore = { clientCredentials: 'CUSTOM', companyId: '1', projectId: '2', forbiddenCharacters: given };
    const { id, settings } = await made({ settings: { procore }, credential: client });
    expect(settings).toMatchObject({ forbiddenCharacters: kept });
    const { limits } = await test.app.connections.open(id);
    expect(limits.forbiddenCharacters).toEqual(used ?? ['?', '<', '>', ':', '|', '\\', '*', '/']);
    const changed = await update(id, { settings: { procore: { ...procore, forbiddenCharacters: ':' } } });
    expect(changed.connection).toMatchObject({ settings: { forbiddenCharacters: ':' } });
    expect((await test.app.connections.open(id)).limits.forbiddenCharacters).toEqual([':']);
  });

  it.each(['a', '_', '?%', '(', 'ä', '.', '-'])(
    'refuses to count %s among the characters that names may not have',
    async (text) => {
      const procore = { clientCredentials: 'CUSTOM', forbiddenCharacters: text };
      const { userErrors } = await create({ settings: { procore }, credential: client });
      expect(userErrors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
        'INVALID input.settings.procore.forbiddenCharacters',
      ]);
    },
  );

  it.each([
    [{}, 'MARK'],
    [{ durability: 'FILE' }, 'FILE'],
    [{ durability: 'NEVER' }, 'NEVER'],
  ])('of a folder with %j is safe against a loss of power by %s', async (given, kept) => {
    const { id, settings } = await made({ settings: { networkFileShare: { location: share, ...given } } });
    expect(settings).toMatchObject({ durability: kept });
    const { destination } = await test.app.connections.open(id);
    expect(destination?.durability?.settle !== undefined).toBe(kept === 'MARK');
  });

  it.each([true, false])('of a folder keeps what that cannot hold in manifests: %s', async (manifest) => {
    const { id, settings } = await made({ settings: { networkFileShare: { location: share, manifest } } });
    expect(settings).toMatchObject({ manifest });
    const { source, capabilities } = await test.app.connections.open(id);
    expect([source?.versions !== undefined, capabilities.TAGS_MAP.note?.includes('.sluice.json')]).toEqual([
      ...[manifest, manifest],
    ]);
  });

  it('of a folder that was stored before there was a choice is safe by MARK', async () => {
    const { id } = await made({ settings: { networkFileShare: { location: share, durability: 'FILE' } } });
    const { db } = test.app.base;
    const settings = { kind: 'NETWORK_FILE_SHARE', location: share, domain: null } as const;
    await db.transact(async (tx) => {
      await tx.update(db.tables.connections).set({ settings }).where(eq(db.tables.connections.id, id));
    });
    const query =
      'query ($id: ID!) { connection(id: $id) { settings { ... on NetworkFileShareSettings { durability } } } }';
    const reply = await test.send<{ connection: Connection }>(query, { id });
    expect(reply.data?.connection.settings).toEqual({ durability: 'MARK' });
  });

  it('is made once per idempotency key', async () => {
    const input = { name: 'Once', settings: { networkFileShare: { location: share } } };
    const [first, again] = [await create(input, 'c-1'), await create(input, 'c-1')];
    expect(again.connection?.id).toBe(first.connection?.id);
    expect((await create({ ...input, name: 'Twice' }, 'c-1')).userErrors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('keeps its secret out of the store, the answers and the log', async () => {
    const connection = await made({ settings: custom(), credential: client });
    expect(connection.credential).toEqual({ method: 'OAUTH_AUTHORIZATION_CODE', isSet: false, hint: 'client-1' });
    const { tables, reader } = test.app.base.db;
    const dump = JSON.stringify([
      await reader.select().from(tables.connections),
      await reader.select().from(tables.idempotencyKeys),
    ]);
    expect(dump).not.toContain('canary-secret-value');
  });

  it('may have a credential from those with the right only', async () => {
    const token = await test.send<{ apiTokenCreate: { secret: string } }>(
      'mutation { apiTokenCreate(displayName: "t", scopes: [CONNECTIONS_WRITE, CONNECTIONS_READ]) { secret } }',
    );
    const sender = { authorization: `Bearer ${token.data?.apiTokenCreate.secret}` };
    const reply = await test.send(CREATE, { i: { settings: custom(), credential: client } }, sender);
    expect(reply.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('a change', () => {
  it('keeps what is absent and counts versions', async () => {
    const before = await made({ name: 'Before', settings: custom(), credential: client });
    const { connection } = await update(before.id, { name: 'After' }, 1);
    expect(connection).toMatchObject({ name: 'After', version: 2, credential: { hint: 'client-1' } });
    expect((await update(before.id, { name: null })).connection?.name).toBe('Procore');
  });

  it('of an outdated version is refused with the present one', async () => {
    const { id } = await made({ settings: custom(), credential: client });
    await update(id, { name: 'one' }, 1);
    const { userErrors } = await update(id, { name: 'two' }, 1);
    expect(userErrors).toEqual([
      {
        __typename: 'VersionConflictError',
        code: 'VERSION_CONFLICT',
        field: ['expectedVersion'],
        currentVersion: 2,
        lastChangedBy: { displayName: 'admin' },
      },
    ]);
  });

  it('of the host drops the secret that was given for the other one', async () => {
    const { id } = await made({ settings: custom(), credential: client });
    const { connection } = await update(id, { settings: custom({ loginUrl: 'https://login.example.com' }) });
    expect(connection).toMatchObject({ credential: { isSet: false, hint: null }, health: { status: 'INCOMPLETE' } });
  });

  it('to another platform is refused', async () => {
    const { id } = await made({ settings: custom() });
    const { userErrors } = await update(id, { settings: { networkFileShare: { location: share } } });
    expect(userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'settings'] }]);
  });

  it('of what is not there is NOT_FOUND', async () => {
    expect((await update('con_none', { name: 'x' })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
    expect((await check('con_none')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('a test', () => {
  it('probes writing only where it is told to', async () => {
    const { id } = await made({ settings: { networkFileShare: { location: share } } });
    const outcome = async (place?: object) =>
      (await check(id, place)).connection?.health.checks.find((each) => each.step === 'WRITE_PROBE')?.outcome;
    expect(await outcome()).toBe('SKIPPED');
    expect(await outcome({ path: '/Drawings' })).toBe('PASSED');
  });

  it('of an incomplete connection is refused', async () => {
    const { id } = await made({ settings: custom() });
    expect((await check(id)).userErrors).toMatchObject([{ code: 'CONNECTION_INCOMPLETE' }]);
  });

  it('does not count as a change', async () => {
    const { id } = await made({ settings: { networkFileShare: { location: share } } });
    expect((await check(id)).connection?.version).toBe(1);
  });
});

describe('browsing', () => {
  const BROWSE = `query ($id: ID!, $in: AddressInput, $f: Boolean!, $n: String, $first: Int, $after: String) { connection(id: $id) { name
    browse(in: $in, foldersOnly: $f, nameStartsWith: $n, first: $first, after: $after) { nodes { name kind path } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
  interface Browsed {
    connection: {
      name: string;
      browse: { nodes: { name: string; path: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } | null;
    };
  }

  it('shows folders first, in pages', async () => {
    const { id } = await made({ settings: { networkFileShare: { location: share } } });
    const names: string[] = [];
    let after: string | null = null;
    for (let hasNext = true; hasNext;) {
      const reply: { data: Browsed | null } = await test.send<Browsed>(BROWSE, { id, f: false, first: 2, after });
      const page = reply.data?.connection.browse;
      names.push(...(page?.nodes.map((node) => node.path) ?? []));
      hasNext = page?.pageInfo.hasNextPage ?? false;
      after = page?.pageInfo.endCursor ?? null;
    }
    expect(names).toEqual(['/b folder', '/Drawings', '/Änderungen', '/a.pdf', '/m.txt', '/Z.pdf']);
    const folders = await test.send<Browsed>(BROWSE, { id, f: true, n: 'dr' });
    expect(folders.data?.connection.browse?.nodes.map((node) => node.name)).toEqual(['Drawings']);
    const foreign = await test.send<Browsed>(BROWSE, { id, f: true, after });
    expect(foreign.errors?.[0]?.extensions['code']).toBe('CURSOR_INVALID');
  });

  it('fails alone where the platform fails', async () => {
    const { id } = await made({ settings: { networkFileShare: { location: join(share, 'gone') } } });
    const reply = await test.send<Browsed>(BROWSE, { id, f: false });
    expect(reply.data?.connection).toEqual({ name: 'Network file share', browse: null });
    expect(reply.errors?.[0]).toMatchObject({ path: ['connection', 'browse'], extensions: { code: 'PLATFORM_ERROR' } });
    const outside = await test.send<Browsed>(BROWSE, { id, f: false, in: { path: '/../etc' } });
    expect(outside.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

describe('the list', () => {
  it('is searched, filtered, counted and paged', async () => {
    for (const name of ['Zebra 100%', 'zebra 2', 'ZEBRA_3']) await made({ name, settings: custom() });
    const list = async (filter: object, page: object = {}) => {
      const query = `query ($f: ConnectionProfileFilter, $n: Int, $l: Int) { connections(filter: $f, first: $n, last: $l) {
        totalCount nodes { name platform { key } } pageInfo { hasNextPage hasPreviousPage } } }`;
      const reply = await test.send<{ connections: { totalCount: number; nodes: { name: string }[] } }>(query, {
        f: filter,
        ...page,
      });
      if (reply.errors) throw new Error(JSON.stringify(reply.errors));
      return reply.data?.connections;
    };
    expect((await list({ nameContains: 'zEbRa' }))?.nodes.map((node) => node.name)).toEqual([
      'Zebra 100%',
      'zebra 2',
      'ZEBRA_3',
    ]);
    expect((await list({ nameContains: '0%' }))?.totalCount).toBe(1);
    expect((await list({ nameContains: 'a_3' }))?.totalCount).toBe(1);
    expect((await list({ nameContains: 'zebra', platforms: ['NETWORK_FILE_SHARE'] }))?.totalCount).toBe(0);
    expect(
      (await list({ nameContains: 'zebra', statuses: ['INCOMPLETE'] }, { l: 2 }))?.nodes.map((node) => node.name),
    ).toEqual(['zebra 2', 'ZEBRA_3']);
  });
});

describe('a deletion', () => {
  const DELETE = 'mutation ($id: ID!) { connectionDelete(id: $id) { deletedId userErrors { code } } }';

  it('is refused while something uses the connection', async () => {
    const { id } = await made({ settings: custom() });
    const service = test.app.connections.service;
    const uses = async (_tx: unknown, used: string) => used === id;
    service.users.push(uses);
    expect((await test.send(DELETE, { id })).data).toMatchObject({
      connectionDelete: { deletedId: null, userErrors: [{ code: 'IN_USE' }] },
    });
    service.users.splice(service.users.indexOf(uses), 1);
    expect((await test.send(DELETE, { id })).data).toMatchObject({
      connectionDelete: { deletedId: id, userErrors: [] },
    });
    expect(
      (await test.send('query ($id: ID!) { connection(id: $id) { id } node(id: $id) { id } }', { id })).data,
    ).toEqual({ connection: null, node: null });
  });
});

describe('platforms', () => {
  it('describe forms that fit the input', async () => {
    const reply = await test.send<{
      platforms: { key: string; oauthRedirectUrl: string | null; form: { name: string }[]; capabilities: unknown[] }[];
    }>(
      '{ platforms { key displayName oauthRedirectUrl form { name label kind isRequired isSecret options { value } shownWhenField } capabilities { capability level note } limits { maxPathLength forbiddenCharacters } } }',
    );
    const platforms = reply.data?.platforms ?? [];
    expect(platforms.map((platform) => platform.key)).toEqual(['PROCORE', 'NETWORK_FILE_SHARE']);
    expect(platforms[0]?.oauthRedirectUrl).toBe('http://localhost:4000/oauth/callback');
    for (const { form, capabilities } of platforms) {
      expect(capabilities).toHaveLength(16);
      for (const { name } of form)
        expect(name).toMatch(/^(name|settings\.(procore|networkFileShare)\.\w+|credential\.oauthClient\.\w+)$/);
    }
  });
});
