import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { ActivityRow, RunRow, RunSampleRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import { selectRows } from '../../db/rows.js';
import { firstSpanOf, MAX_SPANS, spanOf } from '../../spans.js';
import { between, figuresOf, MAX_SAMPLES, sampleInterval, type SampleFigures } from './figures.js';

type Sampled = Pick<RunRow, 'id' | 'counters' | 'calls'>;

/** What runs had done over time: samples of each run, and the sums of all runs in spans of ten minutes. */
export class SampleStore {
  constructor(private readonly db: Database) {}

  /**
   * Takes a sample of a run when one is due, or at once where it `isLast`, and adds what was done since the sample before to
   * the activity. The run has to be locked by this transaction, which may lock others only afterwards.
   */
  async note(tx: Transaction, run: Sampled, at: Date, isLast = false): Promise<void> {
    const last = await this.latest(tx, run.id);
    if (last !== null && !(await this.isDue(tx, last, at, isLast))) return;
    const figures = figuresOf(run);
    await this.makeRoom(tx, run.id);
    await tx
      .insert(this.db.tables.runSamples)
      .values({ runId: run.id, at, ...figures })
      .onConflictDoNothing();
    const done = last && between(last, figures);
    if (done !== null) await this.add(tx, spanOf(at), done);
  }

  /** Samples of a run, oldest first. */
  ofRun(runId: string): Promise<RunSampleRow[]> {
    const { runSamples } = this.db.tables;
    const where = eq(runSamples.runId, runId);
    return selectRows({
      ...{ reader: this.db.reader, from: runSamples, where },
      ...{ orderBy: [{ column: runSamples.at }], limit: MAX_SAMPLES },
    });
  }

  /** What was done in the spans of the last 24 hours, oldest first; none for those in which nothing was. */
  activity(now: Date): Promise<ActivityRow[]> {
    const { activity } = this.db.tables;
    const isRecent = gte(activity.from, firstSpanOf(now));
    return this.db.reader.select().from(activity).where(isRecent).orderBy(asc(activity.from)).limit(MAX_SPANS);
  }

  /** Removes what no activity shows any more. */
  async prune(now: Date): Promise<void> {
    const { activity } = this.db.tables;
    await this.db.transact((tx) => tx.delete(activity).where(lt(activity.from, firstSpanOf(now))));
  }

  private async latest(tx: Transaction, runId: string): Promise<RunSampleRow | null> {
    const { runSamples } = this.db.tables;
    const own = tx.select().from(runSamples).where(eq(runSamples.runId, runId));
    return (await own.orderBy(desc(runSamples.at)).limit(1))[0] ?? null;
  }

  private async isDue(tx: Transaction, last: RunSampleRow, at: Date, isLast: boolean): Promise<boolean> {
    const { runSamples } = this.db.tables;
    const sinceMs = at.getTime() - last.at.getTime();
    if (isLast) return sinceMs > 0;
    const [first] = await tx
      .select({ at: runSamples.at })
      .from(runSamples)
      .where(eq(runSamples.runId, last.runId))
      .orderBy(asc(runSamples.at))
      .limit(1);
    return sinceMs >= sampleInterval(at.getTime() - (first ?? last).at.getTime());
  }

  /** Keeps every second sample of a run that has as many as are kept. */
  private async makeRoom(tx: Transaction, runId: string): Promise<void> {
    const { runSamples } = this.db.tables;
    const isOwn = eq(runSamples.runId, runId);
    if ((await tx.$count(runSamples, isOwn)) < MAX_SAMPLES) return;
    const rows = await tx.select({ at: runSamples.at }).from(runSamples).where(isOwn).orderBy(asc(runSamples.at));
    const gone = rows.flatMap(({ at }, index) => (index % 2 === 1 ? at : []));
    await tx.delete(runSamples).where(and(isOwn, inArray(runSamples.at, gone)));
  }

  private async add(tx: Transaction, from: Date, done: SampleFigures): Promise<void> {
    const { activity } = this.db.tables;
    const sum = {
      itemsDone: sql`${activity.itemsDone} + ${done.itemsDone}`,
      bytesDone: sql`${activity.bytesDone} + ${done.bytesDone}`,
      callCount: sql`${activity.callCount} + ${done.callCount}`,
      itemsFlagged: sql`${activity.itemsFlagged} + ${done.itemsFlagged}`,
    };
    await tx
      .insert(activity)
      .values({ from, ...done })
      .onConflictDoUpdate({ target: activity.from, set: sum });
  }
}
