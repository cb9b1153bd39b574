import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Sender, type TestApp } from '../testing.js';

const CREATE = `mutation ($location: String!) { connectionCreate(input: { settings: { networkFileShare: { location: $location } }, testNow: true }) {
  connection { id health { status } } userErrors { code field message } } }`;
const UPDATE = `mutation ($id: ID!, $i: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $i) { userErrors { code field message } } }`;
const PROBE = `mutation ($id: ID!) { connectionTest(id: $id, writeProbeIn: { path: "/" }) { connection { health { status message } } } }`;
const BROWSE = `query ($id: ID!) { connection(id: $id) { browse { nodes { name } } } }`;
const FOLDER = ['input', 'settings', 'networkFileShare', 'location'];

interface UserErrors {
  userErrors: { code: string; field: string[]; message: string }[];
}
interface Created extends UserErrors {
  connection: { id: string; health: { status: string } } | null;
}

let base: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-location-')));
  for (const folder of ['plans', 'other']) mkdirSync(join(base, folder));
  writeFileSync(join(base, 'other', 'secret.txt'), 'canary');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function create(test: TestApp, location: string, sender?: Sender): Promise<Created> {
  const reply = await test.send<{ connectionCreate: Created }>(CREATE, { location }, sender);
  if (!reply.data) throw new Error(JSON.stringify(reply.errors));
  return reply.data.connectionCreate;
}

async function repoint(test: TestApp, id: string, location: string, sender?: Sender) {
  const i = { settings: { networkFileShare: { location } } };
  const reply = await test.send<{ connectionUpdate: UserErrors }>(UPDATE, { id, i }, sender);
  return reply.data?.connectionUpdate.userErrors;
}

async function tokenOf(test: TestApp): Promise<Sender> {
  const reply = await test.send<{ apiTokenCreate: { secret: string } }>(
    'mutation { apiTokenCreate(displayName: "t", scopes: [CONNECTIONS_READ, CONNECTIONS_WRITE, USERS_MANAGE]) { secret } }',
  );
  return { authorization: `Bearer ${reply.data?.apiTokenCreate.secret}` };
}

describe('a share location without SLUICE_SHARE_ROOTS', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await openTestApp()));
  afterAll(() => test[Symbol.asyncDispose]());

  it('is chosen and changed by a signed-in administrator', async () => {
    const { connection } = await create(test, join(base, 'plans'));
    expect(connection?.health.status).toBe('HEALTHY');
    expect(await repoint(test, connection?.id ?? '', join(base, 'other'))).toEqual([]);
  });

  it('is not chosen or changed with a token, whatever its rights, and the error says how to allow it', async () => {
    const token = await tokenOf(test);
    const refused = await create(test, join(base, 'plans'), token);
    expect(refused).toMatchObject({ connection: null, userErrors: [{ code: 'FORBIDDEN', field: FOLDER }] });
    expect(refused.userErrors[0]?.message).toContain('SLUICE_SHARE_ROOTS');
    const id = (await create(test, join(base, 'plans'))).connection?.id ?? '';
    expect(await repoint(test, id, join(base, 'other'), token)).toMatchObject([{ code: 'FORBIDDEN', field: FOLDER }]);
    expect(await repoint(test, id, join(base, 'plans'), token)).toEqual([]);
  });

  it('is never the server’s own, not even for an administrator', async () => {
    for (const location of [test.config.dataFolder, join(test.config.dataFolder, '..'), '/', '/proc/self', '/dev']) {
      expect((await create(test, location)).userErrors, location).toMatchObject([{ code: 'FORBIDDEN', field: FOLDER }]);
    }
  });

  it('is explained by the form', async () => {
    const reply = await test.send<{ platforms: { form: { name: string; help: string }[] }[] }>(
      '{ platforms { form { name help } } }',
    );
    const fields = reply.data?.platforms.flatMap((platform) => platform.form);
    const help = fields?.find(({ name }) => name === FOLDER.slice(1).join('.'))?.help;
    expect(help).toMatch(/Absolute path .* Only an administrator who is signed in .*SLUICE_SHARE_ROOTS/);
  });
});

describe('a share location with SLUICE_SHARE_ROOTS', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await openTestApp({ shareRoots: [join(base, 'plans')] })));
  afterAll(() => test[Symbol.asyncDispose]());

  it('is chosen by everyone who may write connections, below these folders only', async () => {
    const token = await tokenOf(test);
    expect((await create(test, join(base, 'plans'), token)).connection?.health.status).toBe('HEALTHY');
    for (const sender of [token, test.admin]) {
      const { userErrors } = await create(test, join(base, 'other'), sender);
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', field: FOLDER }]);
      expect(userErrors[0]?.message).toContain('SLUICE_SHARE_ROOTS');
    }
  });

  it('is compared again at every open: a link that leads elsewhere later is neither tested, browsed nor written', async () => {
    const [folder, moved] = [join(base, 'plans', 'pier'), join(base, 'plans', 'pier-before')];
    mkdirSync(folder);
    const id = (await create(test, folder)).connection?.id ?? '';
    renameSync(folder, moved);
    symlinkSync(join(base, 'other'), folder);
    const probed = await test.send<{ connectionTest: { connection: { health: object } } }>(PROBE, { id });
    expect(probed.data?.connectionTest.connection.health).toMatchObject({
      status: 'FAILED',
      message: expect.stringContaining('SLUICE_SHARE_ROOTS') as string,
    });
    const browsed = await test.send<{ connection: { browse: null } }>(BROWSE, { id });
    expect(browsed.data?.connection.browse).toBeNull();
    expect(JSON.stringify(browsed)).not.toContain('secret.txt');
    await expect(test.app.connections.open(id)).rejects.toMatchObject({ kind: 'ACCESS_DENIED' });
  });
});
