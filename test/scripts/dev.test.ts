import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../support/ports.js';
import { ROOT } from '../support/script.js';

const TIMEOUT_MS = 120_000;

let data = '';
let dev: ChildProcess;
let web = '';
let output = '';

/** Processes that `npm run dev` started, by what they run: all of them have the data folder in their environment. */
function running(program = ''): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLUICE_DATA=${data}\0`);
        return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function until<T>(ask: () => Promise<T> | T, pleases: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + TIMEOUT_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const value = await ask();
    if (pleases(value)) return value;
    if (Date.now() > end) throw new Error(`Waited in vain.\n${output}`);
  }
}

const typename = () =>
  fetch(`${web}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web },
    body: JSON.stringify({ query: '{ __typename }' }),
  }).then(
    (reply) => reply.text(),
    () => '',
  );

describe.runIf(process.platform === 'linux')('npm run dev', () => {
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'sluice-dev-'));
    const [port, webPort] = [await freePort(), await freePort()];
    web = `http://localhost:${webPort}`;
    const env = {
      ...process.env,
      PORT: String(port),
      SLUICE_WEB_PORT: String(webPort),
      SLUICE_DATA: data,
      SLUICE_DEMO: '0',
    };
    dev = spawn(process.execPath, ['scripts/dev.mjs'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [dev.stdout!, dev.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
  }, TIMEOUT_MS);
  afterAll(() => {
    dev.kill('SIGKILL');
    for (const pid of running()) process.kill(pid, 'SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  it(
    'serves the web app from its sources, and the API with its sockets through the same address',
    async () => {
      expect(await until(typename, (text) => text.includes('__typename'))).toContain('{"data":{"__typename":"Query"}');
      expect(await (await fetch(`${web}/`)).text()).toContain('/@vite/client');
      const socket = new WebSocket(`${web.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin: web });
      await once(socket, 'open');
      socket.close();
    },
    TIMEOUT_MS,
  );

  it(
    'restarts the server when what it runs has changed',
    async () => {
      const servers = () => running('apps/api/dist/main.js');
      const before = servers();
      const now = new Date();
      utimesSync(`${ROOT}apps/api/dist/main.js`, now, now);
      await until(servers, (pids) => pids.some((pid) => !before.includes(pid)));
      await until(typename, (text) => text.includes('__typename'));
    },
    TIMEOUT_MS,
  );

  it(
    'leaves nothing behind on Ctrl-C',
    async () => {
      expect(running().length).toBeGreaterThan(3);
      const exited = once(dev, 'exit') as Promise<[number | null]>;
      dev.kill('SIGINT');
      expect(await exited).toEqual([0, null]);
      expect(running()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
