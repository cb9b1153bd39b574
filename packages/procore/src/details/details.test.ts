import { afterEach, describe, expect, it } from 'vitest';
import type { DirectoryKind, Details, Item, PlatformError, WriteRequest } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { openBench, testCall } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

type Behaviour = NonNullable<NonNullable<BenchInput['sandbox']>['behaviour']>;

async function open(behaviour: Behaviour = {}, login?: string): Promise<Bench> {
  const bench = await openBench({ sandbox: { behaviour }, ...(login === undefined ? {} : { login }) });
  benches.push(bench);
  return bench;
}

const ALL: Details = { fields: 'ALL', tags: true };

async function write(bench: Bench, name: string, more: Partial<WriteRequest> = {}) {
  const parent = await bench.platform.find({ path: [] }, testCall());
  const content = {
    size: 1,
    async *read() {
      yield Buffer.from('x');
    },
  };
  return bench.platform.destination!.write({ parent: parent!, name, content, ...more }, testCall());
}

async function listed(bench: Bench, details: Details = ALL): Promise<Item[]> {
  const items: Item[] = [];
  for await (const entry of bench.platform.source!.list({ folder: { path: [] }, details }, testCall()))
    if (entry.type === 'item') items.push(entry.item);
  return items;
}

const names = async (bench: Bench, kind: DirectoryKind) =>
  (await bench.platform.directory!.list({ kind, search: null, limit: 100 }, testCall())).map(({ key }) => key);
const asked = (bench: Bench, part: string) => bench.requests.filter(({ url }) => url.pathname.includes(part)).length;
const calls = (bench: Bench) => bench.requests.filter(({ url }) => url.pathname.startsWith('/rest/')).length;
const entry = async (bench: Bench, path: string) =>
  (await bench.sandbox.control.tree(seeded.projectId)).find((one) => one.path === path);

const FIELDS = { custom_field_41007: 'A-2', custom_field_41010: 'Approved' };

it('privacy is what was asked for, and told where the project makes everything private', async () => {
  const bench = await open();
  expect(await write(bench, 'a.txt', { isPrivate: true })).toMatchObject({ item: { isPrivate: true } });
  expect((await write(bench, 'b.txt', { isPrivate: false })).note).toBeUndefined();
  bench.sandbox.control.setPrivateByDefault(seeded.projectId, true);
  expect(await write(bench, 'c.txt', { isPrivate: false })).toMatchObject({
    item: { isPrivate: true },
    note: 'Procore made it private, as the project does with everything new.',
  });
});

describe('custom fields', () => {
  it('ride in the call that creates the file; their definitions are read once', async () => {
    const bench = await open();
    await write(bench, 'first.txt', { fields: FIELDS });
    expect(asked(bench, 'custom_field')).toBe(1);
    const before = calls(bench);
    await write(bench, 'second.txt', { fields: FIELDS, description: 'Issued', isPrivate: true });
    // One to find the root in this test, and the two that each file costs.
    expect(calls(bench) - before).toBeLessThanOrEqual(3);
    expect(await entry(bench, 'second.txt')).toMatchObject({
      ...{ description: 'Issued', isPrivate: true },
      fields: { Zone: 'A-2', Review: { id: 77, label: 'Approved' } },
    });
  });

  it('cost a call with a new version only where they differ', async () => {
    const bench = await open();
    const { item } = await write(bench, 'a.txt', { fields: FIELDS });
    const before = calls(bench);
    const again = await write(bench, 'a.txt', { replaces: item, fields: FIELDS });
    const same = calls(bench) - before;
    await write(bench, 'a.txt', { replaces: again.item, fields: { custom_field_41007: 'B' } });
    expect(calls(bench) - before - same).toBe(same + 1);
    expect(await entry(bench, 'a.txt')).toMatchObject({ versions: 3, fields: { Zone: 'B' } });
  });

  it('come from definitions and the values of each list where their metadata is not served', async () => {
    const bench = await open({ fieldDefinitions: 'without-metadata' });
    await write(bench, 'a.txt', { fields: { custom_field_41011: 'Civil;Marine' } });
    const entries = await bench.platform.directory!.list({ kind: 'METADATA', search: 'review', limit: 9 }, testCall());
    expect(entries).toMatchObject([{ key: 'custom_field_41010', type: 'CHOICE', choices: ['Approved', 'Rejected'] }]);
    expect((await listed(bench))[0]?.fields).toMatchObject({ custom_field_41011: 'Civil;Marine' });
  });

  it.each(['403', '401'] as const)(
    'are a finding where definitions are refused by %s, and fail nothing',
    async (status) => {
      const bench = await open({ fieldDefinitions: status });
      await bench.sandbox.control.seed(seeded.projectId, [
        { path: 'seen.txt', content: 'x', customFields: { 41_010: 77 } },
      ]);
      const error = await names(bench, 'METADATA').catch((thrown: PlatformError) => thrown);
      expect(error).toMatchObject({
        kind: 'ACCESS_DENIED',
        message: expect.stringContaining('custom fields') as string,
      });
      await listed(bench);
      const before = asked(bench, 'custom_field');
      // A text as it is, and one of a list as it was seen at another item.
      await write(bench, 'a.txt', { fields: FIELDS });
      expect(asked(bench, 'custom_field')).toBe(before);
      expect(await entry(bench, 'a.txt')).toMatchObject({ fields: { Zone: 'A-2', Review: { label: 'Approved' } } });
    },
  );

  it('change the fingerprint of an item also where its time stays', async () => {
    const bench = await open({ touchOnDetails: 'none' });
    const { item } = await write(bench, 'a.txt', { fields: FIELDS });
    const [before] = await listed(bench);
    await bench.platform.destination!.describe!(item, { fields: { custom_field_41007: 'B' } }, testCall());
    expect((await listed(bench))[0]?.metaVersion).not.toBe(before?.metaVersion);
  });

  it('and tags are not asked for by changes, of which Procore may tell none', async () => {
    const bench = await open();
    const token = new Date(0).toISOString();
    const changes = async (details: Details) => {
      const types: string[] = [];
      const request = { folder: { path: [] }, token, details };
      for await (const { type } of bench.platform.source!.changes!(request, testCall())) types.push(type);
      return types;
    };
    expect((await changes({ fields: ['versionNotes'], tags: false })).at(-1)).toBe('end');
    await expect(changes({ fields: ['custom_field_41007'], tags: false })).rejects.toThrow('not certain');
    await expect(changes({ fields: [], tags: true })).rejects.toThrow('not certain');
  });
});

