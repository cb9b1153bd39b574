import { expect } from 'vitest';
import type { Promises } from './bench.js';
import { contentOf, failureOf, sampleBytes } from './bytes.js';

export function folderPromises(promise: Promises): void {
  promise('creates a folder that is there at once', ['destination'], async (bench) => {
    const made = await bench.destination.ensureFolder({ parent: await bench.root(), name: 'new' }, bench.call());
    expect(made).toMatchObject({ kind: 'FOLDER', path: bench.path('new'), parentId: (await bench.root()).id });
    expect(await bench.find('new')).toMatchObject({ id: made.id, kind: 'FOLDER' });
  });

  promise('creates folders within folders', ['destination'], async (bench) => {
    let parent = await bench.root();
    for (const name of ['a', 'b', 'c']) parent = await bench.destination.ensureFolder({ parent, name }, bench.call());
    expect(await bench.find('a/b/c')).toMatchObject({ id: parent.id, path: bench.path('a/b/c') });
  });

  promise('returns the folder that is there', ['destination'], async (bench) => {
    const request = { parent: await bench.root(), name: 'same' };
    const first = await bench.destination.ensureFolder(request, bench.call());
    const again = await bench.destination.ensureFolder({ ...request, inDoubtSince: bench.now() }, bench.call());
    expect((await bench.destination.ensureFolder(request, bench.call())).id).toBe(first.id);
    expect(again.id).toBe(first.id);
  });

  promise('makes one folder of several requests at the same time', ['destination'], async (bench) => {
    const request = { parent: await bench.root(), name: 'once' };
    const made = await Promise.all(
      Array.from({ length: 5 }, () => bench.destination.ensureFolder(request, bench.call())),
    );
    expect(new Set(made.map((folder) => folder.id)).size).toBe(1);
    if (bench.platform.source) expect(await bench.names()).toEqual(['once/']);
  });

  promise('throws NAME_TAKEN where a file is in the way of a folder', ['destination', 'seed'], async (bench) => {
    await bench.seed({ path: 'name', bytes: 'a file' });
    const made = bench.destination.ensureFolder({ parent: await bench.root(), name: 'name' }, bench.call());
    expect((await failureOf(made)).kind).toBe('NAME_TAKEN');
  });

  promise('keeps the time of a folder where it can set one', ['destination'], async (bench) => {
    if (!bench.destination.setFolderTime) return;
    const folder = await bench.destination.ensureFolder({ parent: await bench.root(), name: 'old' }, bench.call());
    await bench.destination.write({ parent: folder, name: 'file', content: contentOf(sampleBytes(10)) }, bench.call());
    const modifiedAt = new Date('2019-03-04T05:06:07.123Z');
    await bench.destination.setFolderTime(folder, { modifiedAt }, bench.call());
    expect((await bench.existing('old')).modifiedAt).toEqual(modifiedAt);
  });

  promise('throws NOT_FOUND when the parent is gone', ['destination', 'remove'], async (bench) => {
    const parent = await bench.destination.ensureFolder({ parent: await bench.root(), name: 'gone' }, bench.call());
    await bench.remove(parent);
    const made = bench.destination.ensureFolder({ parent, name: 'child' }, bench.call());
    expect((await failureOf(made)).kind).toBe('NOT_FOUND');
  });
}
