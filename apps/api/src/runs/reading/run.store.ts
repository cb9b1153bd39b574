import { and, desc, eq, gt, gte, inArray, isNotNull, lt, or, type SQL } from 'drizzle-orm';
import { DURABLE_RUN_EVENT_KINDS, type RunEventKind, type RunState, type RunTrigger } from '@sluice/core/job';
import type { Side, TransferType } from '@sluice/core/plan';
import type { RunEventRow, RunRow } from '../../db/row-types.js';
import type { Database, Reader, Transaction } from '../../db/database.js';
import { selectPage } from '../../db/pages.js';
import { countRows, selectByIds, selectRows } from '../../db/rows.js';
import { lockingRun } from '../engine-store/store-context.js';
import type { Page, PageArguments } from '../../graphql/paging.js';

export interface RunFilterValue {
  jobIds?: readonly string[] | null;
  states?: readonly RunState[] | null;
  triggers?: readonly RunTrigger[] | null;
  /** Of their jobs. */
  transferTypes?: readonly TransferType[] | null;
  queuedAt?: { from?: Date | null; to?: Date | null } | null;
}

/** Figures of a run in progress that takes calls from a budget on these sides. */
export interface RunOfBudget extends Pick<RunRow, 'id' | 'state' | 'counters' | 'calls' | 'live'> {
  budgetId: string;
  sides: Side[];
  /** Share of its job; absent: the default. */
  share: number | undefined;
}

export class RunStore {
  constructor(private readonly db: Database) {}

  byIds(ids: readonly string[], reader: Reader = this.db.reader): Promise<(RunRow | null)[]> {
    return selectByIds(reader, this.db.tables.runs, ids);
  }

  async byId(id: string, reader?: Reader): Promise<RunRow | null> {
    return (await this.byIds([id], reader))[0] ?? null;
  }

  /** Reads a row and keeps others from changing it until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<RunRow | null> {
    const [row] = await lockingRun(tx, this.db, id).returning();
    return row ?? null;
  }

  async activeOf(tx: Reader, jobId: string): Promise<RunRow | null> {
    const { runs } = this.db.tables;
    const [row] = await tx.select().from(runs).where(eq(runs.activeJobId, jobId));
    return row ?? null;
  }

  async update(tx: Transaction, id: string, fields: Partial<RunRow>): Promise<void> {
    const { runs } = this.db.tables;
    await tx.update(runs).set(fields).where(eq(runs.id, id));
  }

  /** Runs that have not ended. */
  active(): Promise<RunRow[]> {
    const { runs } = this.db.tables;
    return this.db.reader.select().from(runs).where(isNotNull(runs.activeJobId));
  }

  /** Runs that are paused because of an error of their account, not by a person. */
  resting(): Promise<RunRow[]> {
    const { runs } = this.db.tables;
    return this.db.reader
      .select()
      .from(runs)
      .where(and(isNotNull(runs.activeJobId), eq(runs.state, 'PAUSED'), eq(runs.wish, 'RUN')));
  }

  /** When the run was last paused. */
  async restingSince(runId: string): Promise<Date> {
    const { runEvents } = this.db.tables;
    const [row] = await this.db.reader
      .select({ at: runEvents.occurredAt })
      .from(runEvents)
      .where(and(eq(runEvents.runId, runId), eq(runEvents.state, 'PAUSED')))
      .orderBy(desc(runEvents.sequence))
      .limit(1);
    return row?.at ?? new Date(0);
  }

  /** `columns`: keys of those that the entries need, all unless told. */
  page(filter: RunFilterValue, page: PageArguments, columns?: readonly string[]): Promise<Page<RunRow>> {
    const { runs } = this.db.tables;
    const orderBy = [
      { column: runs.queuedAt, isDescending: true },
      { column: runs.id, isDescending: true },
    ];
    const where = this.where(filter);
    return selectPage({ reader: this.db.reader, from: runs, where, orderBy, page, list: ['runs', filter], columns });
  }

  count(filter: RunFilterValue): Promise<number> {
    return countRows({ reader: this.db.reader, from: this.db.tables.runs, where: this.where(filter) });
  }

  private where({ jobIds, states, triggers, transferTypes, queuedAt }: RunFilterValue): SQL | undefined {
    const { jobs, runs } = this.db.tables;
    return and(
      jobIds ? inArray(runs.jobId, [...jobIds]) : undefined,
      states ? inArray(runs.state, [...states]) : undefined,
      triggers ? inArray(runs.trigger, [...triggers]) : undefined,
      transferTypes
        ? inArray(
            runs.jobId,
            this.db.reader
              .select({ id: jobs.id })
              .from(jobs)
              .where(inArray(jobs.transferType, [...transferTypes])),
          )
        : undefined,
      queuedAt?.from ? gte(runs.queuedAt, queuedAt.from) : undefined,
      queuedAt?.to ? lt(runs.queuedAt, queuedAt.to) : undefined,
    );
  }

  /** Durable events after a number, in order; of these kinds where some are named. */
  events(
    runId: string,
    after: number,
    limit: number,
    kinds: readonly RunEventKind[] | null = null,
  ): Promise<RunEventRow[]> {
    const { runEvents } = this.db.tables;
    const durable = DURABLE_RUN_EVENT_KINDS.filter((kind) => kinds?.includes(kind));
    const isOfKind = kinds === null ? undefined : inArray(runEvents.kind, durable);
    const where = and(eq(runEvents.runId, runId), gt(runEvents.sequence, after), isOfKind);
    return selectRows({ reader: this.db.reader, from: runEvents, where, orderBy: this.bySequence, limit });
  }

  /** Number of the oldest event that is kept; one more than the last when none is. */
  async firstEvent({ id, eventCount }: Pick<RunRow, 'id' | 'eventCount'>): Promise<number> {
    const { runEvents } = this.db.tables;
    const where = eq(runEvents.runId, id);
    const [first] = await selectRows({
      reader: this.db.reader,
      from: runEvents,
      where,
      orderBy: this.bySequence,
      limit: 1,
    });
    return first?.sequence ?? eventCount + 1;
  }

  private get bySequence() {
    return [{ column: this.db.tables.runEvents.sequence }];
  }

  /** Runs in progress that take calls from budgets. */
  async ofBudgets(budgetIds: readonly string[]): Promise<RunOfBudget[]> {
    const { connections, jobs, runs } = this.db.tables;
    const { id, state, counters, calls, live } = runs;
    const { sourceConnectionId: source, destinationConnectionId: destination, policies } = jobs;
    const connection = { budgetId: connections.budgetId, connectionId: connections.id };
    const rows = await this.db.reader
      .select({ id, state, counters, calls, live, source, destination, policies, ...connection })
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.activeJobId))
      .innerJoin(connections, or(eq(connections.id, destination), eq(connections.id, source)))
      .where(inArray(connections.budgetId, [...budgetIds]));
    const found = new Map<string, RunOfBudget>();
    for (const { source: from, destination: to, policies: own, connectionId, budgetId, ...run } of rows) {
      if (budgetId === null) continue;
      const key = `${run.id} ${budgetId}`;
      const known = found.get(key) ?? { ...run, budgetId, sides: [], share: own.budgetShare };
      if (connectionId === from) known.sides.push('SOURCE');
      if (connectionId === to) known.sides.push('DESTINATION');
      found.set(key, known);
    }
    return [...found.values()];
  }

  /** Removes events that occurred before that time. */
  async pruneEvents(before: Date): Promise<void> {
    const { runEvents } = this.db.tables;
    await this.db.transact(async (tx) => void (await tx.delete(runEvents).where(lt(runEvents.occurredAt, before))));
  }
}
