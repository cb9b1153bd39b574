import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findPostgres, sharedPostgres } from '../db/postgres.testing.js';
import { openTestApp, type TestApp } from '../testing.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { fillStore } from './fill-store.js';
import { LEFT_OUT, listQueries } from './lists.testing.js';
import { StatementCounter, StoppableClock } from './statements.testing.js';

const AMPLE = {
  ...DEFAULT_LIMITS,
  maxCost: Number.MAX_SAFE_INTEGER,
  costPerMinute: Number.MAX_SAFE_INTEGER,
  // Pages of 50 with everything in them take a while on a machine that does other things too.
  operationTime: 120_000,
  platformTime: 120_000,
};

/** References to objects of any type. */
const SUBJECTS = [
  {
    path: 'changeEvents.subject',
    at: (size: number) => `{ changeEvents(first: ${size}) { subject { __typename id } } }`,
  },
  {
    path: 'reports.nodes.subject',
    at: (size: number) => `{ reports(first: ${size}) { nodes { subject { __typename id } } } }`,
  },
];

function suite(open: () => Promise<{ databaseUrl: string | null }>): void {
  const counter = new StatementCounter();
  const folder = mkdtempSync(join(tmpdir(), 'sluice-reads-'));
  let test: TestApp;
  beforeAll(async () => {
    const clock = new StoppableClock();
    clock.stop();
    const overrides = { clock };
    test = await openTestApp({ ...(await open()), limits: AMPLE }, { overrides, onStatement: counter.observe });
    await fillStore(test.app.base.db, folder);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = async (query: string) => {
    const statements = await counter.of(async () => {
      const { errors } = await test.send(query);
      if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    });
    return statements;
  };

  it('reads every field of every list with the same statements at page size 50 as at page size 1', async () => {
    const queries = [...listQueries(test.app.schema), ...SUBJECTS];
    expect(queries.length).toBeGreaterThan(50);
    // A long operation makes way for others by the clock, and what it asks for then shares no statement with what it asked
    // for before: the clock stands still here.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const grown: string[] = [];
    for (const { path, at } of queries) {
      const [one, many] = [await count(at(1)), await count(at(50))];
      if (many.length !== one.length) grown.push(`${path}: ${one.length} statements at 1, ${many.length} at 50`);
    }
    clock.mockRestore();
    expect(grown).toEqual([]);
  });
}

describe('statements on SQLite', () => suite(async () => ({ databaseUrl: null })));

describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')('statements on Postgres', () => {
  suite(async () => ({ databaseUrl: await (await sharedPostgres()).createCurrentDatabase() }));
});

it('leaves out of the count of statements only fields that exist', async () => {
  await using test = await openTestApp();
  for (const coordinate of Object.keys(LEFT_OUT)) {
    const [type = '', field = ''] = coordinate.split('.');
    const owner = test.app.schema.getType(type);
    expect(owner && 'getFields' in owner && Object.keys(owner.getFields())).toContain(field);
  }
});
