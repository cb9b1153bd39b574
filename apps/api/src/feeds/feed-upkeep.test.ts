import { PlatformError, type ChangeFeed } from '@sluice/core/platform';
import type { Schedule } from '@sluice/core/schedule';
import { FakeClock } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { createLog } from '../log.js';
import { jobRow, seedJob } from '../runs/engine-store/testing.js';
import { Vault } from '../secrets/vault.js';
import { FeedStore } from './feed.store.js';
import { FeedUpkeep } from './feed-upkeep.js';

const MINUTE_MS = 60_000;
const LEASE_MS = 2 * MINUTE_MS;
const CONNECTION = 'con_source';
const FOLLOWING: Schedule = {
  ...{ cron: '0 2 * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true },
  followsChanges: true,
};
const signal = new AbortController().signal;

/** A platform that keeps the addresses it tells, and any number of processes that see to it. */
class Scene {
  readonly clock = new FakeClock();
  readonly store: FeedStore;
  /** Addresses that the platform tells. */
  readonly told = new Set<string>();
  readonly asked: ('ensure' | 'remove')[] = [];
  /** What the platform does before it answers. */
  before: () => Promise<void> = async () => {};
  isDeleted = false;
  private readonly vault = new Vault('a key of at least thirty-two characters');

  constructor(private readonly db: Database) {
    this.store = new FeedStore(db);
  }

  process(deliveryUrl: string | null = 'https://sluice.example.com', vault = this.vault): FeedUpkeep {
    const { store } = this;
    // Who waits for its turn looks again at once.
    const clock = { now: () => this.clock.now(), sleep: () => new Promise(setImmediate) };
    const base = {
      clock,
      vault,
      log: createLog('silent'),
      config: { deliveryUrl, publicUrl: 'https://other.example' },
    };
    return new FeedUpkeep({ base: base as never, connections: this.connections(), store });
  }

  async follow(schedule: Schedule = FOLLOWING): Promise<void> {
    await seedJob(this.db, jobRow({ id: 'job_1', sourceConnectionId: CONNECTION, schedule }));
  }

  async unfollow(): Promise<void> {
    await this.db.transact(async (tx) => void (await tx.delete(this.db.tables.jobs)));
  }

  private connections(): ConnectionAccess {
    const row = () => (this.isDeleted ? null : { id: CONNECTION, platform: 'PROCORE' });
    return {
      byIds: async (ids: readonly string[]) => ids.map(row),
      describe: () => ({ readChange: () => null }),
      open: async () => {
        if (this.isDeleted) throw new PlatformError('NOT_FOUND', 'The connection does not exist any more.');
        return { changeFeed: this.feed() };
      },
    } as unknown as ConnectionAccess;
  }

  private feed(): ChangeFeed {
    const asked = async (what: 'ensure' | 'remove') => {
      this.asked.push(what);
      await this.before();
    };
    return {
      ensure: async ({ url }) => {
        await asked('ensure');
        const wasMade = !this.told.has(url);
        this.told.add(url);
        return { note: 'note', wasMade };
      },
      remove: async ({ url }) => {
        await asked('remove');
        this.told.delete(url);
      },
    };
  }
}

const killed = () => Promise.reject(new Error('The process was killed.'));

describeOnBothDatabases('the upkeep of feeds', (open) => {
  let db: Database | null = null;
  const openScene = async () => {
    db ??= await open();
    const scene = new Scene(db);
    await scene.unfollow();
    await scene.store.remove(CONNECTION);
    return scene;
  };

  it('is one hook where two processes want it at once, and nothing is asked again before an hour', async () => {
    const scene = await openScene();
    await scene.follow();
    await Promise.all([scene.process().pass(signal), scene.process().pass(signal)]);
    await scene.process().pass(signal);
    expect(scene.asked).toEqual(['ensure']);
    const [feed] = await scene.store.all();
    expect([...scene.told]).toEqual([`https://sluice.example.com/changes/${feed?.path}`]);
    expect(feed).toMatchObject({ note: 'note', problem: null, leaseUntil: null, dueAt: null });
    await scene.clock.advance(60 * MINUTE_MS);
    await Promise.all([scene.process().pass(signal), scene.process().pass(signal)]);
    expect(scene.asked).toEqual(['ensure', 'ensure']);
  });

  it('goes over to another process once the lease of one that died is over, at the same address', async () => {
    const scene = await openScene();
    await scene.follow();
    scene.before = killed;
    await expect(scene.process().pass(signal)).rejects.toThrow('killed');
    const [{ path } = { path: '' }] = await scene.store.all();
    scene.before = async () => {};
    await scene.clock.advance(LEASE_MS - 1);
    await scene.process().pass(signal);
    expect(scene.told.size).toBe(0);
    await scene.clock.advance(1);
    await scene.process().pass(signal);
    expect([...scene.told]).toEqual([`https://sluice.example.com/changes/${path}`]);
  });

  it('makes nothing for a job that was deleted before the turn of its feed', async () => {
    const scene = await openScene();
    await scene.follow();
    const claim = scene.store.claim.bind(scene.store);
    scene.store.claim = async (...args) => {
      await scene.unfollow();
      return claim(...args);
    };
    await scene.process().pass(signal);
    expect(scene.asked).toEqual(['remove']);
    expect(await scene.store.all()).toEqual([]);
  });

  it('takes the hook away before the connection is deleted, also of a process that serves the API alone', async () => {
    const scene = await openScene();
    await scene.follow();
    await scene.process().pass(signal);
    await scene.unfollow();
    await scene.process().part(CONNECTION, signal);
    scene.isDeleted = true;
    expect(scene.told.size).toBe(0);
    expect(await scene.store.all()).toEqual([]);
    await scene.process().part(CONNECTION, signal);
    expect(scene.asked).toEqual(['ensure', 'remove']);
  });

  it('waits for its turn before a deletion, so that no hook is made after it', async () => {
    const scene = await openScene();
    await scene.follow();
    let goOn = () => {};
    const asked = new Promise<void>((resolve) => {
      scene.before = () => {
        resolve();
        return new Promise((done) => (goOn = done));
      };
    });
    const pass = scene.process().pass(signal);
    await asked;
    await scene.unfollow();
    const parting = scene.process().part(CONNECTION, signal);
    scene.before = async () => {};
    goOn();
    await pass;
    await parting;
    expect(scene.asked).toEqual(['ensure', 'remove']);
    expect(scene.told.size).toBe(0);
  });

  it('lets a connection go whose platform fails, and forgets its feed', async () => {
    const scene = await openScene();
    await scene.follow();
    await scene.process().pass(signal);
    await scene.unfollow();
    scene.before = () => Promise.reject(new PlatformError('UNREACHABLE', 'No answer.'));
    await scene.process().part(CONNECTION, signal);
    expect(await scene.store.all()).toMatchObject([{ problem: { code: 'REMOTE_UNREACHABLE' }, leaseUntil: null }]);
    scene.isDeleted = true;
    await scene.clock.advance(10 * MINUTE_MS);
    await scene.process().pass(signal);
    expect(await scene.store.all()).toEqual([]);
  });

  it('tries again after ten minutes what failed, and says it with the feed until then', async () => {
    const scene = await openScene();
    await scene.follow();
    scene.before = () => Promise.reject(new PlatformError('ACCESS_DENIED', 'No right.'));
    await scene.process().pass(signal);
    expect(await scene.store.all()).toMatchObject([{ problem: { code: 'REMOTE_FORBIDDEN' }, note: null }]);
    scene.before = async () => {};
    await scene.clock.advance(10 * MINUTE_MS - 1);
    await scene.process().pass(signal);
    expect(scene.told.size).toBe(0);
    await scene.clock.advance(1);
    await scene.process().pass(signal);
    expect(await scene.store.all()).toMatchObject([{ problem: null, note: 'note' }]);
  });

  it('makes one run due where a hook was gone, and none at first', async () => {
    const scene = await openScene();
    await scene.follow();
    await scene.process().pass(signal);
    expect((await scene.store.all())[0]?.dueAt).toBeNull();
    scene.told.clear();
    await scene.clock.advance(60 * MINUTE_MS);
    await scene.process().pass(signal);
    expect((await scene.store.all())[0]?.dueAt).toEqual(new Date(scene.clock.now()));
  });

  it('asks for nothing without an address, and takes away what stands there', async () => {
    const scene = await openScene();
    await scene.follow();
    await scene.process(null).pass(signal);
    expect(scene.asked).toEqual([]);
    await scene.process().pass(signal);
    await scene.process(null).pass(signal);
    expect(scene.asked).toEqual(['ensure', 'remove']);
  });

  it('says of a secret that cannot be opened any more which key is missing', async () => {
    const scene = await openScene();
    await scene.follow();
    await scene.process().pass(signal);
    await scene.clock.advance(60 * MINUTE_MS);
    const other = new Vault('another key of thirty-two characters');
    await scene.process('https://sluice.example.com', other).pass(signal);
    const message = expect.stringContaining('SLUICE_SECRET_KEY') as unknown;
    expect(await scene.store.all()).toMatchObject([{ problem: { code: 'CREDENTIALS_INVALID', message } }]);
  });
});