describe('tags', () => {
  const TAGS = ['as-built', 'Pier 4'];

  it('cost a call each', async () => {
    const bench = await open();
    await write(bench, 'first.txt', { tags: TAGS });
    expect(asked(bench, 'document_custom_tags')).toBe(2);
    expect(bench.platform.destination!.cost!('TAG', null)).toBe(1);
    expect((await entry(bench, 'first.txt'))?.tags).toEqual(['Pier 4', 'as-built']);
  });

  it('are listed by one series of pages for each', async () => {
    const bench = await open();
    await bench.sandbox.control.seed(seeded.projectId, [
      { path: 'a.txt', content: 'x', tags: TAGS },
      { path: 'b.txt', content: 'x' },
      { path: 'folder', tags: ['Pier 4'] },
    ]);
    const plain = await listed(bench, { fields: [], tags: false });
    const before = calls(bench);
    await listed(bench, { fields: 'ALL', tags: false });
    const listing = calls(bench) - before;
    const items = await listed(bench);
    expect(calls(bench) - before - listing).toBe(listing + 1 + TAGS.length);
    expect(items.map(({ path, tags }) => [path.join('/'), tags])).toEqual(
      expect.arrayContaining([
        ['a.txt', ['Pier 4', 'as-built']],
        ['b.txt', undefined],
        ['folder', ['Pier 4']],
      ]),
    );
    expect(plain.map(({ tags }) => tags)).toEqual([undefined, undefined, undefined]);
  });

  it.each(['ignored', 'refused'] as const)('are right where the filter is %s', async (tagFilter) => {
    const bench = await open({ tagFilter });
    await bench.sandbox.control.seed(seeded.projectId, [
      { path: 'a.txt', content: 'x', tags: TAGS },
      { path: 'b.txt', content: 'x', tags: ['Pier 4'] },
    ]);
    const byName = new Map((await listed(bench)).map(({ path, tags }) => [path.at(-1), tags]));
    expect([byName.get('a.txt'), byName.get('b.txt')]).toEqual([['Pier 4', 'as-built'], ['Pier 4']]);
  });

  it('may be there already', async () => {
    const bench = await open({ repeatedTag: 'refused', touchOnDetails: 'fields-and-tags' });
    const { item } = await write(bench, 'a.txt', { tags: TAGS });
    await bench.platform.destination!.describe!({ ...item, tags: [] }, { tags: TAGS }, testCall());
    expect((await entry(bench, 'a.txt'))?.tags).toHaveLength(2);
  });

  it('that the account may not set are told, and the file stays', async () => {
    const bench = await open({ strictRights: true }, 'tomas@quay.example');
    const { note } = await write(bench, 'a.txt', { tags: TAGS });
    expect(note).toContain('tags could not be set');
    expect(await entry(bench, 'a.txt')).toMatchObject({ versions: 1, tags: [] });
  });
});

describe('people and groups', () => {
  it('are known by login and by name', async () => {
    const bench = await open();
    expect(await names(bench, 'ACCOUNT')).toEqual(['ivo@quay.example', 'rhea@quay.example', 'tomas@quay.example']);
    await bench.platform.directory!.ensureGroup!('Marine', testCall());
    expect(await names(bench, 'GROUP')).toEqual(['Marine']);
  });

  it('make a group that Procore does not show once', async () => {
    const bench = await open({ hiddenGroups: true });
    for (const _ of [1, 2]) await bench.platform.directory!.ensureGroup!('Marine', testCall());
    expect(await names(bench, 'GROUP')).toEqual([]);
    bench.sandbox.control.setBehaviour({ hiddenGroups: false });
    expect(await names(bench, 'GROUP')).toEqual(['Marine']);
  });

  it.each(['ACCOUNT', 'GROUP'] as const)('are a finding where the directory is refused: %s', async (kind) => {
    const bench = await open({ directoryAccess: '403' });
    const error = await names(bench, kind).catch((thrown: PlatformError) => thrown);
    expect(error).toMatchObject({ kind: 'ACCESS_DENIED', remedy: expect.stringContaining('Directory') as string });
  });
});
