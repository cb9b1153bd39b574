import { beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, sharedPostgres } from '../db/postgres.testing.js';
import { openTestApp } from '../testing.js';
import { openSocket } from './testing.js';

/** Without Postgres on this machine the suite is left out, and fails when `CI=true`. */
describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')('the application on Postgres', () => {
  beforeAll(async () => void (await sharedPostgres()));

  it('creates, lists, tells of changes, and lets a second process see them', async () => {
    const databaseUrl = await (await sharedPostgres()).createCurrentDatabase();
    const secretKey = 'one key for all processes of it all';
    await using first = await openTestApp({ databaseUrl, secretKey });
    await using second = await openTestApp({ databaseUrl, secretKey, role: 'api' });
    const socket = await openSocket(await second.app.listen(), second.admin.cookie);
    socket.send({
      id: '1',
      type: 'subscribe',
      payload: { query: 'subscription { connectionChanged { change subject { id } } }' },
    });
    await expect.poll(() => second.app.base.hub.followersOf('changes:CONNECTION')).toBe(1);
    const create = `mutation { connectionCreate(idempotencyKey: "k", input: { name: "Ä", settings: { procore: { clientCredentials: CUSTOM } },
      credential: { oauthClient: { clientId: "c", clientSecret: "s" } } }) { connection { id budget { id } } userErrors { code } } }`;
    interface Created {
      connectionCreate: { connection: { id: string; budget: { id: string } } };
    }
    const made = (await first.send<Created>(create)).data?.connectionCreate.connection;
    expect((await first.send<Created>(create)).data?.connectionCreate.connection).toEqual(made);
    const event = (await socket.next('next')).payload;
    expect(event).toEqual({ data: { connectionChanged: { change: 'CREATED', subject: { id: made?.id } } } });
    const list = await second.send(
      '{ connections(filter: { nameContains: "ä" }) { totalCount nodes { id } } budgets { id connections { id } } }',
    );
    expect(list.data).toEqual({
      connections: { totalCount: 1, nodes: [{ id: made?.id }] },
      budgets: [{ id: made?.budget.id, connections: [{ id: made?.id }] }],
    });
    socket.close();
  });
});
