import { expect } from 'vitest';
import type { Item } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { failureOf, sampleBytes } from './bytes.js';

async function moved(bench: Bench, item: Item, parent: Item, name: string): Promise<Item> {
  if (!bench.destination.move) throw new Error('The platform cannot move.');
  return bench.destination.move(item, { parent, name }, bench.call());
}

async function withdrawn(bench: Bench, written: Item, replaced: Item | null): Promise<Item | null> {
  if (!bench.destination.withdraw) throw new Error('The platform takes nothing back.');
  return bench.destination.withdraw({ written, replaced }, bench.call());
}

export function changingPromises(promise: Promises): void {
  promise('removes a file, whose name is free again', ['remove'], async (bench) => {
    for (const seed of [1, 2, 3]) {
      const { item } = await bench.write('file.bin', sampleBytes(100, seed));
      await bench.remove(item);
      expect(await bench.find('file.bin')).toBeNull();
      expect(await bench.names()).toEqual([]);
    }
  });

  promise('removes an empty folder', ['remove', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder/inner' }, { path: 'stays.txt', bytes: 'y' });
    await bench.remove(await bench.existing('folder/inner'));
    await bench.remove(await bench.existing('folder'));
    expect(await bench.find('folder')).toBeNull();
    expect(await bench.find('stays.txt')).not.toBeNull();
  });

  promise('never removes a folder that holds anything', ['remove', 'seed'], async (bench) => {
    await bench.seed({ path: 'with file/file.txt', bytes: 'x' }, { path: 'with folder/inner' });
    for (const name of ['with file', 'with folder']) {
      expect((await failureOf(bench.remove(await bench.existing(name)))).kind).toBe('CONFLICT');
    }
    expect(await bench.find('with file/file.txt')).not.toBeNull();
    expect(await bench.find('with folder/inner')).not.toBeNull();
  });

  promise('never removes a file that is another version now', ['remove', 'reading'], async (bench) => {
    const { item: old } = await bench.write('file.bin', sampleBytes(100, 1));
    const { item } = await bench.write('file.bin', sampleBytes(100, 2), { replaces: old });
    expect((await failureOf(bench.remove(old))).kind).toBe('CONFLICT');
    expect(await bench.read(item)).toEqual(sampleBytes(100, 2));
  });

  promise('throws NOT_FOUND for a removal of what is gone', ['remove'], async (bench) => {
    const { item } = await bench.write('one.bin', sampleBytes(100, 1));
    await bench.remove(item);
    expect((await failureOf(bench.remove(item))).kind).toBe('NOT_FOUND');
  });

  promise(
    'deletes a file or an empty folder for good, and never another version',
    ['removal for good'],
    async (bench) => {
      const { item: old } = await bench.write('file.bin', sampleBytes(100, 1));
      const { item } = await bench.write('file.bin', sampleBytes(100, 2), { replaces: old });
      const folder = await bench.destination.ensureFolder({ parent: await bench.root(), name: 'folder' }, bench.call());
      expect((await failureOf(bench.remove(old, 'FOR_GOOD'))).kind).toBe('CONFLICT');
      for (const one of [item, folder]) await bench.remove(one, 'FOR_GOOD');
      expect(await bench.names()).toEqual([]);
      expect((await failureOf(bench.remove(item, 'FOR_GOOD'))).kind).toBe('NOT_FOUND');
    },
  );

  promise('refuses to delete for good where it keeps what is removed', ['remove'], async (bench) => {
    if (bench.destination.removesForGood) return;
    const { item } = await bench.write('file.bin', sampleBytes(100, 1));
    expect((await failureOf(bench.remove(item, 'FOR_GOOD'))).kind).toBe('REJECTED');
    expect(await bench.names()).toEqual(['file.bin']);
  });

  promise('takes back a new file, whose name is free again', ['withdraw'], async (bench) => {
    const { item: written } = await bench.write('file.bin', sampleBytes(100));
    expect(await withdrawn(bench, written, null)).toBeNull();
    expect(await bench.find('file.bin')).toBeNull();
    expect((await failureOf(withdrawn(bench, written, null))).kind).toBe('NOT_FOUND');
  });

  promise('takes back a version: the former content is the newest again', ['withdraw', 'reading'], async (bench) => {
    const { item: replaced } = await bench.write('file.bin', sampleBytes(100, 1));
    const { item: written } = await bench.write('file.bin', sampleBytes(200, 2), { replaces: replaced });
    const restored = await withdrawn(bench, written, replaced);
    expect(restored).toMatchObject({ id: written.id, size: 100 });
    expect([written.version, replaced.version]).not.toContain(restored?.version);
    expect(await bench.existing('file.bin')).toMatchObject({ version: restored?.version });
    expect(await bench.read(restored!)).toEqual(sampleBytes(100, 1));
  });

  promise('never takes back what somebody changed since', ['withdraw', 'reading'], async (bench) => {
    const { item: first } = await bench.write('file.bin', sampleBytes(100, 1));
    const { item: second } = await bench.write('file.bin', sampleBytes(100, 2), { replaces: first });
    const { item: theirs } = await bench.write('file.bin', sampleBytes(100, 3), { replaces: second });
    expect((await failureOf(withdrawn(bench, first, null))).kind).toBe('CONFLICT');
    expect((await failureOf(withdrawn(bench, second, first))).kind).toBe('CONFLICT');
    expect(await bench.read(theirs)).toEqual(sampleBytes(100, 3));
  });

  promise('renames a file', ['move', 'reading'], async (bench) => {
    const { item } = await bench.write('before.bin', sampleBytes(100));
    const after = await moved(bench, item, await bench.root(), 'after.bin');
    expect(after.path).toEqual(bench.path('after.bin'));
    expect(await bench.find('before.bin')).toBeNull();
    expect(await bench.existing('after.bin')).toMatchObject({ id: after.id, version: after.version });
    expect(await bench.read(after)).toEqual(sampleBytes(100));
  });

  promise('moves a folder with everything in it into another folder', ['move', 'reading', 'seed'], async (bench) => {
    await bench.seed({ path: 'from/file.txt', bytes: 'x' }, { path: 'to' });
    await moved(bench, await bench.existing('from'), await bench.existing('to'), 'renamed');
    expect(await bench.find('from')).toBeNull();
    const file = await bench.existing('to/renamed/file.txt');
    expect(new TextDecoder().decode(await bench.read(file))).toBe('x');
  });

  promise('throws NAME_TAKEN for a move onto a taken name and leaves both', ['move', 'reading'], async (bench) => {
    const { item } = await bench.write('one.bin', sampleBytes(100, 1));
    const { item: other } = await bench.write('two.bin', sampleBytes(100, 2));
    const work = moved(bench, item, await bench.root(), 'two.bin');
    expect((await failureOf(work)).kind).toBe('NAME_TAKEN');
    expect(await bench.read(item)).toEqual(sampleBytes(100, 1));
    expect(await bench.read(other)).toEqual(sampleBytes(100, 2));
  });

  promise('refuses to move a folder into itself and leaves it', ['move', 'seed'], async (bench) => {
    await bench.seed({ path: 'outer/inner/a.txt', bytes: 'x' });
    const outer = await bench.existing('outer');
    for (const into of ['outer', 'outer/inner'])
      await failureOf(moved(bench, outer, await bench.existing(into), 'again'));
    await bench.existing('outer/inner/a.txt');
  });

  promise('throws NOT_FOUND for a move of what is gone', ['move', 'remove'], async (bench) => {
    const { item } = await bench.write('one.bin', sampleBytes(100, 1));
    await bench.remove(item);
    expect((await failureOf(moved(bench, item, await bench.root(), 'two.bin'))).kind).toBe('NOT_FOUND');
  });

  promise('describes a file without touching its content', ['descriptions', 'reading'], async (bench) => {
    const { item } = await bench.write('file.bin', sampleBytes(100));
    const after = await bench.destination.describe?.(item, { description: 'Roof', isPrivate: true }, bench.call());
    expect(after).toMatchObject({ description: 'Roof', isPrivate: true });
    expect(await bench.existing('file.bin')).toMatchObject({ description: 'Roof', isPrivate: true, size: 100 });
    expect(await bench.read(await bench.existing('file.bin'))).toEqual(sampleBytes(100));
  });

  promise('locks a file for others until a time, writes it on, and ends the lock', ['locks'], async (bench) => {
    const { item } = await bench.write('file.bin', sampleBytes(100, 1));
    const lockedUntil = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
    const locked = await bench.destination.describe?.(item, { lockedUntil }, bench.call());
    expect(locked).toMatchObject({ version: item.version, lock: { until: lockedUntil, isOwn: true } });
    expect((await bench.existing('file.bin')).lock).toMatchObject({ until: lockedUntil, isOwn: true });
    const { item: next } = await bench.write('file.bin', sampleBytes(100, 2), { replaces: locked });
    const free = await bench.destination.describe?.(next, { lockedUntil: null }, bench.call());
    expect([free?.lock, (await bench.existing('file.bin')).lock]).toEqual([null, null]);
  });

  promise('leaves alone what a description does not mention', ['descriptions'], async (bench) => {
    const { item } = await bench.write('file.bin', sampleBytes(100));
    await bench.destination.describe?.(item, { description: 'Roof', isPrivate: true }, bench.call());
    await bench.destination.describe?.(await bench.existing('file.bin'), { description: null }, bench.call());
    expect(await bench.existing('file.bin')).toMatchObject({ description: null, isPrivate: true });
  });

  promise('reads back what was written', ['readBack'], async (bench) => {
    const bytes = sampleBytes(200_001);
    const { item } = await bench.write('file.bin', bytes);
    const chunks: Uint8Array[] = [];
    for await (const chunk of bench.destination.readBack?.(item, bench.call()) ?? []) chunks.push(chunk);
    expect(Buffer.compare(Buffer.concat(chunks), bytes)).toBe(0);
  });
}
