import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from './postgres.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';

const isSkipped = findPostgres() === null && process.env['CI'] !== 'true';

describe.skipIf(isSkipped)('hints between processes on Postgres', () => {
  let url: string;
  let databases: Awaited<ReturnType<typeof openPostgres>>[];
  const heard: string[][] = [[], []];
  let send: (channels: readonly string[]) => void;
  beforeAll(async () => {
    url = await (await sharedPostgres()).createCurrentDatabase();
    databases = [await openPostgres(url), await openPostgres(url)];
    const [first] = databases.map((db, index) => db.connectHints((channels) => void heard[index]?.push(...channels)));
    send = first ?? (() => undefined);
  });
  afterAll(async () => {
    for (const db of databases) await db.close();
  });

  /** Hints may get lost, so it sends until one arrives. */
  const arrives = (channel: string) => expect.poll(() => (send([channel]), heard[1]?.includes(channel))).toBe(true);

  it('arrive at the others and not at the sender', async () => {
    await arrives('work');
    expect(heard[0]).toEqual([]);
  });

  it('may be more than one notification holds', async () => {
    const channels = Array.from({ length: 300 }, (_, index) => `run:run_${'x'.repeat(36)}${index}`);
    send(channels);
    await expect.poll(() => channels.every((channel) => heard[1]?.includes(channel))).toBe(true);
  });

  it('go on after their connection broke, and what others send is passed over', async () => {
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
    for (const payload of ['', 'no JSON', '{}', '[1]'])
      await other.query('select pg_notify($1, $2)', ['sluice_hints', payload]);
    await other.end();
    await arrives('after the break');
    expect(heard[1]?.filter((channel) => typeof channel !== 'string')).toEqual([]);
  });
});
