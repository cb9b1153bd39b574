import { rmSync } from 'node:fs';
import type { EngineStore, UndoneRun } from '@sluice/core/run';
import { plantCurrentTables } from '../../db/current.testing.js';
import type { Database } from '../../db/database.js';
import { makeQuickFolder } from '../../db/quick-folder.testing.js';
import { openDatabase } from '../../db/open-database.js';
import type { StoreContext } from './store-context.js';
import { undoneRunOf } from './steps/store-effects.js';
import { createEngineStore } from './store.js';
import { seedJob, seedRun } from './testing.js';

const PLAN_VALIDITY_MS = 86_400_000;

/** A SQLite store in a temporary folder, for runs of the engine without a server. */
export class TemporaryStore implements AsyncDisposable {
  private constructor(
    private readonly db: Database,
    private readonly folder: string,
  ) {}

  static async open(): Promise<TemporaryStore> {
    const folder = makeQuickFolder('sluice-store-');
    await plantCurrentTables(folder);
    return new TemporaryStore(await openDatabase({ dataFolder: folder, databaseUrl: null, role: 'all' }), folder);
  }

  async addJob(): Promise<StoredJob> {
    return new StoredJob(this.db, await seedJob(this.db));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A job in a store, and its runs one after the other. */
export class StoredJob {
  private runCount = 0;
  private current: StoreContext | null = null;

  constructor(
    private readonly db: Database,
    private readonly jobId: string,
  ) {}

  /** The store of a new run; the former one is taken for ended. */
  async nextRun(): Promise<EngineStore> {
    const run = await seedRun(this.db, this.jobId, (this.runCount += 1));
    this.current = {
      jobId: this.jobId,
      ...run,
      lease: null,
      now: () => new Date(),
      planValidity: PLAN_VALIDITY_MS,
      changes: { record: async () => undefined },
      onEvents: () => undefined,
    };
    return this.sameRun();
  }

  /** What the last run did, to be undone by the next one. */
  async undoneRun(): Promise<UndoneRun> {
    const undone = await undoneRunOf(this.db, { undoesId: this.current?.runId ?? null });
    if (undone === undefined) throw new Error('The job has no run yet.');
    return undone;
  }

  /** What a new process finds of the run under way. */
  sameRun(): EngineStore {
    if (this.current === null) throw new Error('The job has no run yet.');
    return createEngineStore(this.db, this.current);
  }
}
