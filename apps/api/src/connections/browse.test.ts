import type { Item, Platform } from '@sluice/core/platform';
import { cpuTime } from '@sluice/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { browse, type BrowseArguments } from './browse.js';
import { FolderSnapshots, takeSnapshot } from './folder-snapshots.js';
import type { RemoteEntry } from './remote.types.js';

const CALL = { signal: new AbortController().signal, priority: 'INTERACTIVE' as const, owner: 'test' };
let now: number;
let listings: number;
let names: string[];
let snapshots: FolderSnapshots;

beforeEach(() => {
  now = 0;
  listings = 0;
  names = Array.from({ length: 950 }, (_, index) => `file ${index}`);
  snapshots = new FolderSnapshots({ monotonic: () => now });
});

const itemOf = (name: string): Item =>
  ({
    id: name,
    kind: name.endsWith('/') ? 'FOLDER' : 'FILE',
    path: [name],
    size: 1,
    createdAt: null,
    modifiedAt: null,
    version: '1',
  }) as unknown as Item;

const platform = {
  source: {
    async *list() {
      listings += 1;
      for (const name of names) yield { type: 'item', item: itemOf(name) };
    },
  },
} as unknown as Platform;

const page = (more: Partial<BrowseArguments> = {}, connection = { id: 'con_1', version: 1 }) =>
  browse({ platform, connection, snapshots }, { foldersOnly: false, first: 200, ...more }, CALL);

async function walk(more: Partial<BrowseArguments> = {}): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await page({ ...more, after });
    found.push(...nodes.map((entry) => entry.name));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) return found;
  }
}

describe('browsing pages', () => {
  it('lists the folder once for all its pages', async () => {
    expect(await walk()).toEqual([...names].sort());
    expect(listings).toBe(1);
    expect(await walk({ nameStartsWith: 'FILE 9' })).toEqual(names.filter((name) => name.startsWith('file 9')).sort());
    expect(listings).toBe(2);
  });

  it('of 50,000 files cost no listing and little time after the first', async () => {
    names = Array.from({ length: 50_000 }, (_, index) => `file ${index}`);
    const { pageInfo } = await page();
    const begun = cpuTime();
    const second = await page({ after: pageInfo.endCursor });
    expect(second.nodes).toHaveLength(200);
    expect(listings).toBe(1);
    expect(cpuTime() - begun).toBeLessThan(1_000);
  });

  it('show the folder as it was at the first page, and as it is now at a new first page', async () => {
    const { pageInfo } = await page({ first: 1 });
    names = ['aaa', ...names.slice(1)];
    expect((await page({ first: 1, after: pageInfo.endCursor })).nodes[0]?.name).toBe('file 1');
    expect((await page({ first: 1 })).nodes[0]?.name).toBe('aaa');
  });

  it('go on after the listing has expired when the folder is the same, and never mix a changed one', async () => {
    const { pageInfo } = await page({ first: 1 });
    now += 5 * 60_000;
    expect((await page({ first: 1, after: pageInfo.endCursor })).nodes[0]?.name).toBe('file 1');
    expect(listings).toBe(2);
    now += 5 * 60_000;
    names = ['aaa', ...names];
    await expect(page({ first: 1, after: pageInfo.endCursor })).rejects.toMatchObject({
      extensions: { code: 'CURSOR_INVALID' },
      message: expect.stringContaining('has changed') as string,
    });
  });

  it('of a connection that was changed are listed anew', async () => {
    const { pageInfo } = await page({ first: 1 });
    await page({ first: 1, after: pageInfo.endCursor }, { id: 'con_1', version: 2 });
    expect(listings).toBe(2);
  });

  it('do not take a cursor of another folder, filter or connection', async () => {
    const { pageInfo } = await page({ first: 1 });
    const others: Partial<BrowseArguments>[] = [{ in: { path: '/a' } }, { foldersOnly: true }, { nameStartsWith: 'f' }];
    for (const other of others) {
      await expect(page({ ...other, after: pageInfo.endCursor })).rejects.toMatchObject({
        extensions: { code: 'CURSOR_INVALID' },
      });
    }
    await expect(page({ after: pageInfo.endCursor }, { id: 'con_2', version: 1 })).rejects.toThrow('cursor');
  });
});

describe('kept listings', () => {
  const snapshotOf = (count: number, mark: string) =>
    takeSnapshot(
      Array.from({ length: count }, (_, index) => ({ name: `${mark}${index}`, kind: 'FILE' }) as RemoteEntry),
    );
  const isKept = (owner: string, folder: string, id: string) => snapshots.find({ owner, folder }, id) !== null;

  it('are at most eight of a connection, the least recently used go first', () => {
    const one = snapshotOf(1, 'a');
    for (let index = 0; index < 8; index++) snapshots.keep({ owner: 'x', folder: `${index}` }, one);
    snapshots.keep({ owner: 'y', folder: '0' }, one);
    expect(isKept('x', '0', one.id)).toBe(true);
    snapshots.keep({ owner: 'x', folder: '8' }, one);
    expect(['0', '1', '2'].map((folder) => isKept('x', folder, one.id))).toEqual([true, false, true]);
    expect(isKept('y', '0', one.id)).toBe(true);
  });

  it('hold at most 100,000 entries in all, and none that alone has more', () => {
    const [first, second, huge] = [snapshotOf(60_000, 'a'), snapshotOf(50_000, 'b'), snapshotOf(100_001, 'c')];
    snapshots.keep({ owner: 'x', folder: '/' }, first);
    snapshots.keep({ owner: 'y', folder: '/' }, second);
    expect([isKept('x', '/', first.id), isKept('y', '/', second.id)]).toEqual([false, true]);
    snapshots.keep({ owner: 'z', folder: '/' }, huge);
    expect(isKept('z', '/', huge.id)).toBe(false);
  });
});
