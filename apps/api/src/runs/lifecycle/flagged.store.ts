import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { chunks } from '../../db/batch.js';
import type { JobRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import { planOrdinalOf } from '../../db/item-ids.js';
import { Problems, Refusal } from '../../problems.js';
import type { ItemFilterValue, ItemStore } from '../reading/item.store.js';
import { rootsOf } from '../reading/roots.js';
import { sourceKeyOf } from '../engine-store/step-keys.js';
import type { StepRow } from '../engine-store/steps/step-row.js';

/** Items that are read at a time: a job may have hundreds of thousands. */
const PORTION_ITEMS = 1_000;

/** Flagged items, by identifier or filter. */
export interface ItemSelection {
  ids?: readonly string[] | null;
  filter?: ItemFilterValue | null;
}

/** What is needed of a flagged item to decide about it. */
export type FlaggedItem = Pick<StepRow, 'id' | 'planOrdinal' | 'itemKey' | 'sourceKey' | 'reason' | 'byteCount'>;

/** Flagged items of jobs, as people choose them. */
export class FlaggedItemStore {
  constructor(
    private readonly db: Database,
    private readonly items: Pick<ItemStore, 'latestOf' | 'itemWhere'>,
  ) {}

  /**
   * In portions, between which others of the process get their turn; they may be changed meanwhile. Throws a `Refusal` once all
   * were given where there is none, or where an identifier is not that of a flagged item of the job.
   */
  async *chosen(tx: Transaction, job: JobRow, selection: ItemSelection): AsyncIterable<FlaggedItem[]> {
    const found = new Set<string>();
    let isAny = false;
    for await (const portion of selection.ids
      ? this.byIds(tx, job.id, selection.ids)
      : this.byFilter(tx, job, selection.filter ?? {})) {
      if (portion.length === 0) continue;
      isAny = true;
      if (selection.ids) for (const { id } of portion) found.add(id);
      yield portion;
      await setImmediate();
    }
    refuseMissing(selection.ids ?? [], found);
    if (!isAny)
      throw new Refusal({ code: 'INVALID', message: 'The job has no flagged item of this kind.', field: ['items'] });
  }

  private async *byIds(tx: Transaction, jobId: string, ids: readonly string[]): AsyncIterable<FlaggedItem[]> {
    const { steps } = this.db.tables;
    for (const part of chunks([...new Set(ids)])) yield this.read(tx, jobId, inArray(steps.id, part));
  }

  private async *byFilter(tx: Transaction, job: JobRow, filter: ItemFilterValue): AsyncIterable<FlaggedItem[]> {
    const { itemKey, id } = this.db.tables.steps;
    const isMeant = this.items.itemWhere(rootsOf(job), filter);
    for (let after: SQL | undefined; ;) {
      const portion = await this.read(tx, job.id, and(isMeant, after));
      yield portion;
      const last = portion.at(-1);
      if (last === undefined || portion.length < PORTION_ITEMS) return;
      after = sql`(${itemKey}, ${id}) > (${last.itemKey}, ${sql.param(last.id, id)})`;
    }
  }

  private async read(tx: Transaction, jobId: string, isMeant: SQL | undefined): Promise<FlaggedItem[]> {
    const { steps } = this.db.tables;
    const { id, itemKey, reason, byteCount } = steps;
    const rows = await tx
      .select({ id, itemKey, reason, byteCount })
      .from(steps)
      .where(and(this.items.latestOf(jobId), eq(steps.outcome, 'FLAGGED'), isMeant))
      .orderBy(asc(itemKey), asc(id))
      .limit(PORTION_ITEMS);
    return rows.map((row) => ({
      ...row,
      planOrdinal: planOrdinalOf(row.id),
      sourceKey: sourceKeyOf(row.itemKey),
    }));
  }

  /** Makes items skipped ones by the decision of a person. */
  async ignore(tx: Transaction, items: readonly FlaggedItem[]): Promise<void> {
    const { steps } = this.db.tables;
    const message = 'A person decided to leave this item out.';
    for (const part of chunks(items.map(({ id }) => id)))
      await tx
        .update(steps)
        .set({ outcome: 'SKIPPED', reason: 'IGNORED', message, remedy: null })
        .where(inArray(steps.id, part));
  }
}

function refuseMissing(ids: readonly string[], found: ReadonlySet<string>): void {
  const problems = new Problems();
  for (const [index, id] of ids.entries())
    if (!found.has(id))
      problems.add('NOT_FOUND', ['items', 'ids', index], 'The job has no flagged item with this identifier.');
  problems.refuseIfAny();
}
