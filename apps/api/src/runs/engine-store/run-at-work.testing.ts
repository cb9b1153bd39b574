import type { Step } from '@sluice/core/plan';
import type { EngineStore } from '@sluice/core/run';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import type { RunRow } from '../../db/row-types.js';
import type { StoreContext } from './store-context.js';
import { stepsOfPlan } from './store-plan-numbers.js';
import { createEngineStore } from './store.js';
import { seedJob, seedRun } from './testing.js';

export const NOW = new Date('2026-11-21T10:00:00.000Z');
export const LATER = new Date('2026-11-21T10:05:00.000Z');

const ROOTS = { source: 's', destination: 'd' };

/** A run of a job under way, and what the store keeps of it. */
export class RunAtWork {
  readonly store: EngineStore;

  private constructor(
    readonly db: Database,
    readonly context: StoreContext,
    private readonly number: number,
  ) {
    this.store = createEngineStore(db, context);
  }

  /** The first run of a new job. */
  static async begin(db: Database, given: Partial<StoreContext> = {}): Promise<RunAtWork> {
    return RunAtWork.ofJob(db, await seedJob(db), 1, given);
  }

  private static async ofJob(db: Database, jobId: string, number: number, given: Partial<StoreContext>) {
    const context: StoreContext = {
      ...{ jobId, ...(await seedRun(db, jobId, number)), lease: null, planValidity: 1_000 },
      ...{ now: () => NOW, changes: { record: async () => undefined }, onEvents: () => undefined },
      ...given,
    };
    const begun = new RunAtWork(db, context, number);
    const [last] = await begun.store.locationPairs();
    await begun.store.useLedger(last?.number ?? null, ROOTS);
    return begun;
  }

  /** The next run of the same job. */
  next(): Promise<RunAtWork> {
    return RunAtWork.ofJob(this.db, this.context.jobId, this.number + 1, {});
  }

  /** The same run in another process. */
  restarted(given: Partial<StoreContext> = {}): RunAtWork {
    return new RunAtWork(this.db, { ...this.context, ...given }, this.number);
  }

  /** The same run in a process that has lost it to another one. */
  lost(): EngineStore {
    return this.restarted({ lease: 'of a process that is gone' }).store;
  }

  /** Plans these steps and begins to carry them out. */
  async planned(...steps: Step[]): Promise<this> {
    await this.store.reset();
    await this.store.enter('PLANNING');
    await this.store.appendSteps(steps);
    await this.store.finishPlan('digest');
    await this.store.enter('TRANSFERRING');
    return this;
  }

  /** Claims so many steps and gives their identifiers. */
  async claimed(limit: number): Promise<string[]> {
    return (await this.store.claim(limit)).map(({ id }) => id);
  }

  async row(): Promise<RunRow> {
    const { runs } = this.db.tables;
    const [row] = await this.db.reader
      .select()
      .from(runs)
      .where(eq(runs.id, this.context.runId ?? ''));
    if (row === undefined) throw new Error('The run does not exist.');
    return row;
  }

  async steps() {
    const { steps } = this.db.tables;
    const isOwn = stepsOfPlan(this.db, this.context.planId);
    return this.db.reader.select().from(steps).where(isOwn).orderBy(asc(steps.id));
  }
}
