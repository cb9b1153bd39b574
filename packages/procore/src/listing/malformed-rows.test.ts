import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Fetch } from '@sluice/core/http';
import type { DirectoryKind } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { openBench, testCall, webFetch, type Bench } from '../test-bench.js';

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
beforeEach(() => void ([spoil, bad, isStrange] = [null, 'bad.txt', false]));

const isBad = (row: unknown): row is Row => typeof row === 'object' && row !== null && (row as Row)['name'] === bad;

function spoiled(value: unknown, how: Spoil): unknown {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => (isBad(one) ? how(one) : [spoiled(one, how)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one, how)]));
}

/** Rows that tell nothing of use. */
const STRANGERS = [
  null,
  7,
  'row',
  [],
  {},
  { id: {}, name: [], number: 'one' },
  { id: null, name: null, label: 7, url: 9 },
];

/** Whether every list of every reply has rows that tell nothing, also those in other rows. */
let isStrange = false;
const withStrangers = (value: unknown): unknown => {
  if (Array.isArray(value)) return [...STRANGERS, ...value.map(withStrangers)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withStrangers(one)]));
};

/** Every list that Procore replies with has the bad row. */
const spoiling: Fetch = async (url, init) => {
  const reply = await webFetch(url, init);
  const isList = new URL(url).pathname.includes('/documents') || new URL(url).pathname.includes('/folders');
  if (isStrange && reply.headers.get('content-type')?.includes('json'))
    return new Response(JSON.stringify(withStrangers(await reply.json())), {
      status: reply.status,
      headers: reply.headers,
    });
  if (spoil === null || !isList || !reply.headers.get('content-type')?.includes('json')) return reply;
  const text = JSON.stringify(spoiled(await reply.json(), spoil));
  return new Response(text, { status: reply.status, headers: reply.headers });
};

/** What a listing tells, and what of it could prove that something is gone. */
async function listed() {
  const [files, problems, deleted]: [string[], string[], string[]] = [[], [], []];
  const request = { folder: { path: [] }, withDeleted: true };
  for await (const entry of bench.platform.source!.list(request, testCall())) {
    if (entry.type === 'item' && entry.item.kind === 'FILE') files.push(entry.item.path.join('/'));
    if (entry.type === 'problem') problems.push(`${entry.problem.kind} ${entry.problem.path.join('/')}`);
    if (entry.type === 'deleted') deleted.push(entry.identity);
  }
  return { files: files.sort(), problems, deleted };
}

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

it.each(SPOILS)(
  'a row of a listing that %s ends nothing, and proves of nothing that it is gone',
  async (_name, how) => {
    spoil = how;
    const { files, deleted } = await listed();
    expect(files).toEqual(expect.arrayContaining(OTHERS));
    expect(deleted).toEqual([]);
  },
);

it.each([
  ['name', (row: Row) => [{ ...row, name: null }], 'FILE plans/(no name, id '],
  ['identifier', ({ id: _id, ...row }: Row) => [row], 'FILE (no identifier)'],
])('a row without %s is reported', async (_what, how, told) => {
  spoil = how;
  const { files, problems } = await listed();
  expect(problems).toEqual([expect.stringContaining(told)]);
  expect(files).toEqual(OTHERS);
});

it('a folder without a name is reported, and nothing is told of what is in it', async () => {
  bad = 'plans';
  spoil = (row) => [{ ...row, name: null }];
  const { files, problems } = await listed();
  expect(files).toEqual(['a.txt', 'z.txt']);
  expect(problems[0]).toMatch(/^FOLDER \(no name, id /);
});

it('a name that leads elsewhere is a name like any other, and stays in its folder', async () => {
  spoil = (row) => [{ ...row, name: '../bad.txt' }];
  expect((await listed()).files).toContain('plans/../bad.txt');
  expect((await listed()).files).toHaveLength(FILES.length);
});

it.each<DirectoryKind>(['ACCOUNT', 'GROUP', 'METADATA', 'TAG'])(
  'rows that tell nothing leave the others of a directory as they are: %s',
  async (kind) => {
    // Each time by a connection of its own, which remembers nothing.
    const told = async () => {
      const one = await openBench({ fetch: spoiling });
      onTestFinished(() => one.close());
      await one.sandbox.control.seed(seeded.projectId, [{ path: 'tagged.txt', content: '1', tags: ['as-built'] }]);
      await one.platform.directory!.ensureGroup!('Marine', testCall());
      return one.platform.directory!.list({ kind, search: null, limit: 100 }, testCall());
    };
    const all = await told();
    expect(all.length).toBeGreaterThan(0);
    isStrange = true;
    expect(await told()).toEqual(all);
  },
);

it('rows that tell nothing leave the versions of a file as they are', async () => {
  const told = async () => {
    const one = await openBench({ fetch: spoiling });
    onTestFinished(() => one.close());
    for (const content of ['1', '22']) await one.sandbox.control.seed(seeded.projectId, [{ path: 'v.txt', content }]);
    const item = (await one.platform.find({ path: ['v.txt'] }, testCall()))!;
    const versions = await one.platform.source!.versions!(item, testCall());
    return versions.map(({ size, versionNumber }) => ({ size, versionNumber }));
  };
  const before = await told();
  expect(before.map(({ size }) => size)).toEqual([1, 2]);
  isStrange = true;
  expect(await told()).toEqual(before);
});
