import { and, eq, gte, lt } from 'drizzle-orm';
import type { KeyRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';

/** A key of one actor for one mutation. */
export interface KeyName {
  actorId: string;
  mutation: string;
  key: string;
}

/** Idempotency keys in the database. */
export class KeyStore {
  constructor(private readonly db: Database) {}

  /** Adds a key unless it is stored already; gives the stored one, else null. A key older than `oldest` counts as absent. */
  async add(tx: Transaction, row: Omit<KeyRow, 'payload'>, oldest: Date): Promise<KeyRow | null> {
    const { idempotencyKeys: keys } = this.db.tables;
    await tx.delete(keys).where(and(this.is(row), lt(keys.createdAt, oldest)));
    const added = await tx.insert(keys).values(row).onConflictDoNothing().returning();
    if (added.length > 0) return null;
    const [earlier] = await tx.select().from(keys).where(this.is(row));
    return earlier ?? null;
  }

  /** The key of an earlier request that has ended; null when there is none that is at least as young as `oldest`. */
  async find(name: KeyName, oldest: Date): Promise<KeyRow | null> {
    const { idempotencyKeys: keys } = this.db.tables;
    const [row] = await this.db.reader
      .select()
      .from(keys)
      .where(and(this.is(name), gte(keys.createdAt, oldest)));
    return row ?? null;
  }

  /** Keeps the answer of the request with its key. */
  async finish(tx: Transaction, name: KeyName, payload: unknown): Promise<void> {
    await tx.update(this.db.tables.idempotencyKeys).set({ payload }).where(this.is(name));
  }

  async deleteBefore(oldest: Date): Promise<void> {
    const { idempotencyKeys: keys } = this.db.tables;
    await this.db.transact(async (tx) => void (await tx.delete(keys).where(lt(keys.createdAt, oldest))));
  }

  private is({ actorId, mutation, key }: KeyName) {
    const { idempotencyKeys: keys } = this.db.tables;
    return and(eq(keys.actorId, actorId), eq(keys.mutation, mutation), eq(keys.key, key));
  }
}
