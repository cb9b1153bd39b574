import type { Role } from '../../graphql/scopes.js';
import type { Kit } from '../kit.js';

/** Who may enter: people, their sessions, tokens of other systems, and the keys that make creations repeatable. */
export function accessTables(kit: Kit) {
  const users = kit.table(
    'users',
    {
      id: kit.text().primaryKey(),
      version: kit.int().notNull(),
      /** Lower case; names at sign-in do not differ by case. */
      login: kit.text().notNull(),
      displayName: kit.text().notNull(),
      role: kit.text().$type<Role>().notNull(),
      isActive: kit.bool().notNull(),
      passwordHash: kit.text().notNull(),
      lastSeenAt: kit.ts(),
      createdAt: kit.ts().notNull(),
      /** Who made or changed the person last; null for the product. */
      updatedById: kit.text(),
    },
    (table) => [
      kit.uniqueIndex('users_login').on(table.login),
      kit.index('users_name').on(table.displayName, table.id),
    ],
  );
  const sessions = kit.table(
    'sessions',
    {
      id: kit.text().primaryKey(),
      tokenHash: kit.text().notNull(),
      userId: kit
        .text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      createdAt: kit.ts().notNull(),
      usedAt: kit.ts().notNull(),
    },
    (table) => [
      kit.uniqueIndex('sessions_token_hash').on(table.tokenHash),
      kit.index('sessions_user').on(table.userId),
    ],
  );
  const apiTokens = kit.table(
    'api_tokens',
    {
      id: kit.text().primaryKey(),
      displayName: kit.text().notNull(),
      prefix: kit.text().notNull(),
      tokenHash: kit.text().notNull(),
      scopes: kit.json<string[]>().notNull(),
      expiresAt: kit.ts(),
      lastUsedAt: kit.ts(),
      revokedAt: kit.ts(),
      createdById: kit.text().references(() => users.id, { onDelete: 'set null' }),
      createdAt: kit.ts().notNull(),
    },
    (table) => [
      kit.uniqueIndex('api_tokens_token_hash').on(table.tokenHash),
      kit.index('api_tokens_created').on(table.createdAt),
      kit.index('api_tokens_created_by').on(table.createdById, table.createdAt),
    ],
  );
  const idempotencyKeys = kit.table(
    'idempotency_keys',
    {
      actorId: kit.text().notNull(),
      mutation: kit.text().notNull(),
      key: kit.text().notNull(),
      /** Keyed hash of the arguments, which may hold secrets. */
      argumentsHash: kit.text().notNull(),
      /** Null while the first request is under way. */
      payload: kit.json<unknown>(),
      createdAt: kit.ts().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.actorId, table.mutation, table.key] }),
      kit.index('idempotency_keys_created').on(table.createdAt),
    ],
  );
  return { users, sessions, apiTokens, idempotencyKeys };
}
