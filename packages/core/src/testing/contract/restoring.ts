import { expect } from 'vitest';
import type { Item } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { failureOf, sampleBytes } from './bytes.js';

const AT = new Date('2026-11-21T12:00:00Z');

/** Removed a moment ago. */
async function removedFile(bench: Bench, name = 'file.bin'): Promise<Item> {
  const { item } = await bench.write(name, sampleBytes(100));
  const former = (await bench.find(name)) ?? item;
  await bench.remove(former, 'RESTORABLE', AT);
  return former;
}

const asRemoved = (bench: Bench, former: Item, name = former.path.at(-1)!) => ({
  ...{ former, name, replaces: null },
  trash: bench.trash(AT),
});

export function restoringPromises(promise: Promises): void {
  promise('brings back a file that was removed, with its content', ['restore', 'remove', 'reading'], async (bench) => {
    const former = await removedFile(bench);
    const item = await bench.restore(asRemoved(bench, former));
    expect(item).toMatchObject({
      kind: 'FILE',
      path: former.path,
      version: former.version,
      size: 100,
    });
    expect(await bench.existing('file.bin')).toMatchObject({
      id: item.id,
      version: former.version,
    });
    expect(await bench.read(item)).toEqual(sampleBytes(100));
  });

  promise(
    'tells the right ones of several that were removed from one place',
    ['restore', 'remove', 'reading'],
    async (bench) => {
      const formers: Item[] = [];
      for (const seed of [1, 2, 3]) {
        const { item } = await bench.write('file.bin', sampleBytes(100, seed));
        formers.push((await bench.find('file.bin')) ?? item);
        await bench.remove(formers.at(-1)!, 'RESTORABLE', AT);
      }
      for (const [index, former] of formers.entries()) {
        const item = await bench.restore(asRemoved(bench, former, `back ${index}.bin`));
        expect(await bench.read(item)).toEqual(sampleBytes(100, index + 1));
      }
    },
  );

  promise('brings back a folder, and then what was in it', ['restore', 'remove', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder/inner.txt', bytes: 'x' });
    const [folder, file] = [await bench.existing('folder'), await bench.existing('folder/inner.txt')];
    await bench.remove(file, 'RESTORABLE', AT);
    await bench.remove(folder, 'RESTORABLE', AT);
    const parent = await bench.restore(asRemoved(bench, folder));
    expect(parent).toMatchObject({ kind: 'FOLDER', path: folder.path });
    await bench.restore({ ...asRemoved(bench, file), parent });
    expect(await bench.find('folder/inner.txt')).not.toBeNull();
  });

  promise(
    'never takes the place of something else, and leaves it kept',
    ['restore', 'remove', 'reading'],
    async (bench) => {
      const former = await removedFile(bench);
      const { item: theirs } = await bench.write('file.bin', sampleBytes(100, 2));
      expect((await failureOf(bench.restore(asRemoved(bench, former)))).kind).toBe('NAME_TAKEN');
      expect(await bench.read(theirs)).toEqual(sampleBytes(100, 2));
      expect(await bench.read(await bench.restore(asRemoved(bench, former, 'beside.bin')))).toEqual(sampleBytes(100));
    },
  );

  promise('brings back once, however often it is asked', ['restore', 'remove'], async (bench) => {
    const former = await removedFile(bench);
    const first = await bench.restore(asRemoved(bench, former));
    const again = await bench.restore({ ...asRemoved(bench, former), inDoubtSince: AT });
    expect(again).toMatchObject({ id: first.id, version: first.version });
  });

  promise('gives a file the content that it had before', ['kept versions', 'reading'], async (bench) => {
    const { item: former } = await bench.write('file.bin', sampleBytes(100, 1));
    const given = { name: 'file.bin', trash: bench.trash(AT) };
    const { item: replaces } = await bench.write('file.bin', sampleBytes(200, 2), {
      replaces: former,
      trash: bench.trash(AT),
    });
    const item = await bench.restore({ ...given, former, replaces });
    expect(item.size).toBe(100);
    expect(item.version).not.toBe(replaces.version);
    expect(await bench.read(await bench.existing('file.bin'))).toEqual(sampleBytes(100, 1));
    const again = await bench.restore({ ...given, former, replaces, inDoubtSince: bench.now() });
    expect(again.version).toBe(item.version);
  });

  promise(
    'never gives a former content to a file that somebody changed',
    ['kept versions', 'reading'],
    async (bench) => {
      const { item: former } = await bench.write('file.bin', sampleBytes(100, 1));
      const { item: replaces } = await bench.write('file.bin', sampleBytes(100, 2), {
        replaces: former,
        trash: bench.trash(AT),
      });
      const { item: theirs } = await bench.write('file.bin', sampleBytes(100, 3), { replaces });
      const work = bench.restore({ former, replaces, name: 'file.bin', trash: bench.trash(AT) });
      expect((await failureOf(work)).kind).toBe('CONFLICT');
      expect(await bench.read(theirs)).toEqual(sampleBytes(100, 3));
    },
  );
}
