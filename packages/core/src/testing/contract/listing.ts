import { expect } from 'vitest';
import { NO_CONDITION } from '../../filter/index.js';
import { identityOf, unpackItems, type Item, type ListingProof, type ListRequest } from '../../platform/index.js';
import type { Seed } from '../seed.js';
import type { Bench, Promises } from './bench.js';
import { failureOf } from './bytes.js';

const FOLDERS = 12;
const FILES_PER_FOLDER = 20;

/** Nested folders with some hundred small files. */
function largeTree(): Seed[] {
  const folder = (index: number) => (index === 0 ? 'plans' : `plans/${String(index)}`);
  return Array.from({ length: FOLDERS }, (_, index) => folder(index)).flatMap((path, index) => [
    { path },
    ...Array.from({ length: FILES_PER_FOLDER }, (_, n) => ({
      path: `${path}/${index}-${n}.txt`,
      bytes: `${index}/${n}`,
    })),
  ]);
}

function keyOf(item: Item): string {
  return item.path.join('/');
}

function expectParentsFirst(items: readonly Item[], root: Item): void {
  const seen = new Map([[root.id, root]]);
  for (const item of items) {
    const parent = seen.get(item.parentId ?? '');
    expect(parent?.path, `parent of ${keyOf(item)}`).toEqual(item.path.slice(0, -1));
    seen.set(item.id, item);
  }
  expect(seen.size).toBe(items.length + 1);
}

export function listingPromises(promise: Promises): void {
  promise('lists hundreds of items once each, parents before children', ['source', 'seed'], async (bench) => {
    const tree = largeTree();
    await bench.seed(...tree);
    const items = await bench.list();
    expectParentsFirst(items, await bench.root());
    expect(items.map(keyOf).sort()).toEqual(tree.map((entry) => bench.path(entry.path).join('/')).sort());
  });

  promise('lists nothing below an empty folder, and not the folder itself', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'empty' });
    expect(await bench.list({ path: bench.path('empty') })).toEqual([]);
  });

  promise('lists only direct children when it is shallow', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'a/b/deep.txt', bytes: 'deep' }, { path: 'a/near.txt', bytes: 'near' });
    const items = await bench.list({ path: bench.path('a') }, true);
    expect(items.map((item) => item.path.at(-1)).sort()).toEqual(['b', 'near.txt']);
  });

  promise(
    'ends a listing with its proof: the folder that stands there, and all that was shown',
    ['source', 'seed'],
    async (bench) => {
      await bench.seed({ path: 'a/b/deep.txt', bytes: 'deep' }, { path: 'a/near.txt', bytes: 'near' });
      for (const folder of [await bench.root(), await bench.existing('a')]) {
        const { items, proof, entries } = await bench.listing({ path: folder.path });
        expect(proof).toMatchObject({ root: identityOf(folder), seen: items.length, place: entries });
        expect(proof?.total ?? items.length).toBe(items.length);
      }
    },
  );

  promise(
    'may leave out what is below a folder that filters leave out by its place, and shows everything else',
    ['source', 'seed'],
    async (bench) => {
      await bench.seed(
        { path: 'a/tmp/deep/b.txt', bytes: 'b' },
        { path: 'a/tmp.txt', bytes: 'c' },
        { path: 'a/in/x.tmp', bytes: 'd' },
      );
      const rules = [{ ...NO_CONDITION, isExclusion: true, globs: ['tmp', '*.tmp'] }];
      const { items, proof } = await bench.listing({ path: bench.path('a') }, { rules });
      const shown = items.map(({ path }) => path.slice(bench.path('a').length).join('/'));
      expect(shown.filter((path) => !path.startsWith('tmp/')).sort()).toEqual(['in', 'in/x.tmp', 'tmp', 'tmp.txt']);
      expect(proof?.seen).toBe(items.length);
    },
  );

  promise('lists a folder by its identifier', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'a/b/deep.txt', bytes: 'deep' }, { path: 'other.txt', bytes: 'other' });
    const { id } = await bench.existing('a');
    expect((await bench.list({ id })).map(keyOf)).toEqual(
      [bench.path('a/b'), bench.path('a/b/deep.txt')].map((p) => p.join('/')),
    );
  });

  promise('throws NOT_FOUND for a missing folder', ['source'], async (bench) => {
    const missing = bench.list({ path: bench.path('missing') });
    expect((await failureOf(missing)).kind).toBe('NOT_FOUND');
  });

  promise('states kind, size and version of what it lists', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder/file.txt', bytes: 'twelve bytes' });
    const [folder, file] = await bench.list();
    expect(folder).toMatchObject({ kind: 'FOLDER', version: null });
    expect(file).toMatchObject({ kind: 'FILE', size: 12, parentId: folder?.id });
    expect(file?.version).toEqual(expect.any(String));
  });

  promise('keeps identifiers and versions while nothing changes', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder/file.txt', bytes: 'same' });
    const facts = (items: Item[]) => items.map((item) => [keyOf(item), item.id, item.version]);
    expect(facts(await bench.list())).toEqual(facts(await bench.list()));
  });

  promise('gives changed content another version', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'file.txt', bytes: 'first' });
    const [before] = await bench.list();
    await bench.seed({ path: 'file.txt', bytes: 'later' });
    const [after] = await bench.list();
    expect(after?.version).not.toBe(before?.version);
  });

  packedPromises(promise);
  findingPromises(promise);
}

