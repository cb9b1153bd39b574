import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import type { Fetch } from '@sluice/core/http';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
} from '@sluice/core/testing';
import { seeded } from '@sluice/procore-sandbox';
import { openBench, quickClock, webFetch, type Bench } from '../test-bench.js';

type Row = Record<string, unknown>;
/** What becomes of the row of the bad item; several, or none, take its place. */
type Spoil = (row: Row) => unknown[];

const FILES = ['a.txt', 'plans/b.txt', 'plans/bad.txt', 'plans/c.txt', 'z.txt'];

let bench: Bench;
let spoil: Spoil | null = null;
/** The name of the item whose row is spoiled. */
let bad = 'bad.txt';
beforeAll(async () => {
  bench = await openBench({ fetch: spoiling });
  await bench.sandbox.control.seed(
    seeded.projectId,
    FILES.map((path) => ({ path, content: path })),
  );
});
afterAll(() => bench.close());
beforeEach(() => void ([spoil, bad] = [null, 'bad.txt']));

const isBad = (row: unknown): row is Row => typeof row === 'object' && row !== null && (row as Row)['name'] === bad;

function spoiled(value: unknown, how: Spoil): unknown {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => (isBad(one) ? how(one) : [spoiled(one, how)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one, how)]));
}

/** Every list that Procore replies with has the bad row. */
const spoiling: Fetch = async (url, init) => {
  const reply = await webFetch(url, init);
  const isList = new URL(url).pathname.includes('/documents') || new URL(url).pathname.includes('/folders');
  if (spoil === null || !isList || !reply.headers.get('content-type')?.includes('json')) return reply;
  const text = JSON.stringify(spoiled(await reply.json(), spoil));
  return new Response(text, { status: reply.status, headers: reply.headers });
};

/** A copy that mirrors deletions, run after run. */
function copied(): { destination: MemoryPlatform; run: () => Promise<MemoryEngineStore> } {
  const [job, destination] = [new MemoryJob(), createMemoryPlatform()];
  const run = async () => {
    const store = new MemoryEngineStore(job);
    const end = await executeRun({
      ...{ ...quietRun(), source: bench.platform, destination, sourceRoot: [], destinationRoot: [], store },
      ...{ transferType: 'COPY', clock: quickClock },
      policies: { ...defaultPolicies('COPY'), deletions: 'MIRROR' },
    });
    expect(end).toEqual({ kind: 'DONE' });
    return store;
  };
  return { destination, run };
}

const filesOf = (platform: MemoryPlatform) => platform.tree().filter((path) => !path.endsWith('/'));
const OTHERS = FILES.filter((path) => !path.endsWith('bad.txt'));

const SPOILS: [string, Spoil][] = [
  ['has no name', (row) => [{ ...row, name: null }]],
  ['has an empty name', (row) => [{ ...row, name: '' }]],
  ['has a name that is no text', (row) => [{ ...row, name: { text: 'bad.txt' } }]],
  ['has no identifier', ({ id: _id, ...row }) => [row]],
  ['has an identifier of another type', (row) => [{ ...row, id: { value: 7 } }]],
  ['has no type', ({ document_type: _type, ...row }) => [row]],
  ['has a type that nobody knows', (row) => [{ ...row, document_type: 'hologram' }]],
  ['is of another project', (row) => [{ ...row, id: 987_654_321, parent_id: 123_456_789, project_id: 1 }]],
  ['comes twice', (row) => [row, row]],
  ['has the identifier of another row', (row) => [row, { ...row, name: 'other.txt' }]],
  [
    'has dates that are none',
    (row) => [{ ...row, created_at: 'yesterday', updated_at: 'soon', is_deleted: 'perhaps' }],
  ],
  [
    'has a size that is none',
    (row) => [{ ...row, file: { ...(row['file'] as Row), size: -5, current_version: 'new' } }],
  ],
  ['is a number', () => [7]],
  ['is nothing', () => [null]],
  ['is a list', () => [[]]],
];

describe.each(SPOILS)('a row of a listing that %s', (_name, how) => {
  it('never ends the listing: all others are copied', async () => {
    const { destination, run } = copied();
    spoil = how;
    await run();
    expect(filesOf(destination)).toEqual(expect.arrayContaining(OTHERS));
  });

  it('never makes that anything is removed, and comes again once it is right', async () => {
    const { destination, run } = copied();
    await run();
    expect(filesOf(destination)).toEqual(FILES);
    spoil = how;
    const store = await run();
    expect(store.steps().filter(({ step }) => step.action === 'DELETE')).toEqual([]);
    expect(filesOf(destination)).toEqual(expect.arrayContaining(FILES));
    spoil = null;
    await run();
    expect(filesOf(destination)).toEqual(expect.arrayContaining(FILES));
    expect((await run()).steps()).toEqual([]);
  });
});

it.each([
  ['name', (row: Row) => [{ ...row, name: null }], '/plans/(no name, id '],
  ['identifier', ({ id: _id, ...row }: Row) => [row], '/(no identifier)'],
])('a row without %s is reported', async (_what, how, place) => {
  const { run } = copied();
  spoil = how;
  const told = (await run()).steps().map(({ step, outcome }) => `${outcome} ${step.reason} /${step.sourceKey}`);
  expect(told).toContainEqual(expect.stringContaining(`FLAGGED PLATFORM_ERROR ${place}`));
});

it('a folder that has lost its name is left alone with all that is in it, on both sides', async () => {
  const { destination, run } = copied();
  await run();
  bad = 'plans';
  spoil = (row) => [{ ...row, name: null }];
  const store = await run();
  expect(store.steps().filter(({ step }) => step.type !== 'INERT')).toEqual([]);
  expect(filesOf(destination)).toEqual(FILES);
  spoil = null;
  expect((await run()).steps()).toEqual([]);
});

it('a name that leads elsewhere is a name like any other, and stays in its folder', async () => {
  const { destination, run } = copied();
  spoil = (row) => [{ ...row, name: '../bad.txt' }];
  await run();
  expect(filesOf(destination)).toEqual(['a.txt', 'plans/.._bad.txt', 'plans/b.txt', 'plans/c.txt', 'z.txt']);
});
