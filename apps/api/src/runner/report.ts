import type { Side } from '@sluice/core/plan';
import type { RunReport } from '@sluice/core/run';
import { NO_METER, type Meter } from '../metrics/meter.js';
import type { CallsMade, LiveFigures } from '../db/tables/runs.js';

/** Identifiers of the budgets that the two sides take their calls from; null where calls are not limited. */
export type SideBudgets = Record<Side, string | null>;

interface Sample {
  at: number;
  items: number;
  bytes: number;
}

/** Rates are averages over the last so many milliseconds. */
const WINDOW_MS = 10_000;

/** Collects the figures that the engine reports of a run; it begins with the figures that a former process has stored. */
export class LiveReport implements RunReport {
  /** Time until which the run waits for calls, and since when it does. */
  wait: { until: Date; since: number } | null = null;
  private readonly made: Map<string, CallsMade>;
  private readonly found = { items: 0, bytes: 0 };
  private readonly read = new Map<string, number>();
  private readonly samples: Sample[] = [];
  private bytesRead = 0;
  private flight = { items: 0, bytes: 0 };
  private isPlanned = false;

  constructor(
    private readonly now: () => number,
    readonly budgets: SideBudgets,
    earlier: readonly CallsMade[],
    private readonly onWait: () => void,
    private readonly meter: Pick<Meter, 'called' | 'waited'> = NO_METER,
  ) {
    this.made = new Map(earlier.map((calls) => [calls.budgetId, { ...calls }]));
  }

  progress(stepId: string, bytesDone: number): void {
    this.bytesRead += Math.max(0, bytesDone - (this.read.get(stepId) ?? 0));
    this.read.set(stepId, bytesDone);
  }

  inFlight(items: number, bytes: number): void {
    this.flight = { items, bytes };
    if (items === 0) this.read.clear();
  }

  waiting(until: Date | null): void {
    const before = this.wait;
    this.wait = until && { until, since: before?.since ?? this.now() };
    if (before === null || until !== null) return;
    this.meter.waited((this.now() - before.since) / 1_000);
    this.onWait();
  }

  called(side: Side, throttled: boolean): void {
    const budgetId = this.budgets[side];
    if (budgetId === null) return;
    const none = { budgetId, total: 0, throttled: 0 };
    const calls = this.made.get(budgetId) ?? (this.isPlanned ? { ...none, planning: 0 } : none);
    calls.total += 1;
    calls.throttled += Number(throttled);
    this.meter.called(budgetId, throttled);
    this.made.set(budgetId, calls);
  }

  /** Notes that the plan is complete: calls from now on are made for its steps. */
  planned(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    for (const calls of this.made.values()) calls.planning ??= calls.total;
  }

  discovered(): { items: number; bytes: number };
  discovered(items: number, bytes: number): void;
  discovered(items?: number, bytes?: number): { items: number; bytes: number } {
    this.found.items += items ?? 0;
    this.found.bytes += bytes ?? 0;
    return { ...this.found };
  }

  calls(): CallsMade[] {
    return [...this.made.values()].map((calls) => ({ ...calls }));
  }

  /** Notes how many items are done, for the rate. */
  sample(itemsDone: number): void {
    const at = this.now();
    this.samples.push({ at, items: itemsDone, bytes: this.bytesRead });
    while (this.samples.length > 2 && (this.samples[1]?.at ?? at) <= at - WINDOW_MS) this.samples.shift();
  }

  figures(): LiveFigures {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    const seconds = first && last ? (last.at - first.at) / 1000 : 0;
    const rate = (from: number, to: number) =>
      seconds > 0 ? Math.max(0, Math.round(((to - from) / seconds) * 100) / 100) : 0;
    return {
      itemsInFlight: this.flight.items,
      bytesInFlight: this.flight.bytes,
      itemsPerSecond: first && last ? rate(first.items, last.items) : 0,
      bytesPerSecond: first && last ? rate(first.bytes, last.bytes) : 0,
    };
  }
}
