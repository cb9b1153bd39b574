import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiTokenRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { systemClock } from '../clock.js';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { Caller, Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import { ROLE_SCOPES, type Role } from '../graphql/scopes.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { Hub } from '../live/hub.js';
import { openTestApp, type TestApp } from '../testing.js';
import type { Idempotency } from './idempotency.js';
import { AccessStore } from './access.store.js';
import { TokenService } from './tokens.js';

const TOKENS = 1_001;
const START_MS = 1_790_000_000_000;

/** Tokens of one person, of which five at a time were made in the same moment; in the order of the list. */
async function addTokens(db: Database, createdById: string, count = TOKENS): Promise<ApiTokenRow[]> {
  const ended = { lastUsedAt: null, revokedAt: null, expiresAt: null };
  const made = Array.from({ length: count }, (_, index): ApiTokenRow => {
    const id = newId('tok');
    const createdAt = new Date(START_MS + Math.floor(index / 5));
    return {
      id,
      displayName: id,
      prefix: 'slt_test',
      tokenHash: id,
      scopes: ['JOBS_READ'],
      ...ended,
      createdById,
      createdAt,
    };
  });
  await db.transact(async (tx) => {
    for (let from = 0; from < count; from += 200)
      await tx.insert(db.tables.apiTokens).values(made.slice(from, from + 200));
  });
  return made.sort((a, b) => Number(b.createdAt) - Number(a.createdAt) || (a.id < b.id ? -1 : 1));
}

async function addPerson(db: Database, login: string, role: Role): Promise<Context> {
  const id = newId('usr');
  const rest = {
    displayName: login,
    isActive: true,
    passwordHash: '',
    lastSeenAt: null,
    createdAt: new Date(START_MS),
  };
  await db.transact(
    async (tx) => void (await tx.insert(db.tables.users).values({ id, version: 1, login, role, ...rest })),
  );
  const scopes = new Set(ROLE_SCOPES[role]);
  const session = { sessionId: 'ses_x', expiresAt: null };
  return contextOf({ actorId: id, personId: id, kind: 'USER', displayName: login, scopes, ...session });
}

const contextOf = (caller: Caller) => ({ caller }) as unknown as Context;
const personOf = ({ caller }: Context) => caller?.personId ?? '';

function tokensOf(db: Database): TokenService {
  const base = { db, clock: systemClock, config: { limits: DEFAULT_LIMITS }, hub: new Hub() } as unknown as Base;
  return new TokenService(base, new AccessStore(db), {} as Idempotency);
}

/** Identifiers of the whole list, read page by page as a client does. */
async function walk(service: TokenService, context: Context, size: number): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await service.list(size, ids.at(-1) ?? null, context);
    ids.push(...page.map(({ id }) => id));
    if (page.length < size) return ids;
  }
}

describeOnBothDatabases('tokens beyond 500', (open) => {
  it('are all listed, each once and latest first, and the last one of 1,001 is revoked', async () => {
    const db = await open();
    const administrator = await addPerson(db, 'chief', 'ADMINISTRATOR');
    const made = await addTokens(db, personOf(administrator));
    const service = tokensOf(db);
    for (const size of [7, 500]) expect(await walk(service, administrator, size)).toEqual(made.map(({ id }) => id));
    const last = made.at(-1)?.id ?? '';
    expect((await service.revoke(last, administrator)).revokedAt).not.toBeNull();
  });

  it('are those of the person alone without TOKENS_MANAGE, on every page', async () => {
    const db = await open();
    const [viewer, other] = [await addPerson(db, 'viktor', 'VIEWER'), await addPerson(db, 'walter', 'VIEWER')];
    const [own, foreign] = [await addTokens(db, personOf(viewer), 12), await addTokens(db, personOf(other), 12)];
    const service = tokensOf(db);
    expect(await walk(service, viewer, 5)).toEqual(own.map(({ id }) => id));
    const refused = { extensions: { code: 'CURSOR_INVALID' } };
    await expect(service.list(5, foreign[3]?.id ?? '', viewer)).rejects.toMatchObject(refused);
    await expect(service.list(5, 'tok_unknown', viewer)).rejects.toMatchObject(refused);
  });

  it('of a caller that is a token are this token, once', async () => {
    const db = await open();
    const person = await addPerson(db, 'olga', 'OPERATOR');
    const id = (await addTokens(db, personOf(person), 3))[1]?.id ?? '';
    const token = contextOf({ ...(person.caller as Caller), actorId: id, kind: 'TOKEN', sessionId: null });
    expect(await walk(tokensOf(db), token, 1)).toEqual([id]);
  });
});

it.each([
  ['all tokens', sql`select * from api_tokens order by created_at desc, id limit 5`, 'api_tokens_created'],
  [
    'those of a person',
    sql`select * from api_tokens where created_by_id = 'usr_1' order by created_at desc, id limit 5`,
    'api_tokens_created_by',
  ],
])('%s are listed along an index', async (_what, statement, index) => {
  await using test = await openTestApp();
  const plan = await test.app.base.db.reader.rows<{ detail: string }>(sql`explain query plan ${statement}`);
  expect(plan.map(({ detail }) => detail).join('; ')).toContain(`USING INDEX ${index}`);
  expect(plan.map(({ detail }) => detail)).not.toContain('USE TEMP B-TREE FOR ORDER BY');
});

describe('apiTokens', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await openTestApp();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('goes on after a token, and says at its argument what is wrong', async () => {
    const { db } = test.app.base;
    const [{ id = '' } = {}] = await db.reader.select({ id: db.tables.users.id }).from(db.tables.users);
    const made = (await addTokens(db, id)).map((token) => token.id);
    const ask = (text: string) => test.send<{ apiTokens: { id: string }[] | null }>(`{ apiTokens${text} { id } }`);
    const idsOf = async (text: string) => (await ask(text)).data?.apiTokens?.map((token) => token.id);
    expect(await idsOf('')).toEqual(made.slice(0, 500));
    expect(await idsOf(`(first: 500, after: "${made[999] ?? ''}")`)).toEqual(made.slice(1_000));
    expect(await idsOf(`(first: 2, after: "${made[499] ?? ''}")`)).toEqual(made.slice(500, 502));
    for (const first of [0, -1, 501])
      expect((await ask(`(first: ${first})`)).errors).toMatchObject([
        { extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE' } },
      ]);
    expect((await ask('(after: "tok_x")')).errors).toMatchObject([
      { message: 'after is not the identifier of a token in this list.', extensions: { code: 'CURSOR_INVALID' } },
    ]);
  });
});
