import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AccessService } from '../access/access.service.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { createLog } from '../log.js';
import { openTestApp, type TestApp } from '../testing.js';
import { connectSocket, openSocket } from './testing.js';

let test: TestApp;
let address: string;
beforeAll(async () => {
  const base = await openTestApp();
  await base[Symbol.asyncDispose]();
  const limits = {
    ...base.config.limits,
    connectionInitWait: 2_000,
    maxSubscriptionsPerSocket: 3,
    subscribesPerSecond: 2,
    subscribeBurst: 6,
  };
  test = await openTestApp({ limits });
  address = await test.app.listen();
});
afterAll(() => test[Symbol.asyncDispose]());

const FOLLOW =
  'subscription ($a: String) { connectionChanged(after: $a) { cursor topic change subjectId subject { id ... on ConnectionProfile { name } } } }';
const subscribe = (id: string, query = FOLLOW, variables = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});

/** Followers of the changes of connections, one of which is the server's own. */
const connectionFollowers = () => test.app.base.hub.followersOf('changes:CONNECTION');

async function addConnection(name: string): Promise<string> {
  const reply = await test.send<{ connectionCreate: { connection: { id: string } } }>(
    'mutation ($n: String) { connectionCreate(input: { name: $n, settings: { procore: {} } }) { connection { id } } }',
    { n: name },
  );
  return reply.data?.connectionCreate.connection.id ?? '';
}

async function token(): Promise<{ id: string; secret: string }> {
  const reply = await test.send<{ apiTokenCreate: { apiToken: { id: string }; secret: string } }>(
    'mutation { apiTokenCreate(displayName: "t", scopes: [CONNECTIONS_READ]) { apiToken { id } secret } }',
  );
  return { id: reply.data?.apiTokenCreate.apiToken.id ?? '', secret: reply.data?.apiTokenCreate.secret ?? '' };
}

