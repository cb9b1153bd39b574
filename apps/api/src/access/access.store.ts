import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql, type Column } from 'drizzle-orm';
import type { ApiTokenRow, SessionRow, UserRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';

/** People, sessions and tokens in the database. */
export class AccessStore {
  private readonly sessionById;
  private readonly sessionByHash;

  constructor(private readonly db: Database) {
    this.sessionById = this.sessionWhere('id');
    this.sessionByHash = this.sessionWhere('tokenHash');
  }

  async hasAnyoneSignedIn(): Promise<boolean> {
    const { users } = this.db.tables;
    return (
      (await this.db.reader.select({ id: users.id }).from(users).where(isNotNull(users.lastSeenAt)).limit(1)).length > 0
    );
  }

  /** Adds the first administrator, or gives the one that is there this name and password; its identifier stays. */
  async saveFirstAdministrator(user: UserRow): Promise<void> {
    const { users } = this.db.tables;
    const { login, displayName, passwordHash } = user;
    await this.db.transact(async (tx) => {
      const isFirst = and(eq(users.role, 'ADMINISTRATOR'), isNull(users.lastSeenAt));
      const [first] = await tx.select().from(users).where(isFirst).orderBy(asc(users.createdAt)).limit(1);
      const changes = { login, displayName, passwordHash };
      if (first !== undefined) await tx.update(users).set(changes).where(eq(users.id, first.id));
      // Another process may start at the same time and insert first; the password that is stored last is valid.
      else await tx.insert(users).values(user).onConflictDoUpdate({ target: users.login, set: changes });
    });
  }

  async userByLogin(login: string): Promise<UserRow | null> {
    const { users } = this.db.tables;
    const [row] = await this.db.reader.select().from(users).where(eq(users.login, login));
    return row ?? null;
  }

  async oldestAdministrator(): Promise<UserRow | null> {
    const { users } = this.db.tables;
    const isOne = and(eq(users.role, 'ADMINISTRATOR'), eq(users.isActive, true));
    const [row] = await this.db.reader.select().from(users).where(isOne).orderBy(asc(users.createdAt)).limit(1);
    return row ?? null;
  }

  async usersByIds(ids: readonly string[]): Promise<UserRow[]> {
    const { users } = this.db.tables;
    return this.db.reader.select().from(users).where(inArray(users.id, ids.slice()));
  }

  /** Opens a session unless the person was shut out or got another password since the given row was read; tells whether it did. */
  insertSession(session: SessionRow, { id, passwordHash }: UserRow): Promise<boolean> {
    const { sessions, users } = this.db.tables;
    const isSame = and(eq(users.id, id), eq(users.isActive, true), eq(users.passwordHash, passwordHash));
    return this.db.transact(async (tx) => {
      const seen = await tx.update(users).set({ lastSeenAt: session.createdAt }).where(isSame).returning();
      if (seen.length > 0) await tx.insert(sessions).values(session);
      tx.concerns(id);
      return seen.length > 0;
    });
  }

  async deleteSession(id: string, userId: string): Promise<void> {
    const { sessions } = this.db.tables;
    await this.db.transact(async (tx) => {
      await tx.delete(sessions).where(eq(sessions.id, id));
      tx.concerns(userId);
    });
  }

  /** A session with its person, if it was last used after the one time and began after the other; else null. */
  async liveSession(
    key: { tokenHash: string } | { id: string },
    usedAfter: Date,
    madeAfter: Date,
  ): Promise<{ session: SessionRow; user: UserRow } | null> {
    const found = 'id' in key ? this.sessionById : this.sessionByHash;
    const [row] = await found.execute({ key: 'id' in key ? key.id : key.tokenHash, usedAfter, madeAfter });
    return row ?? null;
  }

  /** Asked at every request, so it is composed once. */
  private sessionWhere(key: 'id' | 'tokenHash') {
    const { sessions, users } = this.db.tables;
    const given = (name: string, column: Column) => sql.param(sql.placeholder(name), column);
    return this.db.reader
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions[key], given('key', sessions[key])),
          gt(sessions.usedAt, given('usedAfter', sessions.usedAt)),
          gt(sessions.createdAt, given('madeAfter', sessions.createdAt)),
          eq(users.isActive, true),
        ),
      )
      .prepare();
  }

  async touchSession(session: SessionRow, now: Date): Promise<void> {
    const { sessions, users } = this.db.tables;
    await this.db.transact(async (tx) => {
      await tx.update(sessions).set({ usedAt: now }).where(eq(sessions.id, session.id));
      await tx.update(users).set({ lastSeenAt: now }).where(eq(users.id, session.userId));
    });
  }

  async deleteSessionsBefore(usedBefore: Date): Promise<void> {
    const { sessions } = this.db.tables;
    await this.db.transact(async (tx) => void (await tx.delete(sessions).where(lt(sessions.usedAt, usedBefore))));
  }

  /** Tokens of a person that are neither revoked nor expired. */
  async countLiveTokens(tx: Transaction, personId: string, now: Date): Promise<number> {
    const { apiTokens } = this.db.tables;
    const isLive = and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)));
    return tx.$count(apiTokens, and(eq(apiTokens.createdById, personId), isLive));
  }

  async insertToken(tx: Transaction, token: ApiTokenRow): Promise<void> {
    await tx.insert(this.db.tables.apiTokens).values(token);
  }

  /** A token that was not revoked, with the person who made it. */
  async liveToken(key: { tokenHash: string } | { id: string }): Promise<{ token: ApiTokenRow; user: UserRow } | null> {
    const { apiTokens, users } = this.db.tables;
    const [row] = await this.db.reader
      .select({ token: apiTokens, user: users })
      .from(apiTokens)
      .innerJoin(users, eq(users.id, apiTokens.createdById))
      .where(
        and(
          'id' in key ? eq(apiTokens.id, key.id) : eq(apiTokens.tokenHash, key.tokenHash),
          isNull(apiTokens.revokedAt),
          eq(users.isActive, true),
        ),
      );
    return row ?? null;
  }

  async touchToken(id: string, now: Date): Promise<void> {
    const { apiTokens } = this.db.tables;
    await this.db.transact(
      async (tx) => void (await tx.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, id))),
    );
  }

  async revokeToken(id: string, now: Date): Promise<void> {
    const { apiTokens } = this.db.tables;
    await this.db.transact(async (tx) => {
      const isLive = and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt));
      await tx.update(apiTokens).set({ revokedAt: now }).where(isLive);
      tx.concerns(id);
    });
  }

  async tokensByIds(ids: readonly string[]): Promise<ApiTokenRow[]> {
    const { apiTokens } = this.db.tables;
    return this.db.reader.select().from(apiTokens).where(inArray(apiTokens.id, ids.slice()));
  }

  /** Tokens of one person, of all people, or the one with an identifier; the latest first, after a given one if any. */
  async tokens(
    { createdById, id }: { createdById?: string; id?: string },
    after: ApiTokenRow | null,
    limit: number,
  ): Promise<ApiTokenRow[]> {
    const { apiTokens } = this.db.tables;
    const isFurther =
      after &&
      and(
        lte(apiTokens.createdAt, after.createdAt),
        or(lt(apiTokens.createdAt, after.createdAt), gt(apiTokens.id, after.id)),
      );
    const isOwn = createdById === undefined ? undefined : eq(apiTokens.createdById, createdById);
    const isIt = id === undefined ? undefined : eq(apiTokens.id, id);
    return this.db.reader
      .select()
      .from(apiTokens)
      .where(and(isOwn, isIt, isFurther ?? undefined))
      .orderBy(desc(apiTokens.createdAt), asc(apiTokens.id))
      .limit(limit);
  }
}
