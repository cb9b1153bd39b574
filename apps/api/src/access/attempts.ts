import type { Clock } from '@sluice/core/http';

const WINDOW_MS = 60_000;
const MAX_KEYS = 10_000;

/** Failed sign-ins of the last minute per name and address. */
export class FailedAttempts {
  private readonly failures = new Map<string, number[]>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
  ) {}

  isBlocked(key: string): boolean {
    return this.recent(key).length >= this.limit;
  }

  add(key: string): void {
    if (this.failures.size >= MAX_KEYS) this.forgetOld();
    this.failures.set(key, [...this.recent(key), this.clock.now()]);
  }

  clear(key: string): void {
    this.failures.delete(key);
  }

  private recent(key: string): number[] {
    const start = this.clock.now() - WINDOW_MS;
    return (this.failures.get(key) ?? []).filter((time) => time > start);
  }

  private forgetOld(): void {
    for (const key of this.failures.keys()) if (this.recent(key).length === 0) this.failures.delete(key);
  }
}
