import type { RunState } from '@sluice/core/job';
import { and, eq, exists, inArray, isNotNull, isNull, like, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { TransferType } from '@sluice/core/plan';
import type { PlatformKind } from '@sluice/core/platform';
import type { JobRow } from '../db/row-types.js';
import type { JobOrder } from './enums.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import { selectByIds, type SortKey } from '../db/rows.js';
import { containing, nameKeyOf } from '../text.js';
import { selectPage } from '../db/pages.js';
import type { Page, PageArguments } from '../graphql/paging.js';

export interface JobFilterValue {
  transferTypes?: readonly TransferType[] | null;
  states?: readonly string[] | null;
  connectionIds?: readonly string[] | null;
  platforms?: readonly PlatformKind[] | null;
  mappingSetIds?: readonly string[] | null;
  labels?: readonly string[] | null;
  nameContains?: string | null;
  latestRunStates?: readonly RunState[] | null;
}

export class JobStore {
  constructor(private readonly db: Database) {}

  /** `columns`: keys of those that are needed, with `id`; all unless told. */
  byIds(
    ids: readonly string[],
    reader: Reader = this.db.reader,
    columns?: readonly string[],
  ): Promise<(JobRow | null)[]> {
    return selectByIds(reader, this.db.tables.jobs, ids, columns);
  }

  async byId(id: string, reader?: Reader): Promise<JobRow | null> {
    return (await this.byIds([id], reader))[0] ?? null;
  }

  /** Reads a row and keeps others from changing it until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<JobRow | null> {
    const { jobs } = this.db.tables;
    const [row] = await tx
      .update(jobs)
      .set({ version: sql`${jobs.version}` })
      .where(eq(jobs.id, id))
      .returning();
    return row ?? null;
  }

  async insert(tx: Transaction, row: JobRow): Promise<void> {
    await tx.insert(this.db.tables.jobs).values(row);
  }

  async update(tx: Transaction, id: string, fields: Partial<JobRow>): Promise<void> {
    const { jobs } = this.db.tables;
    await tx.update(jobs).set(fields).where(eq(jobs.id, id));
  }

  /** State of the run that has not ended, null without one. */
  async activeRunState(tx: Reader, id: string): Promise<RunState | null> {
    const { runs } = this.db.tables;
    const [row] = await tx.select({ state: runs.state }).from(runs).where(eq(runs.activeJobId, id));
    return row?.state ?? null;
  }

  async idOfName(tx: Reader, name: string): Promise<string | null> {
    const { jobs } = this.db.tables;
    const [row] = await tx
      .select({ id: jobs.id })
      .from(jobs)
      .where(eq(jobs.nameKey, nameKeyOf(name)));
    return row?.id ?? null;
  }

  async ofConnection(connectionId: string, reader: Reader = this.db.reader): Promise<JobRow[]> {
    const { jobs } = this.db.tables;
    const onEitherSide = or(eq(jobs.sourceConnectionId, connectionId), eq(jobs.destinationConnectionId, connectionId));
    return reader.select().from(jobs).where(onEitherSide);
  }

  async usesMappingSet(setId: string, reader: Reader): Promise<boolean> {
    const { jobs } = this.db.tables;
    const uses = this.holds(jobs.mappingSetIds, setId);
    return (await reader.select({ id: jobs.id }).from(jobs).where(uses).limit(1)).length > 0;
  }

  /** Where the first job by name that uses the set takes what it reads from a connection; null where there is none. */
  async destinationOfMapping(setId: string, sourceConnectionId: string): Promise<string | null> {
    const { jobs } = this.db.tables;
    const [row] = await this.db.reader
      .select({ id: jobs.destinationConnectionId })
      .from(jobs)
      .where(and(eq(jobs.sourceConnectionId, sourceConnectionId), this.holds(jobs.mappingSetIds, setId)))
      .orderBy(jobs.nameKey)
      .limit(1);
    return row?.id ?? null;
  }

  page(filter: JobFilterValue, order: JobOrder, page: PageArguments): Promise<Page<JobRow>> {
    const { jobs } = this.db.tables;
    const where = this.where(filter);
    const orderBy = this.keysOf(order);
    return selectPage({ reader: this.db.reader, from: jobs, where, orderBy, page, list: ['jobs', filter, order] });
  }

  private keysOf(order: JobOrder): SortKey[] {
    const { jobs } = this.db.tables;
    if (order === 'NEXT_START_AT') return [{ column: jobs.nextStartAt }, { column: jobs.id }];
    if (order === 'NAME') return [{ column: jobs.nameKey }, { column: jobs.id }];
    return [
      { column: jobs.latestRunAt, isDescending: true },
      { column: jobs.id, isDescending: true },
    ];
  }

  count(filter: JobFilterValue): Promise<number> {
    return this.db.reader.$count(this.db.tables.jobs, this.where(filter));
  }

  private where(filter: JobFilterValue): SQL | undefined {
    const { jobs, runs } = this.db.tables;
    const { transferTypes, states, connectionIds, platforms, mappingSetIds, labels, nameContains, latestRunStates } =
      filter;
    return and(
      transferTypes ? inArray(jobs.transferType, [...transferTypes]) : undefined,
      states ? or(sql`1 = 0`, ...states.map((state) => this.inState(state))) : undefined,
      connectionIds ? this.hasPlace([...connectionIds]) : undefined,
      platforms ? this.hasPlace(this.connectionsOf(platforms)) : undefined,
      mappingSetIds ? or(sql`1 = 0`, ...mappingSetIds.map((id) => this.holds(jobs.mappingSetIds, id))) : undefined,
      ...(labels ?? []).map((label) => this.holds(jobs.labels, label)),
      nameContains ? sql`${like(jobs.nameKey, containing(nameKeyOf(nameContains)))} escape '\\'` : undefined,
      latestRunStates
        ? exists(
            this.db.reader
              .select({ id: runs.id })
              .from(runs)
              .where(and(eq(runs.id, jobs.latestRunId), inArray(runs.state, [...latestRunStates]))),
          )
        : undefined,
    );
  }

  /** Whether the source or the destination is in one of these connections. */
  private hasPlace(ids: string[] | SQLWrapper): SQL | undefined {
    const { jobs } = this.db.tables;
    return or(inArray(jobs.sourceConnectionId, ids), inArray(jobs.destinationConnectionId, ids));
  }

  private connectionsOf(platforms: readonly PlatformKind[]) {
    const { connections } = this.db.tables;
    return this.db.reader
      .select({ id: connections.id })
      .from(connections)
      .where(inArray(connections.platform, [...platforms]));
  }

  private inState(state: string): SQL | undefined {
    const { jobs } = this.db.tables;
    if (state === 'SUSPENDED') return eq(jobs.isSuspended, true);
    if (state === 'STOPPED') return and(eq(jobs.isSuspended, false), isNotNull(jobs.stopReason));
    return and(eq(jobs.isSuspended, false), isNull(jobs.stopReason), eq(jobs.isDraft, state === 'DRAFT'));
  }

  /** Whether a column with a list of texts holds one. */
  private holds(column: SQLiteColumn, text: string): SQL {
    return this.db.dialect === 'postgres'
      ? sql`${column} @> ${JSON.stringify([text])}::jsonb`
      : sql`exists (select 1 from json_each(${column}) where json_each.value = ${text})`;
  }
}
