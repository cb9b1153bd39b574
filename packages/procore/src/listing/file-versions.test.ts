import { afterEach, describe, expect, it } from 'vitest';
import type { Item } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { openBench, testCall } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

type Behaviour = NonNullable<NonNullable<BenchInput['sandbox']>['behaviour']>;

/** A folder with so many files of three versions and as many of one. */
async function folderOf(count: number, behaviour: Behaviour = {}): Promise<Bench> {
  const bench = await openBench({ sandbox: { behaviour } });
  benches.push(bench);
  const files = Array.from({ length: count }, (_, number) => number);
  const put = (path: string, content: string) => bench.sandbox.control.seed(seeded.projectId, [{ path, content }]);
  for (const number of files) {
    await put(`f/alone ${number}.txt`, 'a');
    for (const content of ['one', 'two', 'three']) await put(`f/${number}.txt`, content);
  }
  return bench;
}

async function listed(bench: Bench): Promise<Item[]> {
  const items: Item[] = [];
  for await (const entry of bench.platform.source!.list({ folder: { path: [] } }, testCall()))
    if (entry.type === 'item' && entry.item.formerVersions) items.push(entry.item);
  return items;
}

const asked = (bench: Bench, part: string) => bench.requests.filter(({ url }) => url.pathname.includes(part)).length;

/** Calls for folders and for files that telling the versions of all files takes. */
async function calls(bench: Bench, items: readonly Item[]): Promise<{ folders: number; files: number }> {
  const before = [asked(bench, '/folders/'), asked(bench, '/files/')];
  const all = await Promise.all(items.map((item) => bench.platform.source!.versions!(item, testCall())));
  for (const [index, versions] of all.entries()) {
    expect(versions).toHaveLength(3);
    expect(versions.at(-1)).toEqual(items[index]);
    expect(new Set(versions.map(({ version }) => version)).size).toBe(3);
  }
  return { folders: asked(bench, '/folders/') - before[0]!, files: asked(bench, '/files/') - before[1]! };
}

describe('the versions of files cost', () => {
  it.each([
    [1, { folders: 0, files: 1 }],
    [4, { folders: 1, files: 0 }],
  ])('whichever is fewer, folder or files, where %i of a folder have former ones', async (count, expected) => {
    const bench = await folderOf(count);
    expect(await calls(bench, await listed(bench))).toEqual(expected);
  });

  it('a call for each file where folders do not tell all, which is asked once', async () => {
    const bench = await folderOf(3, { folderVersions: 'newest' });
    expect(await calls(bench, await listed(bench))).toEqual({ folders: 1, files: 3 });
    expect(await calls(bench, await listed(bench))).toEqual({ folders: 0, files: 3 });
  });

  it('one more for a file that got another version since its folder was asked', async () => {
    const bench = await folderOf(2);
    const items = await listed(bench);
    await calls(bench, items);
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'f/0.txt', content: 'four' }]);
    const [now] = (await listed(bench)).filter(({ path }) => path.at(-1) === '0.txt');
    expect(await bench.platform.source!.versions!(now!, testCall())).toHaveLength(4);
    expect(asked(bench, '/files/')).toBe(1);
  });

  it('what was broken off for one file is told to the others', async () => {
    const bench = await folderOf(2);
    const [first, second] = await listed(bench);
    const stopped = new AbortController();
    const broken = bench.platform.source!.versions!(first!, { ...testCall(), signal: stopped.signal });
    const other = bench.platform.source!.versions!(second!, testCall());
    stopped.abort();
    await expect(broken).rejects.toMatchObject({ kind: 'ABORTED' });
    expect(await other).toHaveLength(3);
  });
});
