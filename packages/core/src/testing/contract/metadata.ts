import { expect } from 'vitest';
import { unpackItems } from '../../platform/index.js';
import type { Details, Item } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { contentOf, failureOf, sampleBytes } from './bytes.js';

const ALL: Details = { fields: 'ALL', tags: true };

const samplesOf = ({ harness }: Bench) => harness.samples ?? { fields: {}, tags: [] };

async function written(bench: Bench, name = 'file.bin'): Promise<Item> {
  const { fields, tags } = samplesOf(bench);
  const request = { parent: await bench.root(), name, content: contentOf(sampleBytes(10)), fields, tags };
  return (await bench.destination.write(request, bench.call())).item;
}

async function described(bench: Bench, item: Item, fields: Parameters<Describe>[1]): Promise<Item> {
  return bench.destination.describe!(item, fields, bench.call());
}
type Describe = NonNullable<Bench['destination']['describe']>;

/** What a listing tells of the file, with those details. */
async function told(bench: Bench, details?: Details, name = 'file.bin'): Promise<Item> {
  const { items } = await bench.listing({ path: bench.path() }, details ? { details } : {});
  return items.find((item) => item.path.at(-1) === name)!;
}

export function metadataPromises(promise: Promises): void {
  makingPromises(promise);
  changingFields(promise);
  tellingPromises(promise);
}

function makingPromises(promise: Promises): void {
  promise('keeps the fields of what it makes, also of a new version', ['fields', 'source'], async (bench) => {
    const { fields } = samplesOf(bench);
    const item = await written(bench);
    expect((await told(bench, ALL)).fields).toMatchObject(fields);
    await bench.write('file.bin', sampleBytes(20), { replaces: item });
    expect((await told(bench, ALL)).fields).toMatchObject(fields);
    const [key, value] = Object.entries(fields)[0]!;
    const other = (await bench.write('plain.bin', sampleBytes(10))).item;
    await bench.write('plain.bin', sampleBytes(20), { replaces: other, fields: { [key]: value } });
    expect((await told(bench, ALL, 'plain.bin')).fields).toMatchObject({ [key]: value });
  });

  promise('keeps the fields of a folder that it makes', ['fields', 'source'], async (bench) => {
    const { fields } = samplesOf(bench);
    await bench.destination.ensureFolder({ parent: await bench.root(), name: 'folder', fields }, bench.call());
    expect((await told(bench, ALL, 'folder')).fields).toMatchObject(fields);
  });

  promise('keeps the tags of what it makes', ['tags', 'source'], async (bench) => {
    const { tags } = samplesOf(bench);
    await written(bench);
    await bench.destination.ensureFolder({ parent: await bench.root(), name: 'folder', tags }, bench.call());
    for (const name of ['file.bin', 'folder']) expect((await told(bench, ALL, name)).tags).toEqual(tags.toSorted());
  });

  promise('refuses a field that it does not have, and writes nothing', ['fields'], async (bench) => {
    const request = { parent: await bench.root(), name: 'refused.bin', content: contentOf(sampleBytes(10)) };
    const work = bench.destination.write({ ...request, fields: { 'no such field': 'x' } }, bench.call());
    expect((await failureOf(work)).kind).toBe('REJECTED');
    expect(await bench.find('refused.bin')).toBeNull();
  });
}

function changingFields(promise: Promises): void {
  promise('describes fields and leaves the others alone', ['fields', 'source'], async (bench) => {
    const { fields } = samplesOf(bench);
    const item = await written(bench);
    const before = await told(bench, ALL);
    const [[emptied], ...others] = Object.entries(fields) as [[string, string], ...[string, string][]];
    await described(bench, item, { fields: { [emptied]: '' } });
    const after = await told(bench, ALL);
    expect(after.fields?.[emptied]).toBeUndefined();
    expect(after.fields ?? {}).toMatchObject(Object.fromEntries(others));
    expect(after.version).toBe(before.version);
    expect(after.metaVersion).not.toBe(before.metaVersion);
  });

  promise('refuses to describe a field that it does not have', ['fields', 'source'], async (bench) => {
    const item = await written(bench);
    expect((await failureOf(described(bench, item, { fields: { 'no such field': 'x' } }))).kind).toBe('REJECTED');
    expect((await told(bench, ALL)).fields).toMatchObject(samplesOf(bench).fields);
  });

  promise('adds tags to those that are there, twice as once', ['tags', 'source'], async (bench) => {
    const tags = [...samplesOf(bench).tags, 'one more'];
    const item = await written(bench);
    const before = await told(bench, ALL);
    for (const one of [item, before]) await described(bench, one, { tags: [tags[0]!, 'one more'] });
    const after = await told(bench, ALL);
    expect(after.tags).toEqual(tags.toSorted());
    expect(after.metaVersion).not.toBe(before.metaVersion);
  });
}

function tellingPromises(promise: Promises): void {
  promise('tells fields and tags only where they are asked for', ['fields', 'source'], async (bench) => {
    const { fields } = samplesOf(bench);
    const [key, value] = Object.entries(fields)[0]!;
    await written(bench);
    const plain = await told(bench);
    expect([plain.fields, plain.tags]).toEqual([undefined, undefined]);
    expect((await told(bench, { fields: [key], tags: false })).fields).toEqual({ [key]: value });
    const found = await bench.existing('file.bin', ALL);
    expect(found.fields).toMatchObject(fields);
    expect((await bench.existing('file.bin')).fields).toBeUndefined();
  });

  promise('lists fields and tags packed as it does item by item', ['fields', 'packed listings'], async (bench) => {
    await written(bench);
    const request = { folder: { path: bench.path() }, details: ALL };
    const items: Item[] = [];
    for await (const { folders } of bench.source.listPacked!(request, bench.call()))
      items.push(...folders.flatMap((folder) => unpackItems(folder)));
    expect(items).toEqual((await bench.listing(request.folder, request)).items);
    expect(items[0]?.fields).toMatchObject(samplesOf(bench).fields);
  });

  promise('tells the note of each version', ['versions', 'directory', 'destination'], async (bench) => {
    const known = await bench.platform.directory!.list({ kind: 'METADATA', search: null, limit: 500 }, bench.call());
    if (!known.some(({ key }) => key === 'versionNotes')) return;
    const { item } = await bench.write('file.bin', sampleBytes(10), { versionNote: 'first' });
    await bench.write('file.bin', sampleBytes(20), { replaces: item, versionNote: 'second' });
    const listed = await told(bench, ALL);
    expect(listed.fields?.['versionNotes']).toBe('second');
    const versions = await bench.source.versions!(listed, bench.call());
    expect(versions.at(-1)?.fields?.['versionNotes']).toBe('second');
  });
}
