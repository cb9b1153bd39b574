import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../support/graphql.js';
import { failedStart, Server } from '../support/server.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-start-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a start that fails ends with code 1 and sentences without a stack', () => {
  it.each(['0', '1'])('a data folder that is a file (demo %s)', async (demo) => {
    const data = join(folder, `file ${demo}`);
    await writeFile(data, '');
    const { code, output } = await failedStart({ SLUICE_DATA: data, SLUICE_DEMO: demo });
    expect(code).toBe(1);
    expect(output).toBe(
      `The data folder ${data} is a file or lies below one, not a folder. Set SLUICE_DATA to a folder.\n`,
    );
  });

  it('a port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, output } = await failedStart({ SLUICE_DATA: join(folder, 'busy'), PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(output).toBe(`Port ${port} is in use by another program. Stop that program, or set PORT to another port.\n`);
  });

  it('after a port that another program has, the next start prints a password that signs in', async () => {
    const data = join(folder, 'one-time');
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const busy = String((other.address() as AddressInfo).port);
    const failed = await failedStart({ SLUICE_DATA: data, PORT: busy });
    other.close();
    expect(failed).toMatchObject({ code: 1, output: expect.not.stringContaining('password') as string });
    const server = await Server.start({ dataDir: data, env: { SLUICE_ADMIN_PASSWORD: '' } });
    try {
      const [, login = '', password = ''] = /Sign in as "(.+)" with the password "(.+)" \(/.exec(server.output) ?? [];
      expect(login).toBe('admin');
      await expect(signIn(server.url, { login, password: `${password}x` })).rejects.toThrow('is wrong');
      await expect(signIn(server.url, { login, password })).resolves.toBeDefined();
    } finally {
      await server.dispose();
    }
  });

  it('a database server that does not run', async () => {
    const env = { SLUICE_DATA: join(folder, 'pg'), DATABASE_URL: 'postgres://u:canary@127.0.0.1:1/x' };
    const { code, output } = await failedStart(env);
    expect(code).toBe(1);
    expect(output).toMatch(/^The PostgreSQL server at 127\.0\.0\.1:1 refuses connections\. .*\n$/);
    expect(output).not.toContain('canary');
  });

  // Only an account without root's powers is refused.
  it.skipIf(process.getuid?.() === 0)('a data folder that the account may not write', async () => {
    const data = await mkdtemp(join(folder, 'shut-'));
    await chmod(data, 0o500);
    const { code, output } = await failedStart({ SLUICE_DATA: data });
    expect(code).toBe(1);
    expect(output).toMatch(
      /^The data folder .* cannot be read and written by the account that runs Sluice\. Give .*\n$/,
    );
  });
});
