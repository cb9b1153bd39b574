import { setImmediate } from 'node:timers/promises';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { and, gte, lte, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import type { Range } from '../../db/pages.js';
import { rangeOfPlan } from '../engine-store/store-plan-numbers.js';

/** Steps of a plan that fit, in the order of their identifiers. */
export interface StepList {
  planId: string;
  where: SQL | undefined;
  /** Name of the list with everything that decides what it holds. */
  list: readonly unknown[];
}

/** How many of the steps fit that have the numbers of each portion, from the first number of the plan's steps on. */
interface Outline {
  first: number;
  last: number;
  counts: readonly number[];
}

/** Numbers of steps in a portion: as many rows are looked at to find a position in it. */
const PORTION = 4_096;
/** Portions that one statement counts; SQLite answers nobody else meanwhile. */
const PORTIONS_AT_ONCE = 4;
/** Portions of all outlines that are kept: those of 250 plans of 1,000,000 steps. */
const MAX_KEPT_PORTIONS = 65_536;

/**
 * Finds steps by their place in a list. The first time the steps that fit are counted portion by portion; for `seconds` after
 * that a place is looked up in these counts, so that any of them costs about the same.
 */
export class StepPositions {
  private readonly kept = new InMemoryLRUCache<Outline>({
    maxSize: MAX_KEPT_PORTIONS,
    sizeCalculation: ({ counts }) => counts.length + 1,
  });

  constructor(
    private readonly db: Database,
    private readonly seconds: number,
  ) {}

  /** Number of steps that fit. */
  async count(list: StepList, signal?: AbortSignal): Promise<number> {
    const { counts } = await this.outlineOf(list, signal);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Identifiers from that of the step which so many others precede to the last of the plan; null where there is none. */
  async from(list: StepList, offset: number, signal?: AbortSignal): Promise<Range | null> {
    if (offset === 0) return rangeOfPlan(this.db, list.planId);
    const { first, last, counts } = await this.outlineOf(list, signal);
    let portion = 0;
    let before = 0;
    while (portion < counts.length && before + counts[portion]! <= offset) before += counts[portion++]!;
    if (portion === counts.length) return null;
    const bounds = { first: first + portion * PORTION, last };
    const id = await this.idAt(list, bounds, offset - before);
    return id === null ? null : { first: sql.raw(String(id)), last: sql.raw(String(last)) };
  }

  private async idAt({ where }: StepList, bounds: Bounds, skipped: number): Promise<number | null> {
    const { reader, tables } = this.db;
    const { steps } = tables;
    const [row] = await reader.rows<{ id: number | string }>(
      sql`select ${steps.id} as id from ${steps} where ${and(this.isWithin(bounds), where)} order by ${steps.id} limit 1 offset ${skipped}`,
    );
    return row === undefined ? null : Number(row.id);
  }

  private async outlineOf(list: StepList, signal?: AbortSignal): Promise<Outline> {
    const key = JSON.stringify(list.list);
    const known = await this.kept.get(key);
    if (known !== undefined) return known;
    const outline = await this.read(list, signal);
    await this.kept.set(key, outline, { ttl: this.seconds });
    return outline;
  }

  private async read({ planId, where }: StepList, signal?: AbortSignal): Promise<Outline> {
    const { first, last } = await this.boundsOf(planId);
    const counts: number[] = [];
    for (let start = first; start <= last; start += PORTION * PORTIONS_AT_ONCE) {
      signal?.throwIfAborted();
      counts.push(...(await this.countPortions(start, last, where)));
      await setImmediate();
    }
    return { first, last, counts };
  }

  /** The first and the last identifier of the plan's steps; for a plan without steps no number lies between them. */
  private async boundsOf(planId: string): Promise<Bounds> {
    const { reader, tables } = this.db;
    const { id } = tables.steps;
    const { first, last } = rangeOfPlan(this.db, planId);
    const end = (which: SQL) => sql`(select ${which} from ${tables.steps} where ${and(gte(id, first), lte(id, last))})`;
    const [row] = await reader.rows<Record<'first' | 'last', number | string | null>>(
      sql`select ${end(sql`min(${id})`)} as first, ${end(sql`max(${id})`)} as last`,
    );
    return { first: Number(row?.first ?? 1), last: Number(row?.last ?? 0) };
  }

  private async countPortions(start: number, last: number, where: SQL | undefined): Promise<number[]> {
    const { reader, tables } = this.db;
    const { steps } = tables;
    const end = Math.min(last, start + PORTION * PORTIONS_AT_ONCE - 1);
    const number = sql`(${steps.id} - ${sql.raw(String(start))}) / ${sql.raw(String(PORTION))}`;
    const found = await reader.rows<{ portion: number | string; count: number | string }>(
      sql`select ${number} as portion, count(*) as count from ${steps} where ${and(this.isWithin({ first: start, last: end }), where)} group by 1`,
    );
    const counts = Array.from({ length: Math.ceil((end - start + 1) / PORTION) }, () => 0);
    for (const { portion, count } of found) counts[Number(portion)] = Number(count);
    return counts;
  }

  private isWithin({ first, last }: Bounds): SQL {
    return sql`${this.db.tables.steps.id} between ${sql.raw(String(first))} and ${sql.raw(String(last))}`;
  }
}

type Bounds = Record<'first' | 'last', number>;
