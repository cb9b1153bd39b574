import { afterEach, describe, expect, it } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import type { ChangeEntry, ListingProof } from '@sluice/core/platform';
import { openBench, testCall, type Bench, type BenchInput } from '../test-bench.js';

const DAY_MS = 24 * 3_600_000;

let bench: Bench;
let behindMs = 0;

/** A project whose items are a day old, and the proof of its listing; what is done from then on is done now. */
async function listed(
  paths: readonly string[],
  input: BenchInput['sandbox'] = {},
  folder: string[] = [],
  pageSize = 1,
): Promise<ListingProof> {
  behindMs = DAY_MS;
  bench = await openBench({ settings: { pageSize }, sandbox: { now: () => Date.now() - behindMs, ...input } });
  await bench.sandbox.control.seed(
    seeded.projectId,
    paths.map((path) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, content: path })),
  );
  behindMs = 0;
  const proof = await proofOf(folder);
  bench.requests.length = 0;
  return proof;
}

async function proofOf(folder: string[] = []): Promise<ListingProof> {
  for await (const entry of bench.platform.source!.list({ folder: { path: folder } }, testCall()))
    if (entry.type === 'end') return entry.proof;
  throw new Error('The listing has no end.');
}

async function changes(token: string | undefined, folder: string[] = []): Promise<ChangeEntry[]> {
  const entries: ChangeEntry[] = [];
  const request = { folder: { path: folder }, token: token ?? 'none' };
  for await (const entry of bench.platform.source!.changes!(request, testCall())) entries.push(entry);
  return entries;
}

const filesOf = (entries: readonly ChangeEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'item' && entry.item.kind === 'FILE' ? [entry.item.path.join('/')] : []));
const foldersOf = (entries: readonly ChangeEntry[]) =>
  entries.flatMap((entry) =>
    entry.type === 'item' && entry.item.kind === 'FOLDER'
      ? [`${entry.item.path.join('/')}${entry.isNew ? ' is new' : ''}`]
      : [],
  );
const proofIn = (entries: readonly ChangeEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'end' ? [entry.proof] : []))[0];
const countOf = (entries: readonly ChangeEntry[], type: ChangeEntry['type']) =>
  entries.filter((entry) => entry.type === type).length;

afterEach(() => bench.close());

describe('changes at Procore', () => {
  it('are a handful of calls over 20,000 files of which 3 changed', async () => {
    const paths = Array.from(
      { length: 20_000 },
      (_, index) => `f${index % 30}/g${Math.floor(index / 30) % 30}/${index}.txt`,
    );
    const { token } = await listed(paths, {}, [], 2000);
    const { control } = bench.sandbox;
    await control.seed(seeded.projectId, [{ path: 'f1/g0/new.txt', content: 'new' }]);
    await control.seed(seeded.projectId, [{ path: 'f2/g0/2.txt', content: 'another version' }]);
    control.deleteItem('f3/g0/3.txt');
    const entries = await changes(token);
    expect(filesOf(entries).sort()).toEqual(['f1/g0/new.txt', 'f2/g0/2.txt']);
    expect(countOf(entries, 'deleted')).toBe(1);
    expect(proofIn(entries)).toMatchObject({ seen: 932, total: 20_930 });
    expect(bench.requests.map(({ url }) => url.pathname.split('/').at(-1))).toEqual(Array(3).fill('documents'));
  });

  it('show all folders, files that moved, were renamed or described, and what lies elsewhere or in the bin', async () => {
    const { token } = await listed(['f/a.txt', 'f/g/b.txt', 'f/c.txt', 'f/d.txt', 'f/e.txt', 'other/'], {}, ['f']);
    const { control } = bench.sandbox;
    control.moveItem('f/a.txt', 'f/g/a.txt');
    control.moveItem('f/c.txt', 'f/renamed.txt');
    control.moveItem('f/d.txt', 'other/d.txt');
    control.deleteItem('f/e.txt');
    control.moveItem('f/g', 'f/h');
    await control.seed(seeded.projectId, [{ path: 'f/fresh/x.txt', content: 'x' }]);
    const entries = await changes(token, ['f']);
    expect(foldersOf(entries).sort()).toEqual(['f/fresh is new', 'f/h']);
    expect(filesOf(entries).sort()).toEqual(['f/fresh/x.txt', 'f/h/a.txt', 'f/renamed.txt']);
    expect([countOf(entries, 'elsewhere'), countOf(entries, 'deleted')]).toEqual([1, 1]);
    expect(proofIn(entries)).toMatchObject({ seen: 5, total: 6 });
  });

  it('go on from one listing of changes to the next', async () => {
    const { token } = await listed(['a.txt', 'b.txt', 'c.txt']);
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'd.txt', content: 'd' }]);
    const next = proofIn(await changes(token))?.token;
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'e.txt', content: 'e' }]);
    expect(filesOf(await changes(next)).sort()).toEqual(['d.txt', 'e.txt']);
  });

  it('of the last minutes before the listing are shown again, since they may have come into the index late', async () => {
    await listed(['a.txt', 'b.txt', 'c.txt'], { behaviour: { updateLagMs: 60_000 } });
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'late' }]);
    const { token } = await proofOf();
    expect(filesOf(await changes(token))).toEqual([]);
    behindMs = -61_000;
    expect(filesOf(await changes(token))).toEqual(['a.txt']);
  });
});

describe('changes at Procore are refused rather than guessed', () => {
  it.each(['ignored', 'refused'] as const)('when filters[updated_at] is %s', async (updatedAtFilter) => {
    const { token } = await listed(['a.txt', 'f/b.txt', 'f/c.txt'], { behaviour: { updatedAtFilter } });
    await expect(changes(token)).rejects.toThrow(
      updatedAtFilter === 'ignored' ? 'more than what changed' : 'Unknown filter',
    );
    expect((await proofOf()).token).toBeUndefined();
  });

  it('when lists are not counted', async () => {
    const { token } = await listed(['a.txt', 'b.txt', 'c.txt'], { behaviour: { pagingHeaders: false } });
    await expect(changes(token)).rejects.toThrow('did not show all changes');
  });

  it('when the time of the last listing cannot be read', async () => {
    await listed(['a.txt', 'b.txt', 'c.txt']);
    await expect(changes('nonsense')).rejects.toThrow('cannot be read');
  });

  it('and a project of two pages is listed as a whole, which costs no more', async () => {
    expect((await listed(['a.txt', 'b.txt'])).token).toBeUndefined();
  });

  it('and a listing folder by folder is none to go on from', async () => {
    const { token } = await listed(['a.txt', 'b.txt', 'c.txt'], {
      faults: [{ kind: 'status', status: 404, match: { route: '/documents' } }],
    });
    expect(token).toBeUndefined();
  });
});
