import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Base } from '../base.js';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { emptyCounters } from '../runs/engine-store/counters.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { ChangeLog } from '../live/change-log.js';
import { Hub } from '../live/hub.js';
import { PlanStore } from '../plans/plan.store.js';
import { RunStore } from '../runs/reading/run.store.js';
import { seedJob, seedRun } from '../runs/engine-store/testing.js';
import { CLEARED_AFTER_MS, crashesAfter, MOST_CRASHES, SUSPECT_CRASHES } from './crashes.js';
import { settlementOf } from './ending.js';
import { LEASE_MS, WorkLeases } from './lease.store.js';
import { putAside } from './put-aside.js';

/** Runs of jobs of their own, oldest first, and plannings, over workers that die whenever the test says. */
class Scene {
  readonly clock = new FakeClock();
  private leases: WorkLeases;

  constructor(readonly db: Database) {
    this.leases = new WorkLeases(this);
  }

  async addRuns(...names: string[]): Promise<void> {
    const { runs } = this.db.tables;
    for (const [index, name] of names.entries()) {
      const { runId } = await seedRun(this.db, await seedJob(this.db, { id: `job_${name}` }), 1);
      const queuedAt = new Date(1_000 + index);
      await this.db.transact(
        async (tx) => void (await tx.update(runs).set({ id: name, queuedAt }).where(eq(runs.id, runId))),
      );
    }
    await this.db.transact(async (tx) => void (await tx.update(runs).set({ activeJobId: runs.jobId })));
  }

  /** Turns the plans of the runs into plannings that no run carries out. */
  async makePlannings(): Promise<void> {
    const { plans, runs } = this.db.tables;
    await this.db.transact(async (tx) => {
      await tx.delete(runs);
      await tx.update(plans).set({ runId: null, taskState: 'QUEUED' });
    });
  }

  claim = async (takesSuspect = true) => (await this.leases.claimRuns(8, takesSuspect)).map(({ id }) => id);
  claimPlans = async (takesSuspect = true) => (await this.leases.claimPlans(8, takesSuspect)).length;

  /** The worker dies, and another one waits until its leases are silent. */
  async die(): Promise<void> {
    this.leases = new WorkLeases(this);
    await this.fallSilent();
  }

  /** The worker gives no sign of life, and notices it itself. */
  async fallSilent(): Promise<void> {
    await this.leases.claimRuns(0, false);
    await this.leases.claimPlans(0, false);
    await this.clock.advance(LEASE_MS);
  }

  async do(id: string, itemsDone: number): Promise<void> {
    const { runs } = this.db.tables;
    const counters = { ...emptyCounters(), itemsDone };
    await this.db.transact(async (tx) => void (await tx.update(runs).set({ counters }).where(eq(runs.id, id))));
  }

  async crashesOf(id: string): Promise<number | undefined> {
    return (await new RunStore(this.db).byId(id))?.crashes;
  }

  putAside(): Promise<void> {
    const { db, clock } = this;
    const hub = new Hub();
    const changes = new ChangeLog(db, hub, clock, { limits: DEFAULT_LIMITS, hasPeers: false });
    const base = { db, clock, hub, changes, log: { error: () => undefined } } as unknown as Base;
    return putAside({ base, leases: this.leases, runs: new RunStore(db), plans: new PlanStore(db) });
  }
}

