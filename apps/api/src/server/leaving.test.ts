import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { openTestApp, type TestApp } from '../testing.js';

/** How a client leaves: its system resets the connection, or it says that it sends no more and reads on. */
const WAYS = ['resets', 'ends'] as const;
type Way = (typeof WAYS)[number];

let test: TestApp;
let address: string;
let failures: unknown[];
/** Followers of the hub without a client. */
let idleFollowers: number;
const note = (error: unknown) => failures.push(error);

beforeAll(async () => {
  const limits = { ...DEFAULT_LIMITS, maxSocketsPerAddress: 10_000, maxHttpSocketsPerAddress: 10_000 };
  test = await openTestApp({ limits: { ...limits, maxSocketsPerActor: 10_000, subscribesPerSecond: 1_000 } });
  address = await test.app.listen();
  idleFollowers = test.app.base.hub.followerCount;
  failures = [];
  process.on('uncaughtException', note).on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('uncaughtException', note).off('unhandledRejection', note);
  await test[Symbol.asyncDispose]();
});
afterEach(async () => {
  expect((await fetch(`${address}/health/live`)).status).toBe(200);
  expect(failures).toEqual([]);
});

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function leave(socket: Socket, way: Way): Promise<void> {
  const gone = new Promise<void>((resolve) => socket.resume().once('close', () => resolve()));
  await turn();
  if (way === 'resets') socket.resetAndDestroy();
  else socket.end();
  await gone;
}

/** Sends the first bytes of something to send, and leaves. */
async function leaveDuring(bytes: Buffer, count: number, way: Way): Promise<void> {
  const socket = await open();
  await new Promise((resolve) => socket.write(bytes.subarray(0, count), resolve));
  await leave(socket, way);
}

function requestOf(method: string, path: string, headers: Record<string, string>, body = ''): Buffer {
  const all = { host: 'localhost', cookie: test.admin['cookie'] ?? '', connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const length = body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  return Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, ...length, '', body].join('\r\n'));
}

const json = { 'content-type': 'application/json' };
const CREATE = 'mutation { connectionCreate(input: { settings: { procore: {} } }) { connection { id } } }';
const INTROSPECT = '{ __schema { types { name description fields { name description args { name description } } } } }';

const REQUESTS: [string, () => Buffer][] = [
  ['a query', () => requestOf('POST', '/graphql', json, JSON.stringify({ query: '{ connections { nodes { id } } }' }))],
  ['a mutation', () => requestOf('POST', '/graphql', json, JSON.stringify({ query: CREATE }))],
  ['a large body', () => requestOf('POST', '/graphql', json, JSON.stringify({ query: ' '.repeat(20_000) }))],
  [
    'a form that is refused',
    () => requestOf('POST', '/graphql', { 'content-type': 'multipart/form-data' }, 'x'.repeat(2_000)),
  ],
  ['another method', () => requestOf('PUT', '/graphql', json, '{}')],
  ['a page', () => requestOf('GET', '/connections', { accept: 'text/html' })],
  ['the return of a sign-in', () => requestOf('GET', '/oauth/callback?state=x&code=y', {})],
];

/** One message of a client, as a WebSocket frame. */
function frame(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const [mask, isLong] = [Buffer.alloc(4), payload.length > 125];
  const head = Buffer.from([
    0x81,
    0x80 | (isLong ? 126 : payload.length),
    ...(isLong ? [payload.length >> 8, payload.length & 255] : []),
  ]);
  return Buffer.concat([head, mask, payload]);
}

const upgrade = () =>
  requestOf('GET', '/graphql', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': 'graphql-transport-ws',
  });
const INIT = frame({ type: 'connection_init' });
const FOLLOW = frame({
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { connectionChanged { cursor subject { id } } }' },
});

/** Resolves when the server has sent the text. */
function received(socket: Socket, expected: string): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes(expected)) resolve();
    });
  });
}

async function openedSocket(): Promise<Socket> {
  const socket = await open();
  const isOpen = received(socket, '101 Switching');
  socket.write(upgrade());
  await isOpen;
  return socket;
}

async function following(): Promise<Socket> {
  const socket = await openedSocket();
  const isReady = received(socket, 'connection_ack');
  socket.write(INIT);
  await isReady;
  const before = test.app.base.hub.followersOf('changes:');
  socket.write(FOLLOW);
  await expect.poll(() => test.app.base.hub.followersOf('changes:')).toBeGreaterThan(before);
  return socket;
}

describe.each(WAYS)('a client that %s the connection', (way) => {
  it.each(REQUESTS)('at any byte of %s does not harm the server', async (_name, make) => {
    const request = make();
    const step = Math.max(1, Math.floor(request.length / 60));
    const counts = Array.from({ length: Math.ceil(request.length / step) }, (_, index) => 1 + index * step);
    await Promise.all([...counts, request.length].map((count) => leaveDuring(request, count, way)));
  });

  it.each([0, 1, 100, 40_000])('after %i bytes of an answer does not harm the server', async (count) => {
    const socket = await open();
    let seen = 0;
    const isEnough = new Promise<void>((resolve) => {
      if (count === 0) resolve();
      socket.on('data', (chunk: Buffer) => (seen += chunk.length) >= count && resolve());
    });
    socket.write(requestOf('POST', '/graphql', json, JSON.stringify({ query: INTROSPECT })));
    await isEnough;
    await leave(socket, way);
  });

  it('at any byte of the way to a WebSocket, before the handshake or after, does not harm the server', async () => {
    const bytes = Buffer.concat([upgrade(), INIT, FOLLOW]);
    const counts = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => 1 + index * 7);
    await Promise.all([...counts, bytes.length].map((count) => leaveDuring(bytes, count, way)));
  });

  it('in the middle of a frame of an open WebSocket does not harm the server', async () => {
    for (const count of [1, 2, 5, INIT.length - 1]) {
      const socket = await openedSocket();
      socket.write(INIT.subarray(0, count));
      await leave(socket, way);
    }
  });

  it('while events are sent to it does not harm the server, and leaves no follower behind', async () => {
    const { hub } = test.app.base;
    const sockets = await Promise.all(Array.from({ length: 5 }, following));
    const changes = Array.from({ length: 5 }, () => test.send(CREATE));
    for (const socket of sockets) {
      await turn();
      await leave(socket, way);
    }
    await Promise.all(changes);
    await expect.poll(() => hub.followerCount).toBe(idleFollowers);
  });
});