describe('a connection', () => {
  it('is refused to pages of other origins and at other addresses', async () => {
    const status = (path: string, headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve) => {
        const socket = new WebSocket(`${address.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('open', () => resolve(101));
        socket.on('error', () => undefined);
      });
    expect(await status('/graphql', { origin: 'https://evil.example' })).toBe(403);
    expect(await status('/graphql', { origin: 'http://rebound.example', host: 'rebound.example' })).toBe(403);
    expect(await status('/other', {})).toBe(404);
    expect(await status('/graphql', { origin: address })).toBe(101);
  });

  it.each<[string, (socket: Awaited<ReturnType<typeof connectSocket>>) => Promise<void> | void, number]>([
    ['a bad message', (socket) => socket.send('nonsense'), 4400],
    ['a subscription before the acknowledgement', (socket) => socket.send(subscribe('1')), 4401],
    [
      'an identity that is refused',
      (socket) =>
        socket.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense-nonsense-nonsense' } }),
      4403,
    ],
    ['no identity', (socket) => socket.send({ type: 'connection_init' }), 4403],
    ['silence', () => undefined, 4408],
    [
      'a message of more than 64 KiB',
      (socket) => socket.send({ type: 'ping', payload: { x: 'x'.repeat(65 * 1024) } }),
      1009,
    ],
  ])('ends after %s', async (_name, misbehave, code) => {
    const socket = await connectSocket(address, {});
    await misbehave(socket);
    expect((await socket.closed).code).toBe(code);
  });

  it('ends after a second init, and a second subscription of the same name', async () => {
    const first = await openSocket(address, test.admin.cookie);
    first.send({ type: 'connection_init' });
    expect((await first.closed).code).toBe(4429);
    const second = await openSocket(address, test.admin.cookie);
    second.send(subscribe('1'));
    second.send(subscribe('1'));
    expect((await second.closed).code).toBe(4409);
  });

  it('has to speak the protocol', async () => {
    const socket = await connectSocket(address, {}, 'graphql-ws').catch((error: Error) => error);
    const code = socket instanceof Error ? 4406 : (await socket.closed).code;
    expect(code).toBe(4406);
  });

  it('is one of a few per person, tokens included', async () => {
    await using own = await openTestApp({ limits: { ...DEFAULT_LIMITS, maxSocketsPerActor: 5 } });
    const place = await own.app.listen();
    const reply = await own.send<{ apiTokenCreate: { secret: string } }>(
      'mutation { apiTokenCreate(displayName: "t", scopes: [CONNECTIONS_READ]) { secret } }',
    );
    const secret = reply.data?.apiTokenCreate.secret;
    const sockets = [await openSocket(place, own.admin.cookie)];
    for (let i = 0; i < 4; i++) sockets.push(await openSocket(place, undefined, secret));
    const sixth = await connectSocket(place, {});
    sixth.send({ type: 'connection_init', payload: { authorization: `Bearer ${secret}` } });
    expect((await sixth.closed).code).toBe(4429);
    for (const socket of sockets) socket.close();
  });
});

describe('an operation', () => {
  it('has to be a subscription, and one that the caller may follow', async () => {
    const socket = await openSocket(address, test.admin.cookie);
    expect((await socket.refused('{ server { version } }'))[0]?.extensions?.['code']).toBe('BAD_REQUEST');
    expect((await socket.refused('mutation { signOut { viewer { scopes } } }'))[0]?.extensions?.['code']).toBe(
      'BAD_REQUEST',
    );
    socket.close();
    const { secret } = await token();
    const other = await openSocket(address, undefined, secret);
    other.send(subscribe('1', 'subscription { runChanged { cursor } }'));
    const message = await other.next('next');
    expect(JSON.stringify(message.payload)).toContain('FORBIDDEN');
    other.close();
  });

  it('by POST is BAD_REQUEST', async () => {
    const reply = await test.send('subscription { connectionChanged { cursor } }');
    expect([reply.status, reply.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_REQUEST']);
    expect(reply.errors?.[0]?.message).toContain('WebSocket');
  });

  it('is one of a few per connection', async () => {
    const socket = await openSocket(address, test.admin.cookie);
    for (const id of ['1', '2', '3', '4']) socket.send(subscribe(id));
    const refused = await socket.next('error');
    expect([refused.id, JSON.stringify(refused.payload)]).toEqual(['4', expect.stringContaining('RATE_LIMITED')]);
    socket.close();
  });
});

describe('a stream of changes', () => {
  it('gives each change once, with the object as it is now, and goes on after a cursor', async () => {
    const socket = await openSocket(address, test.admin.cookie);
    socket.send(subscribe('1'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const id = await addConnection('First');
    const event = (await socket.next('next')).payload as { data: { connectionChanged: { cursor: string } } };
    expect(event.data.connectionChanged).toMatchObject({
      topic: 'CONNECTION',
      change: 'CREATED',
      subjectId: id,
      subject: { id, name: 'First' },
    });
    socket.close();
    await socket.closed;
    const second = await addConnection('Second');
    const third = await addConnection('Third');
    const resumed = await openSocket(address, test.admin.cookie);
    resumed.send(subscribe('1', FOLLOW, { a: event.data.connectionChanged.cursor }));
    const ids = [];
    for (let i = 0; i < 2; i++)
      ids.push(
        ((await resumed.next('next')).payload as typeof event & { data: { connectionChanged: { subjectId: string } } })
          .data.connectionChanged.subjectId,
      );
    expect(ids).toEqual([second, third]);
    resumed.close();
  });

  it.each([
    ['nonsense', 'CURSOR_INVALID'],
    [Buffer.from('e1:999999').toString('base64url'), 'CURSOR_INVALID'],
  ])('refuses the cursor %s', async (cursor, code) => {
    const socket = await openSocket(address, test.admin.cookie);
    socket.send(subscribe('1', FOLLOW, { a: cursor }));
    expect(JSON.stringify((await socket.next('error')).payload)).toContain(code);
    socket.close();
  });

  it('says where to go on when the events after the cursor are gone', async () => {
    const { db } = test.app.base;
    const value = 2;
    await db.transact(async (tx) => {
      await tx.insert(db.tables.counters).values({ name: 'change_events_pruned', value });
    });
    const socket = await openSocket(address, test.admin.cookie);
    socket.send(subscribe('1', FOLLOW, { a: Buffer.from('e1:1').toString('base64url') }));
    const [error] = (await socket.next('error')).payload as { extensions: Record<string, unknown> }[];
    expect(error?.extensions).toMatchObject({
      code: 'CURSOR_EXPIRED',
      oldestCursor: Buffer.from('e1:2').toString('base64url'),
    });
    socket.close();
  });

  it('leaves no follower behind, however it ends', async () => {
    const { hub } = test.app.base;
    const before = hub.followerCount;
    const socket = await openSocket(address, test.admin.cookie);
    for (const id of ['1', '2']) socket.send(subscribe(id));
    await expect.poll(() => hub.followerCount).toBe(before + 2);
    socket.send({ id: '1', type: 'complete' });
    await expect.poll(() => hub.followerCount).toBe(before + 1);
    socket.close();
    await expect.poll(() => hub.followerCount).toBe(before);
  });

  it('tells nothing more once its token is revoked', async () => {
    const { id, secret } = await token();
    const idle = connectionFollowers();
    const socket = await openSocket(address, undefined, secret);
    socket.send(subscribe('1'));
    await expect.poll(connectionFollowers).toBe(idle + 1);
    const told: unknown[] = [];
    socket.socket.on('message', (data: Buffer) => told.push(JSON.parse(data.toString())));
    await test.send('mutation ($id: ID!) { apiTokenRevoke(id: $id) { userErrors { code } } }', { id });
    await addConnection('Not for revoked tokens');
    expect((await socket.closed).code).toBe(4403);
    expect(JSON.stringify(told)).not.toContain('connectionChanged');
  });

  it('holds back what happens while rights are checked, and tells it only to those who still have them', async () => {
    const { id, secret } = await token();
    const { changes } = test.app.base;
    const idle = connectionFollowers();
    const socket = await openSocket(address, undefined, secret);
    socket.send(subscribe('1'));
    const staying = await openSocket(address, test.admin.cookie);
    staying.send(subscribe('1'));
    await expect.poll(connectionFollowers).toBe(idle + 2);
    const told: string[] = [];
    for (const { socket: each } of [socket, staying]) each.on('message', (data: Buffer) => told.push(data.toString()));
    let check: () => void = () => undefined;
    const mayCheck = new Promise<void>((resolve) => (check = resolve));
    const renew = Reflect.get<AccessService, 'renew'>(AccessService.prototype, 'renew');
    const spy = vi.spyOn(AccessService.prototype, 'renew').mockImplementation(async function (
      this: AccessService,
      caller,
    ) {
      await mayCheck;
      return renew.call(this, caller);
    });
    await test.send('mutation ($id: ID!) { apiTokenRevoke(id: $id) { userErrors { code } } }', { id });
    const end = new AbortController();
    const unchecked = changes.follow({ topics: ['CONNECTION'] }, null, end.signal).next();
    await expect.poll(connectionFollowers).toBe(idle + 3);
    await addConnection('While rights are checked');
    // A follower whose rights nobody checks has the event by then; some turns more for the sockets.
    await unchecked;
    for (let turn = 0; turn < 5; turn++) await test.send('{ connections { nodes { id } } }');
    expect(told).toEqual([]);
    end.abort();
    check();
    expect((await socket.closed).code).toBe(4403);
    expect(JSON.stringify(await staying.next('next'))).toContain('While rights are checked');
    expect(told).toHaveLength(1);
    spy.mockRestore();
    staying.close();
  });

  it('ends at once with the session of its caller', async () => {
    const person = await test.signIn('admin', 'a password for tests');
    const socket = await openSocket(address, person.cookie);
    await test.send('mutation { signOut { viewer { scopes } } }', {}, person);
    expect((await socket.closed).code).toBe(4403);
  });

  it('ends with the access of its caller', async () => {
    const { id, secret } = await token();
    const socket = await openSocket(address, undefined, secret);
    socket.send(subscribe('1'));
    await test.send('mutation ($id: ID!) { apiTokenRevoke(id: $id) { userErrors { code } } }', { id });
    expect((await socket.closed).code).toBe(4403);
  });
});

it('comes back after a restart: sockets are closed with 1012', async () => {
  const other = await openTestApp();
  const socket = await openSocket(await other.app.listen(), other.admin.cookie);
  socket.send(subscribe('1'));
  await other[Symbol.asyncDispose]();
  expect((await socket.closed).code).toBe(1012);
});

describe('a client that comes back', () => {
  it('may subscribe to 50 streams at once; beyond it is told when to try again', async () => {
    const time = { now: 1_790_000_000_000 };
    const forever = (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('ended'))));
    const clock = { now: () => time.now, monotonic: () => time.now, sleep: forever };
    const limits = { ...DEFAULT_LIMITS, maxSubscriptionsPerSocket: 60 };
    await using other = await openTestApp({ limits }, { overrides: { clock } });
    const socket = await openSocket(await other.app.listen(), other.admin.cookie);
    for (let i = 1; i <= 51; i++) socket.send(subscribe(String(i)));
    const refused = await socket.next('error');
    const [error] = refused.payload as { message: string; extensions: Record<string, unknown> }[];
    expect([refused.id, error?.extensions]).toMatchObject(['51', { code: 'RATE_LIMITED', retryAfter: 1 }]);
    await expect.poll(() => other.app.base.hub.followerCount).toBeGreaterThanOrEqual(50);
    time.now += 1_000;
    for (let i = 52; i <= 62; i++) socket.send(subscribe(String(i)));
    expect((await socket.next('error')).id).toBe('62');
    socket.close();
  });

  it('is told with each error the identifier of that operation, and the log has it with the hash of its document', async () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    await using other = await openTestApp({}, { log });
    const socket = await openSocket(await other.app.listen(), other.admin.cookie);
    const ids: unknown[] = [];
    for (const query of ['{ server { version } }', 'subscription {', FOLLOW]) {
      const [error] = await socket.refused(query, query === FOLLOW ? { a: 'nonsense' } : {});
      ids.push(error?.extensions?.['requestId']);
      const line = lines
        .map((text) => JSON.parse(text) as Record<string, unknown>)
        .find((one) => {
          return one['requestId'] === ids.at(-1) && (one['codes'] as string[]).length > 0;
        });
      expect(line?.['codes']).toEqual([error?.extensions?.['code']]);
      // A document that cannot be read has none.
      const hash = query === 'subscription {' ? null : createHash('sha256').update(query).digest('hex');
      expect(line?.['document']).toBe(hash);
    }
    expect(new Set(ids).size).toBe(3);
    socket.close();
  });
});
