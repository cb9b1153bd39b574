import { describe, expect, it } from 'vitest';
import { nameOf, versionFilesOf } from '../plan/index.js';
import { identityOf, packItems, unpackItems, type Item } from '../platform/index.js';
import { item } from '../testing/index.js';
import { KnownFolders, type Changes } from './known-folders.js';
import type { StagedFolder } from './ports/index.js';

/** An item below the job's location `job`, whose identity is the last part of the path where it was first listed. */
const file = (path: string, over: Partial<Item> = {}): Item => {
  const name = path.split('/').at(-1)!;
  return item(`job/${path}`, { identity: { value: name, strength: 'PERMANENT' }, ...over });
};
const folder = (path: string, over: Partial<Item> = {}) =>
  file(path, { kind: 'FOLDER', size: null, version: null, ...over });
const moved = (name: string, path: string) => folder(path, { identity: { value: name, strength: 'PERMANENT' } });

const known = (key: string, ...items: Item[]): StagedFolder => ({
  key,
  items: packItems(key === '' ? ['job'] : ['job', ...key.split('/')], items),
});
const byIdentity = (items: readonly Item[]) => new Map(items.map((one) => [identityOf(one), one]));

interface Told {
  folders?: Item[];
  made?: Item[];
  files?: Item[];
  gone?: string[];
}

function merged({ folders = [], made = [], files = [], gone = [] }: Told): KnownFolders {
  const shown = (items: Item[], isNew: boolean) => items.map((one) => [identityOf(one), { item: one, isNew }] as const);
  const changes: Changes = {
    folders: new Map([...shown(folders, false), ...shown(made, true)]),
    files: byIdentity(files),
    gone: new Set(gone),
  };
  return new KnownFolders({ identity: 'root', path: ['job'] }, changes);
}

async function* inOrder(folders: readonly StagedFolder[]): AsyncIterable<StagedFolder> {
  yield* folders;
}

const told = ({ key, items }: StagedFolder) => [key, items.folder.join('/'), ...unpackItems(items).map(nameOf)];

async function unchanged(folders: KnownFolders, ...listing: StagedFolder[]): Promise<StagedFolder[]> {
  const all: StagedFolder[] = [];
  for await (const one of folders.unchanged(inOrder(listing))) all.push(one);
  return all;
}

const toldUnchanged = async (...given: Parameters<typeof unchanged>) => (await unchanged(...given)).map(told);

describe('files that did not change', () => {
  it('stand where they stood, in the folders that are still there', async () => {
    const all = merged({ folders: [folder('f')] });
    const listing = [known('', folder('f'), file('a')), known('f', file('f/b'))];
    expect(await toldUnchanged(all, ...listing)).toEqual([
      ['', 'job', 'a'],
      ['f', 'job/f', 'b'],
    ]);
  });

  it('go with their folder to its new place, at any depth, with their new paths', async () => {
    const all = merged({ folders: [moved('f', 'g/f2'), moved('s', 'g/f2/s'), folder('g')] });
    const listing = [known('', folder('f'), folder('g')), known('f', folder('f/s')), known('f/s', file('f/s/b'))];
    const files = await unchanged(all, ...listing);
    expect(files.map(told)).toEqual([['g/f2/s', 'job/g/f2/s', 'b']]);
    expect(files.flatMap(({ items }) => unpackItems(items)).map(({ path }) => path.join('/'))).toEqual([
      'job/g/f2/s/b',
    ]);
  });

  it.each<[string, Told]>([
    ['changed', { files: [file('a', { version: '2' })] }],
    ['are gone', { gone: ['a'] }],
  ])('are not those that %s', async (_, changes) => {
    expect(await toldUnchanged(merged(changes), known('', file('a'), file('b')))).toEqual([['', 'job', 'b']]);
  });

  it('are none in a folder that is gone, or that holds none', async () => {
    const listing = [known('', folder('f'), folder('g')), known('f', file('f/b')), known('g', folder('g/s'))];
    expect(await toldUnchanged(merged({ folders: [folder('g')] }), ...listing)).toEqual([]);
  });

  it('are files alone: former contents are made of them anew', async () => {
    const [former] = versionFilesOf(file('a', { formerVersions: 1 }), Infinity);
    expect(await toldUnchanged(merged({}), known('', file('a'), former!))).toEqual([['', 'job', 'a']]);
  });
});

describe('what is shown now', () => {
  it('are all folders and the files that changed, in the folders that hold them', () => {
    const all = merged({
      folders: [folder('f')],
      made: [folder('f/s')],
      files: [file('a'), file('f/b'), file('f/s/c')],
    });
    expect([...all.shown()].map(told)).toEqual([
      ['', 'job', 'f', 'a'],
      ['f', 'job/f', 's', 'b'],
      ['f/s', 'job/f/s', 'c'],
    ]);
  });

  it('passes on five hundred items of one folder at a time', () => {
    const files = Array.from({ length: 1_001 }, (_, n) => file(`${n}`));
    expect([...merged({ files }).shown()].map(({ items }) => items.count)).toEqual([500, 500, 1]);
  });
});

describe('a folder of which the known listing knows nothing', () => {
  it('is explained where it was made since', async () => {
    const all = merged({ folders: [folder('f')], made: [folder('g')] });
    await unchanged(all, known('', folder('f')));
    expect(() => all.requireExplained()).not.toThrow();
  });

  it('may hold what is not told', async () => {
    const all = merged({ folders: [folder('f/s')] });
    await unchanged(all, known('', file('a')));
    expect(() => all.requireExplained()).toThrow(
      'The folder "/job/f/s" came from elsewhere, and what it holds is not told.',
    );
  });
});

describe('a known listing is of no use', () => {
  it('where two folders have one place', async () => {
    const twin = folder('f', { identity: { value: 'twin', strength: 'PERMANENT' } });
    await expect(unchanged(merged({}), known('', folder('f'), twin))).rejects.toMatchObject({
      kind: 'PLATFORM_ERROR',
      message: 'Two folders have the place "/job/f".',
    });
    expect(await toldUnchanged(merged({}), known('', folder('f'), folder('f')))).toEqual([]);
  });

  it.each<[string, Partial<Item>]>([
    ['may see', { isPrivate: true }],
    ['may change', { isReadOnly: true }],
  ])('where other people %s what is in a folder', async (_, over) => {
    const now = folder('g', { ...over, identity: { value: 'f', strength: 'PERMANENT' } });
    await expect(unchanged(merged({ folders: [now] }), known('', folder('f')))).rejects.toThrow(
      'Who may see or change the folder "/job/g" is different now.',
    );
  });
});
