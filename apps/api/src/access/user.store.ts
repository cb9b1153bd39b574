import { and, asc, eq, gt, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { UserRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import { containing, nameKeyOf } from '../text.js';

const LOCK = 'administrators';

/** Changes of people in the database. */
export class UserStore {
  constructor(private readonly db: Database) {}

  async byId(id: string): Promise<UserRow | null> {
    const { users } = this.db.tables;
    const [row] = await this.db.reader.select().from(users).where(eq(users.id, id));
    return row ?? null;
  }

  /**
   * People in the order of their names, the first ones or those after a given one; of all, or of those with this text in their
   * name or their name at sign-in, whatever its case.
   */
  list(after: UserRow | null, limit: number, search: string | null = null): Promise<UserRow[]> {
    const { users } = this.db.tables;
    const isFurther =
      after &&
      or(
        gt(users.displayName, after.displayName),
        and(eq(users.displayName, after.displayName), gt(users.id, after.id)),
      );
    return this.db.reader
      .select()
      .from(users)
      .where(and(isFurther ?? undefined, search ? this.isNamed(search) : undefined))
      .orderBy(asc(users.displayName), asc(users.id))
      .limit(limit);
  }

  /** SQLite knows the case of plain letters only: others are found as they are written, too. */
  private isNamed(search: string): SQL | undefined {
    const { displayName, login } = this.db.tables.users;
    const has = (text: SQL, part: string) => sql`${text} like ${containing(part)} escape '\\'`;
    const lower = nameKeyOf(search);
    return or(has(sql`lower(${displayName})`, lower), has(sql`${displayName}`, search), has(sql`${login}`, lower));
  }

  /** Adds a person unless somebody has the name at sign-in; tells whether it did. */
  async insert(tx: Transaction, user: UserRow): Promise<boolean> {
    const added = await tx.insert(this.db.tables.users).values(user).onConflictDoNothing().returning();
    return added.length > 0;
  }

  /** Reads a person and keeps others from changing it until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<UserRow | null> {
    const { users } = this.db.tables;
    const [row] = await tx
      .update(users)
      .set({ version: sql`${users.version}` })
      .where(eq(users.id, id))
      .returning();
    return row ?? null;
  }

  async update(tx: Transaction, id: string, changes: Partial<UserRow>): Promise<void> {
    const { users } = this.db.tables;
    await tx.update(users).set(changes).where(eq(users.id, id));
  }

  /**
   * Keeps other transactions from changing who is an administrator until this one ends: two that each take the rights of
   * another person would otherwise both see one administrator left.
   */
  async lockAdministrators(tx: Transaction): Promise<void> {
    const { counters } = this.db.tables;
    await tx
      .insert(counters)
      .values({ name: LOCK, value: 0 })
      .onConflictDoUpdate({ target: counters.name, set: { value: 0 } });
  }

  /** Whether somebody else is an administrator who can sign in. */
  async hasOtherAdministrator(tx: Transaction, id: string): Promise<boolean> {
    const { users } = this.db.tables;
    const isOne = and(eq(users.role, 'ADMINISTRATOR'), eq(users.isActive, true), ne(users.id, id));
    return (await tx.select({ id: users.id }).from(users).where(isOne).limit(1)).length > 0;
  }

  /** Ends the sessions of a person, all or all but one. */
  async endSessions(tx: Transaction, userId: string, exceptId: string | null): Promise<void> {
    const { sessions } = this.db.tables;
    const isOther = exceptId === null ? undefined : ne(sessions.id, exceptId);
    await tx.delete(sessions).where(and(eq(sessions.userId, userId), isOther));
  }

  /** Revokes the tokens that a person made. */
  async revokeTokens(tx: Transaction, userId: string, now: Date): Promise<void> {
    const { apiTokens } = this.db.tables;
    const isLive = and(eq(apiTokens.createdById, userId), isNull(apiTokens.revokedAt));
    await tx.update(apiTokens).set({ revokedAt: now }).where(isLive);
  }
}
