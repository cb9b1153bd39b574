import { describe, expect, it } from 'vitest';
import { findPostgres, startPostgres } from '../db/postgres.testing.js';
import { openTestApp, type TestApp } from '../testing.js';
import { connectSocket, openSocket } from './testing.js';

interface House extends AsyncDisposable {
  test: TestApp;
  /** Takes the store away under the running server. */
  breakStore(): Promise<void>;
}

async function withSqlite(): Promise<House> {
  const test = await openTestApp();
  const { db } = test.app.base;
  const breakStore = async () => {
    await db.close();
    db.close = () => Promise.resolve();
  };
  return { test, breakStore, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}

async function withPostgres(): Promise<House> {
  const server = await startPostgres();
  const test = await openTestApp({
    databaseUrl: await server.createCurrentDatabase(),
    secretKey: 'a key for tests, long enough',
  });
  return { test, breakStore: () => server.stop(), [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}

const FOLLOW = 'subscription { connectionChanged { cursor } }';
const SIGN_IN = 'mutation { signIn(login: "admin", password: "a password for tests") { viewer { scopes } } }';

function describeStore(name: string, open: () => Promise<House>): void {
  it(`a store that is down is SERVICE_UNAVAILABLE 503 everywhere (${name})`, async () => {
    await using house = await open();
    const { test } = house;
    const address = await test.app.listen();
    const socket = await openSocket(address, test.admin.cookie);
    await house.breakStore();

    const unavailable = { code: 'SERVICE_UNAVAILABLE' };
    const known = await test.send('{ connections { nodes { id } } }');
    const stranger = await test.send(SIGN_IN, {}, {});
    for (const reply of [known, stranger]) {
      expect(reply).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5' },
        errors: [{ extensions: unavailable }],
      });
      expect(JSON.stringify(reply.errors)).not.toMatch(/select|insert|database connection|ECONN/i);
    }
    const callback = await test.app.http.inject({ url: '/oauth/callback?code=1&state=x', headers: test.admin });
    expect([callback.statusCode, callback.json()]).toMatchObject([503, { errors: [{ extensions: unavailable }] }]);

    expect((await socket.refused(FOLLOW))[0]).toMatchObject({ extensions: unavailable });
    const late = await connectSocket(address, { cookie: test.admin.cookie ?? '' });
    late.send({ type: 'connection_init' });
    expect((await late.closed).code).toBe(1013);
    socket.close();
  });
}

describe('the store', () => {
  describeStore('SQLite', withSqlite);
  describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')('on a server of its own', () => {
    describeStore('Postgres', withPostgres);
  });

  it('that answers again after a lock is not told to be down for other reasons', async () => {
    await using house = await withSqlite();
    house.test.app.base.db.reader.select = () => {
      throw Object.assign(new Error('canary'), { code: 'SQLITE_BUSY' });
    };
    const reply = await house.test.send('{ server { version } viewer { scopes } }', {}, {});
    expect(reply).toMatchObject({ status: 200, data: { viewer: null } });
  });
});
