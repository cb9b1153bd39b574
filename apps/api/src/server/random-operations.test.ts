import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ERROR_CODES } from '../graphql/errors.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { fillStore } from '../reads/fill-store.js';
import { ADMIN, openTestApp, type TestApp } from '../testing.js';
import { randomOperations } from './random-operations.testing.js';
import { openSocket, type RawSocket } from './testing.js';

/** `npm run fuzz:api` has 20,000. */
const OPERATIONS = Number(process.env['SLUICE_OPERATIONS'] ?? 1_000);
/** One of so many operations goes over the WebSocket too. */
const SOCKET_SHARE = 10;
const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? 20_261_127);
/** Refusals before anything is carried out: they do not depend on the transport. */
const BEFORE = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_TOO_DEEP',
  'OPERATION_TOO_LARGE',
  'TOO_MANY_ALIASES',
]);
/** These end the session with which all others are sent. */
const LEFT_OUT = new Set([
  'Mutation.signOut',
  'Mutation.passwordChange',
  'Mutation.userDisable',
  'Mutation.userUpdate',
]);
const AMPLE = { ...DEFAULT_LIMITS, costPerMinute: 2 ** 31 - 1, subscribesPerSecond: 1_000, subscribeBurst: 10_000 };

let test: TestApp;
let folder: string;
let operations: fc.Arbitrary<string>;
let address: string;
let socket: RawSocket | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-random-'));
  test = await openTestApp({ limits: AMPLE });
  await fillStore(test.app.base.db, folder);
  address = await test.app.listen();
  const ids = ['con_000', 'con_001', 'job_000', 'job_001', 'bud_000', 'tok_000', ...(await idsOf('runs', 'plans'))];
  operations = randomOperations({ schema: test.app.schema, ids, leftOut: LEFT_OUT });
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function idsOf(...tables: ('runs' | 'plans')[]): Promise<string[]> {
  const { db } = test.app.base;
  const rows = await Promise.all(
    tables.map((name) => db.reader.select({ id: db.tables[name].id }).from(db.tables[name]).limit(3)),
  );
  return rows.flat().map(({ id }) => id);
}

async function codesByHttp(query: string): Promise<string[]> {
  const { status, errors = [] } = await test.send(query);
  const codes = errors.map(({ extensions }) => String(extensions['code']));
  if (codes.includes('UNAUTHENTICATED')) test.admin = await test.signIn(ADMIN.login, ADMIN.password);
  expect(status, query).toBeLessThan(500);
  for (const code of codes) expect(ERROR_CODES, query).toContain(code);
  expect(codes, query).not.toContain('INTERNAL_SERVER_ERROR');
  return codes;
}

/** Codes with which the WebSocket refuses the operation; it waits for ever if it does not. */
async function codesBySocket(query: string): Promise<string[]> {
  socket ??= await openSocket(address, test.admin.cookie);
  const errors = await socket.refused(query);
  return errors.map(({ extensions }) => {
    expect(ERROR_CODES, query).toContain(extensions?.['code']);
    return String(extensions?.['code']);
  });
}

it(`${OPERATIONS} random operations: none breaks the server, and both transports refuse the same (seed ${SEED})`, async () => {
  const seen = new Set<string>();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(operations, async (query) => {
      const codes = await codesByHttp(query);
      for (const code of codes) seen.add(code);
      if ((count += 1) % SOCKET_SHARE !== 0) return;
      const isRefused = codes.length > 0 && codes.every((code) => BEFORE.has(code));
      if (isRefused) expect(await codesBySocket(query), query).toEqual(codes);
      else if (!query.startsWith('subscription')) expect(await codesBySocket(query), query).not.toEqual([]);
    }),
    { numRuns: OPERATIONS, seed: SEED, endOnFailure: true },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['BAD_USER_INPUT', 'CURSOR_INVALID', 'GRAPHQL_VALIDATION_FAILED']));
}, 3_600_000);
