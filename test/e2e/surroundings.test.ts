import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import { checksums, plant } from '../support/files.js';
import { contentOf, accessTo, startEmptySandbox } from '../support/sandbox.js';
import { failedStart, Server } from '../support/server.js';
import { addJob, addProcore, addShare, runToEnd } from '../support/work.js';

vi.setConfig({ testTimeout: 120_000 });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-around-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('a second server on the same data folder ends with code 1 and says why', async () => {
  const dataDir = join(folder, 'shared');
  await mkdir(dataDir);
  const first = await Server.start({ dataDir });
  try {
    const { code, output } = await failedStart({ SLUICE_DATA: dataDir });
    expect(code).toBe(1);
    expect(output).toBe(`Another Sluice is working on the data folder ${dataDir}; stop it or set SLUICE_DATA.\n`);
    expect((await fetch(`${first.url}/health/ready`)).ok).toBe(true);
  } finally {
    await first.dispose();
  }
});

describe('the address to listen on', () => {
  const canListen = async (host: string): Promise<boolean> => {
    const probe = createServer().listen(0, host);
    const works = await Promise.race([
      once(probe, 'listening').then(() => true),
      once(probe, 'error').then(() => false),
    ]);
    probe.close();
    return works;
  };
  const answers = (host: string, port: number): Promise<boolean> =>
    fetch(`http://${host}:${port}/health/live`).then(
      (reply) => reply.ok,
      () => false,
    );

  it.for([
    ['::1', '[::1]', '127.0.0.1'],
    ['::', '[::1]', null],
    ['localhost', 'localhost', null],
    ['0.0.0.0', '127.0.0.1', '[::1]'],
  ] as const)('HOST %s listens as told and prints where', async ([host, reachable, unreachable], { skip }) => {
    if (!(await canListen(host))) skip(`this machine has no address ${host}`);
    const server = await Server.start({ env: { HOST: host } });
    try {
      await expect.poll(() => server.output).toContain(`Sluice is ready: ${server.url}\n`);
      expect(await answers(reachable, server.port)).toBe(true);
      if (unreachable) expect(await answers(unreachable, server.port)).toBe(false);
    } finally {
      await server.dispose();
    }
  });
});

describe('paths with blanks, umlauts, quotes and signs that mean something in addresses', () => {
  const odd = `da ta ü 100%25 #1?x=y&z;'"`;
  const files = { [`${odd}.txt`]: 'odd', 'plain/a.txt': 'plain' };

  /** A built checkout in such a folder: what npm start needs of it, with this one's dependencies. */
  async function oddCheckout(): Promise<string> {
    const root = join(folder, 'clone #1 %20 ü');
    const here = fileURLToPath(new URL('../../', import.meta.url));
    for (const part of ['apps/api', 'apps/admin']) {
      await mkdir(join(root, part), { recursive: true });
      // Not every part has each of these.
      for (const name of ['dist', 'drizzle', 'package.json', 'schema.graphql', 'contract.graphql'])
        await cp(join(here, part, name), join(root, part, name), { recursive: true }).catch(() => undefined);
    }
    await symlink(join(here, 'node_modules'), join(root, 'node_modules'));
    return join(root, 'apps/api/dist/program/main.js');
  }

  it('serve the web app and carry out runs between a share and a sandbox', async () => {
    const [from, dataDir, sandboxDir] = ['from', 'data', 'sandbox'].map((name) => join(folder, `${name} ${odd}`)) as [
      string,
      string,
      string,
    ];
    await plant(from, files);
    await mkdir(dataDir);
    const sandbox = await startEmptySandbox({ dataDir: sandboxDir });
    const server = await Server.start({ dataDir, program: await oddCheckout() });
    try {
      const page = await (await fetch(server.url)).text();
      const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? '';
      expect((await fetch(new URL(script, server.url))).headers.get('content-type')).toContain('javascript');
      const client = await server.client();
      const source = { connectionId: await addShare(client, from, odd) };
      const destination = { connectionId: await addProcore(client, accessTo(sandbox)), path: '/t' };
      const run = await runToEnd(client, await addJob(client, odd, source, destination));
      expect(run).toMatchObject({ state: 'SUCCEEDED' });
      const { files: there } = await contentOf(sandbox);
      expect(Object.values(there).sort()).toEqual(Object.values(await checksums(from)).sort());
    } finally {
      await server.dispose();
      await sandbox.close();
    }
    const again = await startEmptySandbox({ dataDir: sandboxDir });
    expect(Object.keys((await contentOf(again, seeded.projectId)).files)).toHaveLength(2);
    await again.close();
  });
});
