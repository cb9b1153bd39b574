import type { HourUsage } from './limiter.js';

export interface CounterValues {
  /** Calls that arrived at the API origin, whatever their answer; the control page is left out. */
  apiCalls: number;
  /** Calls that used up quota. */
  counted: number;
  refused429: number;
  /** `origin METHOD /route` → status (or `reset`) → number of calls. */
  routes: Record<string, Record<string, number>>;
  uploads: { count: number; bytes: number };
  downloads: { count: number; bytes: number };
  faultsFired: Record<string, number>;
  hours: HourUsage[];
}

/** Tallies of one sandbox, from its start or the last reset. */
export class Counters {
  private values = emptyValues();

  reset(): void {
    this.values = emptyValues();
  }

  arrived(): void {
    this.values.apiCalls += 1;
  }

  charged(refused: boolean): void {
    if (refused) this.values.refused429 += 1;
    else this.values.counted += 1;
  }

  answered(route: string, status: number | 'reset'): void {
    const statuses = (this.values.routes[route] ??= {});
    statuses[status] = (statuses[status] ?? 0) + 1;
  }

  uploaded(bytes: number): void {
    this.values.uploads.count += 1;
    this.values.uploads.bytes += bytes;
  }

  downloaded(bytes: number): void {
    this.values.downloads.count += 1;
    this.values.downloads.bytes += bytes;
  }

  faultFired(kind: string): void {
    this.values.faultsFired[kind] = (this.values.faultsFired[kind] ?? 0) + 1;
  }

  read(hours: HourUsage[]): CounterValues {
    return { ...structuredClone(this.values), hours };
  }
}

const emptyValues = (): Omit<CounterValues, 'hours'> => ({
  apiCalls: 0,
  counted: 0,
  refused429: 0,
  routes: {},
  uploads: { count: 0, bytes: 0 },
  downloads: { count: 0, bytes: 0 },
  faultsFired: {},
});
