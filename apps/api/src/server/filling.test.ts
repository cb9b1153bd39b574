import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Config } from '../config.js';
import { DEFAULT_LIMITS, type ServerLimits } from '../limits.js';
import { createLog } from '../log.js';
import { readTrustedProxies } from '../net/client-address.js';
import { openTestApp, type TestApp } from '../testing.js';
import { PingLimit } from './ping-limit.js';
import { connectSocket, openSocket } from './testing.js';

/** Requests with which callers who are not signed in, or who open many sockets, could fill the server's memory. */
const opened: TestApp[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app[Symbol.asyncDispose]();
});

async function open(
  limits: Partial<ServerLimits> = {},
  changes: Partial<Config> = {},
): Promise<{ test: TestApp; address: string; lines: string[] }> {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const test = await openTestApp({ limits: { ...DEFAULT_LIMITS, ...limits }, ...changes }, { log });
  opened.push(test);
  return { test, address: await test.app.listen(), lines };
}

async function rawSocket(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

/** Status with which an upgrade to a WebSocket is refused; null: it is accepted, and closed again. */
function refusalOf(address: string, headers: Record<string, string> = {}): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
    socket.on('open', () => socket.close());
    socket.on('close', (code) => code === 1006 || resolve(null));
  });
}

const ended = (socket: Socket) => new Promise<void>((resolve) => socket.resume().once('close', () => resolve()));

describe('a slow request', () => {
  it('is ended when its headers do not come in time', async () => {
    const { address } = await open({ headerTime: 100, bodyTime: 60_000 });
    const socket = await rawSocket(address);
    socket.write('POST /graphql HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    await ended(socket);
  });

  it('is ended when its body does not come in time', async () => {
    const { address } = await open({ headerTime: 100, bodyTime: 200 });
    const socket = await rawSocket(address);
    socket.write('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await ended(socket);
  });

  it('has ten seconds for its headers and thirty for all of it', () => {
    expect([DEFAULT_LIMITS.headerTime, DEFAULT_LIMITS.bodyTime]).toEqual([10_000, 30_000]);
  });
});

describe('sockets and pings', () => {
  it('of one address are bounded for HTTP, and free again when they close', async () => {
    const { address } = await open({ maxHttpSocketsPerAddress: 2 });
    const first = await rawSocket(address);
    const second = await rawSocket(address);
    await ended(await rawSocket(address));
    first.destroy();
    second.destroy();
    await expect
      .poll(() =>
        fetch(`${address}/health/live`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  it('of one address are bounded for WebSockets before anybody has signed in', async () => {
    const { address } = await open({ maxSocketsPerAddress: 3 });
    const sockets = await Promise.all([1, 2, 3].map(() => connectSocket(address, {})));
    expect(await refusalOf(address)).toBe(429);
    sockets[0]?.close();
    await expect.poll(() => refusalOf(address)).toBeNull();
    for (const socket of sockets) socket.close();
  });

  it.each(['of the protocol', 'of the network'])('%s are bounded per address', async (kind) => {
    const { test, address } = await open({ pingsPerMinute: 60 });
    const [one, other] = [await openSocket(address, test.admin.cookie), await openSocket(address, test.admin.cookie)];
    const ping = (i: number) => {
      const { socket } = i % 2 === 0 ? one : other;
      if (kind === 'of the protocol') socket.send('{"type":"ping"}');
      else socket.ping();
    };
    for (let i = 0; i < 60; i++) ping(i);
    for (const socket of [one, other]) expect(await socket.refused('{ server { version } }')).toHaveLength(1);
    ping(60);
    expect((await Promise.race([one.closed, other.closed])).code).toBe(4429);
    one.close();
    other.close();
  });

  it('count anew each minute, for each address by itself', () => {
    const time = { now: 1_790_000_000_000 };
    const pings = new PingLimit({ now: () => time.now, monotonic: () => time.now, sleep: () => Promise.resolve() }, 2);
    const take = (address: string, times: number) => Array.from({ length: times }, () => pings.take(address));
    expect([take('a', 3), take('b', 1)]).toEqual([[true, true, false], [true]]);
    time.now += 59_999;
    expect(take('a', 1)).toEqual([false]);
    time.now += 1;
    expect(take('a', 3)).toEqual([true, true, false]);
  });

  it('are counted under the address that a trusted proxy tells, and not for the proxy itself', async () => {
    const trustedProxies = readTrustedProxies('1');
    const limits = { maxHttpSocketsPerAddress: 2, maxSocketsPerAddress: 1, pingsPerMinute: 5 };
    const { test, address } = await open(limits, { trustedProxies });
    const from = (client: string) => ({ 'x-forwarded-for': `192.0.2.99, ${client}` });
    const [one, other] = await Promise.all(
      ['203.0.113.1', '203.0.113.2'].map((client) =>
        connectSocket(address, { ...from(client), cookie: test.admin['cookie'] ?? '' }),
      ),
    );
    expect(await refusalOf(address, from('203.0.113.1'))).toBe(429);
    expect(await refusalOf(address, from('203.0.113.3'))).toBeNull();
    for (let i = 0; i < 5; i++) other?.socket.ping();
    for (let i = 0; i < 6; i++) one?.socket.ping();
    expect((await one?.closed)?.code).toBe(4429);
    other?.send({ type: 'connection_init' });
    expect((await other?.next('connection_ack'))?.type).toBe('connection_ack');
    other?.close();
  });

  it('of one address are counted under its own, whatever it tells, without a trusted proxy', async () => {
    const { address } = await open({ maxSocketsPerAddress: 1 });
    const socket = await connectSocket(address, { 'x-forwarded-for': '203.0.113.1' });
    expect(await refusalOf(address, { 'x-forwarded-for': '203.0.113.2' })).toBe(429);
    socket.close();
  });

  it('with a broken address or a reset in the middle of the upgrade do not stop the server', async () => {
    const { address } = await open();
    const upgrade =
      'HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n';
    for (const path of ['//', '/other', 'http://[', '*']) {
      const socket = await rawSocket(address);
      socket.write(`GET ${path} ${upgrade}`);
      await ended(socket);
    }
    const reset = await rawSocket(address);
    reset.write(`GET /other ${upgrade}`);
    reset.resetAndDestroy();
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
  });
});

describe('documents', () => {
  it('are kept only when they are valid, with a bound', async () => {
    const { test } = await open();
    const { documents } = test.app.pipeline;
    const before = documents.size;
    for (let i = 0; i < 20; i++) await test.send(`{ nothing${i} }`, {}, {});
    expect(documents.size).toBe(before);
    await test.send('{ server { version } }', {}, {});
    expect(documents.size).toBe(before + 1);
    for (let i = 0; i < 1_100; i++) await documents.parse(`{ a${i}: __typename }`);
    expect(documents.size).toBe(1_000);
    for (let i = 0; i < 60; i++) await documents.parse(`{ b${i}: __typename } #${'x'.repeat(100_000)}`);
    expect(documents.size).toBeLessThan(25);
  });
});

describe('the log', () => {
  it('cuts the name of an operation to 100 characters, on both transports', async () => {
    const { test, address, lines } = await open();
    const name = `N${'x'.repeat(900)}`;
    await test.send(`query ${name} { server { version } }`, {}, {});
    const socket = await openSocket(address, test.admin.cookie);
    await socket.refused(`query ${name} { server { version } }`);
    socket.close();
    const named = lines.filter((line) => line.includes('"operation":"Nxx'));
    expect(named.length).toBeGreaterThanOrEqual(1);
    for (const line of lines) expect(line).not.toMatch(/x{101}/);
  });
});
