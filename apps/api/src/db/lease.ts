import { and, eq } from 'drizzle-orm';
import type { Clock } from '@sluice/core/http';
import { randomToken } from '../secrets/vault.js';
import type { Database } from './database.js';

const RETRY_MS = 100;

/** Exclusive rights by name, shared by all processes on one database. The right of a process that died ends by its time. */
export class Leases {
  private readonly waiting = new Map<string, Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Runs the work while no other caller, in this process or another, holds the name. The work must end within `milliseconds`. */
  async hold<T>(name: string, milliseconds: number, work: () => Promise<T>): Promise<T> {
    const before = this.waiting.get(name) ?? Promise.resolve();
    const turn = before.then(() => this.holdAlone(name, milliseconds, work));
    const settled = turn.catch(() => undefined);
    this.waiting.set(name, settled);
    try {
      return await turn;
    } finally {
      if (this.waiting.get(name) === settled) this.waiting.delete(name);
    }
  }

  private async holdAlone<T>(name: string, milliseconds: number, work: () => Promise<T>): Promise<T> {
    const owner = randomToken(12);
    await this.enter(name, owner, milliseconds);
    try {
      return await work();
    } finally {
      await this.release(name, owner);
    }
  }

  /** Waits for the name. A holder that is seen for longer than the work may take is dead, whatever the time of day is. */
  private async enter(name: string, owner: string, milliseconds: number): Promise<void> {
    let seen = null as { owner: string; since: number } | null;
    for (;;) {
      const isDead = seen !== null && this.clock.monotonic() - seen.since >= milliseconds;
      const dead = isDead ? (seen?.owner ?? null) : null;
      const holder = await this.acquire(name, owner, milliseconds, dead);
      if (holder === owner) return;
      if (holder !== seen?.owner) seen = { owner: holder, since: this.clock.monotonic() };
      await this.clock.sleep(RETRY_MS);
    }
  }

  /** Takes the name if nobody holds it, or the dead one does; gives who holds it now. */
  private acquire(name: string, owner: string, milliseconds: number, dead: string | null): Promise<string> {
    const { leases } = this.db.tables;
    const until = new Date(this.clock.now() + milliseconds);
    return this.db.transact(async (tx) => {
      await tx
        .insert(leases)
        .values({ name, owner, until })
        .onConflictDoUpdate({ target: leases.name, set: { owner, until }, setWhere: eq(leases.owner, dead ?? '') });
      const [row] = await tx.select({ owner: leases.owner }).from(leases).where(eq(leases.name, name));
      return row?.owner ?? '';
    });
  }

  private async release(name: string, owner: string): Promise<void> {
    const { leases } = this.db.tables;
    const isOwn = and(eq(leases.name, name), eq(leases.owner, owner));
    await this.db.transact(async (tx) => void (await tx.delete(leases).where(isOwn)));
  }
}
