import type { Clock } from '@sluice/core/http';

/** A lease as it stands in the store; each renewal gives it another end. */
export interface HeldLease {
  id: string;
  leaseOwner: string | null;
  leaseUntil: Date | null;
}

/**
 * Tells leases that are no longer renewed. Each process measures by its own monotonic clock how long a lease has stood
 * unchanged, so that neither a time of day that jumps nor one that differs between machines ends a lease or keeps one alive.
 */
export class LeaseWatch {
  private readonly seen = new Map<string, { lease: string; since: number }>();

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly silenceMs: number,
  ) {}

  /** Those of the held leases that have stood unchanged for so long that their workers are dead. The others are forgotten. */
  silent<T extends HeldLease>(held: readonly T[]): T[] {
    const ids = new Set(held.map(({ id }) => id));
    for (const id of this.seen.keys()) if (!ids.has(id)) this.seen.delete(id);
    return held.filter((lease) => this.isSilent(lease));
  }

  private isSilent({ id, leaseOwner, leaseUntil }: HeldLease): boolean {
    const now = this.clock.monotonic();
    const lease = `${leaseOwner} ${leaseUntil?.getTime()}`;
    const known = this.seen.get(id);
    if (known?.lease === lease) return now - known.since >= this.silenceMs;
    this.seen.set(id, { lease, since: now });
    return false;
  }
}
