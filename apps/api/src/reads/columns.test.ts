import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { ITEM_COLUMNS, STEP_COLUMNS } from '../runs/reading/item-columns.js';
import { RUN_COLUMNS } from '../runs/reading/run-columns.js';
import { openTestApp, type TestApp } from '../testing.js';
import { fillStore } from './fill-store.js';
import { StatementCounter } from './statements.testing.js';

const AMPLE = { ...DEFAULT_LIMITS, maxCost: Number.MAX_SAFE_INTEGER, costPerMinute: Number.MAX_SAFE_INTEGER };
const counter = new StatementCounter();
const folder = mkdtempSync(join(tmpdir(), 'sluice-columns-'));
let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({ limits: AMPLE }, { onStatement: counter.observe });
  await fillStore(test.app.base.db, folder);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function namesOf(typeName: string): string[] {
  const type = test.app.schema.getType(typeName);
  return isObjectType(type) ? Object.keys(type.getFields()) : [];
}

/** Each field of a type with all values below it, and each value below it alone. */
function fieldsOf(typeName: string): string[] {
  const type = test.app.schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`There is no type ${typeName}.`);
  return Object.values(type.getFields()).flatMap(({ name, type }) => {
    const below = getNamedType(type);
    if (isLeafType(below)) return name;
    const fields = isObjectType(below) ? Object.values(below.getFields()) : [];
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name);
    if (below.name.endsWith('Connection')) return `${name}(first: 2) { nodes { id } totalCount }`;
    return [`${name} { __typename ${leaves.join(' ')} }`, ...leaves.map((leaf) => `${name} { ${leaf} }`)];
  });
}

it('reads of a list only the selected columns, and shows of every field what the whole row shows', async () => {
  const { data } = await test.send<{ runs: { nodes: { id: string }[] } }>('{ runs(first: 1) { nodes { id } } }');
  const id = data?.runs.nodes[0]?.id;
  for (const field of fieldsOf('Run')) {
    const listed = await test.send<{ runs: { nodes: unknown[] } }>(`{ runs(first: 1) { nodes { ${field} } } }`);
    const whole = await test.send<{ run: unknown }>(
      'query ($id: ID!) { run(id: $id) { FIELD } }'.replace('FIELD', field),
      { id },
    );
    expect([listed.errors, listed.data?.runs.nodes[0]], field).toEqual([undefined, whole.data?.run]);
  }
});

it('declares the columns of every field of a run', () => {
  const figures = namesOf('RunStatistics').map((name) => `statistics.${name}`);
  expect(Object.keys(RUN_COLUMNS).sort()).toEqual([...namesOf('Run'), ...figures].sort());
});

describe.each([
  { type: 'RunItem', declared: ITEM_COLUMNS, list: 'run(id: $id) { list: items' },
  { type: 'PlanStep', declared: STEP_COLUMNS, list: 'plan(id: $id) { list: steps' },
])('a page of $type', ({ type, declared, list }) => {
  const entries = async (fields: string) => {
    const { data } = await test.send<{ runs: { nodes: { id: string; plan: { id: string } }[] } }>(
      '{ runs(first: 1) { nodes { id plan { id } } } }',
    );
    const run = data?.runs.nodes[0];
    const id = type === 'RunItem' ? run?.id : run?.plan.id;
    const query = `query ($id: ID!) { ${list}(first: 50) { nodes { ${fields} } } } }`;
    const reply = await test.send<Record<string, { list: { nodes: Record<string, unknown>[] } }>>(query, { id });
    expect(reply.errors, fields).toBeUndefined();
    return Object.values(reply.data ?? {})[0]?.list.nodes ?? [];
  };

  it('declares the columns of every field', () => {
    expect(Object.keys(declared).sort()).toEqual(namesOf(type).sort());
  });

  it('shows of each field alone what it shows beside all others', async () => {
    const byName = new Map(
      fieldsOf(type)
        .toReversed()
        .map((field) => [field.split(' ')[0]!, field]),
    );
    const whole = await entries([...byName.values()].join(' '));
    expect(whole.length).toBeGreaterThan(1);
    const missing = whole.flatMap(Object.entries).filter(([, value]) => value === null || value === '');
    expect(missing).toEqual([]);
    for (const [name, field] of byName) {
      expect(await entries(field), field).toEqual(whole.map((entry) => ({ [name]: entry[name] })));
    }
  });

  it('leaves the columns out that are not asked for', async () => {
    const read = await counter.of(() => entries('sourcePath kind'));
    const statement = read.find((text) => text.includes('from "steps"')) ?? '';
    expect(statement).toContain('"item_key"');
    expect(statement).not.toMatch(/"(message|attempts|plan_message|sha256|outcome)"/);
  });
});

it('reads the figures of what is going on only when they are asked for', async () => {
  const columnsOf = async (figures: string) => {
    const query = `{ runs(first: 5) { nodes { statistics { ${figures} } } } }`;
    const statement = (await counter.of(() => test.send(query))).find((text) => text.includes('from "runs"'));
    return ['live', 'calls', 'counters'].filter((column) => statement?.includes(`"${column}"`));
  };
  expect(await columnsOf('itemsDone outcomes { itemCount }')).toEqual(['counters']);
  expect(await columnsOf('itemsInFlight')).toEqual(['live', 'counters']);
  expect(await columnsOf('calls { total } expectedFinishAt')).toEqual(['live', 'calls', 'counters']);
});

it('leaves the other columns out of the statement', async () => {
  const query = '{ runs(first: 5) { nodes { number ...F } } } fragment F on Run { state }';
  const statement = (await counter.of(() => test.send(query))).find((text) => text.includes('from "runs"')) ?? '';
  expect(statement).toContain('"number"');
  expect(statement).toContain('"state"');
  expect(statement).not.toMatch(/"(policies|counters|calls|live)"/);
});

it('reads of the jobs that runs lead to only the columns that are shown, under each name that a query gives them', async () => {
  const query =
    '{ runs(first: 5) { nodes { job { name } same: job { ...J } } } } fragment J on Job { version source { path } }';
  const plain = '{ runs(first: 5) { nodes { job { name } again: job { id labels } } } }';
  const statementsOf = async (text: string) =>
    (await counter.of(() => test.send(text))).filter((statement) => statement.includes('from "jobs"'));
  const [whole] = (await statementsOf(query)).filter((statement) => statement.includes('"source_path"'));
  expect(whole).toContain('"policies"');
  const narrow = await statementsOf(plain);
  expect(narrow).toHaveLength(2);
  expect(narrow.join()).not.toMatch(/"(policies|source_path|description)"/);
  const { data, errors } = await test.send<{ runs: { nodes: object[] } }>(plain);
  expect(errors).toBeUndefined();
  expect(data?.runs.nodes[0]).toMatchObject({
    job: { name: expect.any(String) as string },
    again: { id: expect.any(String) as string },
  });
});
