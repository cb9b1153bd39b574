import { expect, it } from 'vitest';
import type { TokenSet } from '@sluice/procore';
import type { Base } from '../base.js';
import type { Database } from '../db/database.js';
import { Leases } from '../db/lease.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { Clients } from './clients.js';
import { ConnectionStore } from './connection.store.js';
import { storedConnection } from './stored-connection.testing.js';
import { createTokenStore } from './token.store.js';

const START_MS = 1_790_000_000_000;
const LATER_MS = 3 * 60_000;
const tokens = (count: number): TokenSet => ({
  accessToken: `access ${count}`,
  refreshToken: `refresh ${count}`,
  obtainedAt: START_MS,
  expiresAt: START_MS,
});

const vault = {
  seal: (value: unknown) => JSON.stringify(value),
  open: (sealed: string) => JSON.parse(sealed) as unknown,
};

const connection = storedConnection({ tokens: vault.seal(tokens(1)) });

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A clock whose waits let everything else go on, and take no time of the machine; each takes so long at least. */
function patientClock(leastWaitMs: number) {
  let passed = 0;
  return {
    now: () => START_MS + passed,
    monotonic: () => passed,
    sleep: async (milliseconds: number) => {
      await tick();
      passed += Math.max(milliseconds, leastWaitMs);
    },
  };
}

/** The host of the sign-in: a refresh token is good for one use, and a second use of it ends the sign-in. */
class LoginHost {
  private count = 1;
  renewals = 0;
  burnt = 0;

  async renew(refreshToken: string | null): Promise<TokenSet> {
    await tick();
    if (refreshToken !== `refresh ${this.count}`) this.burnt += 1;
    this.renewals += 1;
    return tokens((this.count += 1));
  }
}

const storeOn = (db: Database) =>
  new ConnectionStore({ db, changes: { record: () => Promise.resolve() } } as unknown as Base);

/** The tokens as a process of its own knows them: nothing but the database is shared with another one. */
function processOn(db: Database, clock: ReturnType<typeof patientClock>) {
  const store = storeOn(db);
  const clients = { clientKey: () => 'client', statusOf: () => ({}) } as unknown as Clients;
  return createTokenStore(
    { vault: vault as unknown as Base['vault'], store, clients, leases: new Leases(db, clock) },
    connection,
  );
}

async function opened(open: () => Promise<Database>, leastWaitMs = 0) {
  const db = await open();
  const clock = patientClock(leastWaitMs);
  await db.transact((tx) => storeOn(db).insert(tx, connection));
  return { db, clock, host: new LoginHost() };
}

/** Renews unless somebody else has done so since `known`. */
const renewed = (process: ReturnType<typeof processOn>, host: LoginHost, known: string) =>
  process.withLock(async () => {
    const stored = await process.load();
    if (stored !== null && stored.accessToken !== known) return stored;
    const next = await host.renew(stored?.refreshToken ?? null);
    await process.save(next);
    return next;
  });

describeOnBothDatabases('tokens that two processes share', (open) => {
  it('are renewed by one of them, and both use what it got', async () => {
    const { db, clock, host } = await opened(open);
    const processes = [processOn(db, clock), processOn(db, clock)];
    for (const round of [1, 2, 3]) {
      const asked = [...processes, ...processes].map((process) => renewed(process, host, `access ${round}`));
      const got = await Promise.all(asked);
      expect(new Set(got.map(({ accessToken }) => accessToken))).toEqual(new Set([`access ${round + 1}`]));
    }
    expect(host).toMatchObject({ renewals: 3, burnt: 0 });
  });

  it('are renewed by the other one when the first dies before it has asked', async () => {
    const { db, clock, host } = await opened(open, 10_000);
    const dead = { name: 'tokens:con_1', owner: 'dead', until: new Date(START_MS) };
    await db.transact(async (tx) => void (await tx.insert(db.tables.leases).values(dead)));
    expect((await renewed(processOn(db, clock), host, 'access 1')).accessToken).toBe('access 2');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(LATER_MS);
    expect(host).toMatchObject({ renewals: 1, burnt: 0 });
  });
});
