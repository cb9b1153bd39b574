import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, readConfig, type App } from '../app.js';
import { withDemo } from '../config.js';
import { findPostgres, sharedPostgres } from '../db/postgres.testing.js';
import { createLog } from '../log.js';
import { Demo } from './demo.js';

let base: string;
let data: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-private-'));
  data = join(base, 'data');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** Everything below a folder, and the folder, with what the group and others may do. */
function openToOthers(folder: string): string[] {
  const paths = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return paths.flatMap((path) => {
    const stats = statSync(join(folder, path));
    const wanted = stats.isDirectory() ? 0o700 : 0o600;
    const mode = stats.mode & 0o777;
    return mode === wanted ? [] : [`${path} ${mode.toString(8)}`];
  });
}

const PATIENCE_MS = 120_000;

/** Starts the product without its demo and gives the files and folders of its data that others may use. */
async function afterAStart(databaseUrl: string | null): Promise<string[]> {
  const config = { ...readConfig({ SLUICE_DATA: data, PORT: '0' }), databaseUrl };
  await using _app = await createApp(config, { log: createLog('silent') });
  return openToOthers(data);
}

describe('the data folder', () => {
  it('is closed to others when an earlier version or an operator left it open', async () => {
    mkdirSync(data);
    for (const name of ['sluice.db', 'lock.db']) writeFileSync(join(data, name), '');
    writeFileSync(join(data, 'secret.key'), 'a key of an earlier version, long enough');
    for (const path of ['.', 'sluice.db', 'lock.db', 'secret.key']) chmodSync(join(data, path), 0o777);
    expect(await afterAStart(null)).toEqual([]);
  });

  const hasPostgres = findPostgres() !== null || process.env['CI'] === 'true';
  it.skipIf(!hasPostgres)('is as private on PostgreSQL', { timeout: PATIENCE_MS }, async () => {
    const databaseUrl = await (await sharedPostgres()).createCurrentDatabase();
    expect(await afterAStart(databaseUrl)).toEqual([]);
    expect(readdirSync(data)).toEqual(['secret.key']);
  });
});

describe('the demo', () => {
  it('keeps its files to itself, and opens its own Procore and nothing else', { timeout: PATIENCE_MS }, async () => {
    const config = readConfig({ SLUICE_DATA: data, SLUICE_DEMO: '1', PORT: '0' });
    const demo = await Demo.open(config);
    const app = await createApp(withDemo(config, demo.grants), { log: createLog('silent') });
    try {
      await demo.furnish(app);
      expect(openToOthers(data)).toEqual([]);
      expect(readdirSync(data)).toEqual(expect.arrayContaining(['sluice.db', 'sluice.db-wal', 'lock.db', 'demo']));
      await expectOwnProcoreOnly(app, demo.grants.procoreOrigins);
      await expectSystemDefault(app, demo.grants.procoreClient.loginUrl);
    } finally {
      await app.close();
      await demo.close();
    }
    expect(openToOthers(data)).toEqual([]);
  });
});

async function expectOwnProcoreOnly(app: App, origins: string[]): Promise<void> {
  const query = '{ connections { nodes { name health { status } } } }';
  const { connections } = await app.execute<{ connections: { nodes: { health: object }[] } }>(query, {});
  expect(connections.nodes.map(({ health }) => health)).toEqual([{ status: 'HEALTHY' }, { status: 'HEALTHY' }]);
  expect(new Set(origins).size).toBe(3);
  for (const origin of origins) await app.base.fetch(`${origin}/sandbox`);
  await expect(app.base.fetch('http://127.0.0.1:9/')).rejects.toThrow('private network');
  await expect(app.base.fetch('http://10.0.0.1/')).rejects.toThrow('private network');
  const create = `mutation ($url: URL) { connectionCreate(input: { settings: { procore: { clientCredentials: CUSTOM, loginUrl: $url } } }) {
    userErrors { field } } }`;
  const refused = await app.execute<{ connectionCreate: { userErrors: object[] } }>(create, {
    url: 'http://127.0.0.1:9',
  });
  expect(refused.connectionCreate.userErrors).toEqual([{ field: ['input', 'settings', 'procore', 'loginUrl'] }]);
}

/** A person who takes what the form begins with signs in at the demo's Procore. */
async function expectSystemDefault(app: App, loginUrl: string): Promise<void> {
  const query = '{ platforms { form { name defaultValue } } }';
  const { platforms } = await app.execute<{ platforms: { form: { name: string }[] }[] }>(query, {});
  const name = 'settings.procore.clientCredentials';
  const begin = platforms.flatMap(({ form }) => form).find((field) => field.name === name);
  expect(begin).toEqual({ name, defaultValue: 'SYSTEM_DEFAULT' });
  const create = `mutation { connectionCreate(input: { settings: { procore: {} } }) {
    connection { health { status } settings { ... on ProcoreSettings { clientCredentials loginUrl } } } userErrors { field } } }`;
  const created = await app.execute(create, {});
  const settings = { clientCredentials: 'SYSTEM_DEFAULT', loginUrl };
  expect(created).toEqual({
    connectionCreate: { connection: { health: { status: 'NEEDS_SIGN_IN' }, settings }, userErrors: [] },
  });
}