async function unpackedListing(bench: Bench, request: ListRequest) {
  const items: Item[] = [];
  const proofs: ListingProof[] = [];
  for await (const { folders, problems, deleted, proof } of bench.source.listPacked!(request, bench.call())) {
    expect([...problems, ...deleted]).toEqual([]);
    for (const folder of folders) items.push(...unpackItems(folder));
    if (proof) proofs.push(proof);
  }
  return { items, proofs };
}

function packedPromises(promise: Promises): void {
  promise('lists packed what it lists item by item', ['source', 'seed', 'packed listings'], async (bench) => {
    await bench.seed(...largeTree());
    const byKey = (items: Item[]) => items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    for (const [path, isShallow] of [
      [bench.path(), false],
      [bench.path('plans'), true],
    ] as const) {
      const packed = await unpackedListing(bench, { folder: { path }, isShallow });
      const { items, proof } = await bench.listing({ path }, { isShallow });
      expect(items.length).toBeGreaterThanOrEqual(FILES_PER_FOLDER);
      expect(byKey(packed.items)).toEqual(byKey(items));
      expect(packed.proofs).toMatchObject([{ root: proof?.root, seen: proof?.seen, total: proof?.total }]);
    }
  });

  promise('throws NOT_FOUND for a missing folder, packed too', ['source', 'packed listings'], async (bench) => {
    const missing = unpackedListing(bench, { folder: { path: bench.path('missing') } });
    expect((await failureOf(missing)).kind).toBe('NOT_FOUND');
  });
}

function findingPromises(promise: Promises): void {
  const expectSame = async (bench: Bench, item: Item) => {
    const { id, kind, path, parentId, size, version } = item;
    const facts = { id, kind, path, parentId, size, version };
    expect(await bench.platform.find({ path }, bench.call())).toMatchObject(facts);
    expect(await bench.platform.find({ id }, bench.call())).toMatchObject(facts);
  };

  promise('finds files and folders by path and by identifier as they are listed', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder/inner/file.txt', bytes: 'x' });
    const items = await bench.list();
    expect(items).toHaveLength(3);
    for (const item of items) await expectSame(bench, item);
  });

  promise('finds the root', [], async (bench) => {
    const root = await bench.platform.find({ path: [] }, bench.call());
    expect(root).toMatchObject({ kind: 'FOLDER', path: [] });
  });

  promise('finds null where there is nothing', [], async (bench) => {
    expect(await bench.find('missing.txt')).toBeNull();
    expect(await bench.find('missing/file.txt')).toBeNull();
    expect(await bench.platform.find({ id: '999999999' }, bench.call())).toBeNull();
  });

  promise('finds null below a file', ['seed'], async (bench) => {
    await bench.seed({ path: 'file.txt', bytes: 'x' });
    expect(await bench.find('file.txt/below')).toBeNull();
  });
}
