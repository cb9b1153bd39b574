import { and, eq, lt } from 'drizzle-orm';
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
    while (!(await this.acquire(name, owner, milliseconds))) await this.clock.sleep(RETRY_MS);
    try {
      return await work();
    } finally {
      await this.release(name, owner);
    }
  }

  private acquire(name: string, owner: string, milliseconds: number): Promise<boolean> {
    const { leases } = this.db.tables;
    const now = this.clock.now();
    const until = new Date(now + milliseconds);
    return this.db.transact(async (tx) => {
      const taken = await tx
        .insert(leases)
        .values({ name, owner, until })
        .onConflictDoUpdate({ target: leases.name, set: { owner, until }, setWhere: lt(leases.until, new Date(now)) })
        .returning();
      return taken.length > 0;
    });
  }

  private async release(name: string, owner: string): Promise<void> {
    const { leases } = this.db.tables;
    const isOwn = and(eq(leases.name, name), eq(leases.owner, owner));
    await this.db.transact(async (tx) => void (await tx.delete(leases).where(isOwn)));
  }
}