describeOnBothDatabases('a run that crashes its worker again and again', (open) => {
  it('is put aside after four ends of its worker, with a reason and what helps; the others go on', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('bad', 'good');
    for (let crash = 1; crash <= MOST_CRASHES; crash++) {
      expect(await scene.claim()).toContain('bad');
      await scene.do('good', crash);
      await scene.die();
    }
    expect(await scene.claim()).toEqual(['good']);
    await scene.putAside();
    const bad = await new RunStore(scene.db).byId('bad');
    expect(bad).toMatchObject({ state: 'PAUSED', wish: 'RUN', waitingUntil: null, crashes: 0, leaseOwner: null });
    expect(bad?.stateReason).toMatchObject({ code: 'INTERNAL_ERROR', isRetryable: true });
    expect(bad?.stateReason?.message).toMatch(/ended 4 times in a row.*log.*resume it once.*or cancel it/s);
    const events = await new RunStore(scene.db).events('bad', 0, 10);
    expect(events.map(({ kind, severity, state }) => [kind, severity ?? state])).toEqual([
      ['LOG', 'ERROR'],
      ['STATE', 'PAUSED'],
    ]);
    expect((await new RunStore(scene.db).byId('good'))?.state).toBe('QUEUED');
  });

  it('is not blamed for what it did in between, nor for the end of a worker that did not hold it', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('busy');
    for (let crash = 1; crash <= 2 * MOST_CRASHES; crash++) {
      expect(await scene.claim()).toEqual(['busy']);
      await scene.do('busy', crash);
      await scene.die();
    }
    await scene.claim(false);
    expect(await scene.crashesOf('busy')).toBe(1);
  });

  it('is not blamed where the worker lives, and only its signs of life could not be stored', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('held');
    for (let silence = 1; silence <= MOST_CRASHES; silence++) {
      expect(await scene.claim()).toEqual(['held']);
      await scene.fallSilent();
    }
    expect(await scene.claim()).toEqual(['held']);
    expect(await scene.crashesOf('held')).toBe(0);
  });

  it('is suspected from the second end on, and held one at a time, so that the next end tells which one it was', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('innocent', 'bad');
    for (let crash = 1; crash <= SUSPECT_CRASHES; crash++) {
      expect(await scene.claim()).toEqual(['innocent', 'bad']);
      await scene.die();
    }
    await scene.addRuns('fresh');
    expect(await scene.claim()).toEqual(['innocent', 'fresh']);
    expect(await scene.claim(false)).toEqual([]);
    await scene.do('innocent', 1);
    expect(await scene.claim()).toEqual(['bad']);
    await scene.die();
    await scene.claim();
    expect([await scene.crashesOf('innocent'), await scene.crashesOf('bad')]).toEqual([1, SUSPECT_CRASHES + 1]);
  });

  it('neither is a planning that does so held on: it fails with the reason', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('one');
    await scene.makePlannings();
    for (let crash = 1; crash <= MOST_CRASHES; crash++) {
      expect(await scene.claimPlans()).toBe(1);
      await scene.die();
    }
    expect(await scene.claimPlans()).toBe(0);
    await scene.putAside();
    const [plan] = await scene.db.reader.select().from(scene.db.tables.plans);
    expect(plan).toMatchObject({ taskState: 'FAILED', failure: { code: 'INTERNAL_ERROR', isRetryable: true } });
    expect(plan?.failure?.message).toMatch(/ended 4 times in a row.*Make a plan again/s);
  });

  it('a suspected planning is held one at a time', async () => {
    const scene = new Scene(await open());
    await scene.addRuns('one', 'two');
    await scene.makePlannings();
    const { plans } = scene.db.tables;
    await scene.db.transact(async (tx) => void (await tx.update(plans).set({ crashes: SUSPECT_CRASHES })));
    expect([await scene.claimPlans(), await scene.claimPlans(false), await scene.claimPlans()]).toEqual([1, 0, 1]);
  });
});

it.each([
  [true, 1],
  [false, 0],
])('what was held when the whole machine ended is blamed for it: %s', async (areBlamed, crashes) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-crashes-'));
  const db = await openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
  try {
    const scene = new Scene(db);
    await scene.addRuns('held');
    await scene.claim();
    await new WorkLeases(scene).enter(areBlamed);
    expect(await new RunStore(db).byId('held')).toMatchObject({ leaseOwner: null, crashes });
  } finally {
    await db.close();
  }
});

it('an end after progress is the first again', () => {
  expect(crashesAfter({ crashes: 3, itemsAtCrash: 5 }, 5)).toBe(4);
  expect(crashesAfter({ crashes: 3, itemsAtCrash: 5 }, 6)).toBe(1);
  expect(CLEARED_AFTER_MS).toBeGreaterThan(LEASE_MS);
});

it('what people wish of a run that crashes its worker goes first', () => {
  const run = { counters: emptyCounters(), setback: null };
  expect(settlementOf({ kind: 'CRASHING' }, { ...run, wish: 'CANCEL' })).toEqual({ state: 'CANCELED', reason: null });
  expect(settlementOf({ kind: 'CRASHING' }, { ...run, wish: 'PAUSE' })).toEqual({ state: 'PAUSED', reason: null });
});
