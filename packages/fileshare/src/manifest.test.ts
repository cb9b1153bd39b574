import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unpackItems } from '@sluice/core/platform';
import type { Item, ListEntry, ListRequest, WriteRequest } from '@sluice/core/platform';
import { newestOf, readManifestText } from './disk/manifest.js';
import { createFilesharePlatform } from './platform.js';
import { ThreadLane } from './thread-lane.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { collect, content, failureOf, ShareFixture } from './testing/share-fixture.js';

const ALL = { fields: 'ALL', tags: true } as const;
const GIVEN = {
  description: 'as built',
  isPrivate: true,
  tags: ['roof, north', 'plan'],
  fields: { 'manifest:Stage': 'approved' },
  versionNote: 'first',
};

let share: ShareFixture;
let hooks: HookedDisk;

beforeEach(async () => {
  hooks = new HookedDisk();
  share = await ShareFixture.create('NEVER', undefined, hooks.disk, true);
});
afterEach(() => share.dispose());

const parent = () => share.item('');
async function write(name: string, more: Partial<WriteRequest> = GIVEN) {
  return share.destination.write({ parent: await parent(), name, content: content('some'), ...more }, share.call());
}
async function entries(more: Partial<ListRequest> = {}): Promise<ListEntry[]> {
  return collect(share.source.list({ folder: { path: [] }, details: ALL, ...more }, share.call()));
}
async function listed(more: Partial<ListRequest> = {}): Promise<Item[]> {
  return (await entries(more)).flatMap((entry) => (entry.type === 'item' ? [entry.item] : []));
}
const told = (name: string) => share.platform.find({ path: name.split('/') }, share.call(), ALL);
const manifest = (folder = '') => JSON.parse(readFileSync(share.root(`${folder}.sluice.json`), 'utf8')) as unknown;

describe('the manifest of a folder', () => {
  test('keeps what the file system has no place for, and tells it of the item, however it is listed', async () => {
    const { item, note } = await write('a.pdf');
    expect(note).toBeUndefined();
    expect(item).toMatchObject({ description: 'as built', isPrivate: true });
    const [file, ...others] = await listed();
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      ...{ description: 'as built', isPrivate: true, tags: ['plan', 'roof, north'] },
      fields: { 'manifest:Stage': 'approved', versionNotes: 'first', name: 'a.pdf' },
    });
    expect(file?.metaVersion).toBe(item.metaVersion);
    const parts = await collect(share.source.listPacked!({ folder: { path: [] }, details: ALL }, share.call()));
    expect(parts.flatMap(({ folders }) => folders.flatMap((folder) => unpackItems(folder)))).toEqual([file]);
    expect(await told('a.pdf')).toEqual(file);
    expect((await listed({ details: { fields: ['manifest:Stage'], tags: false } }))[0]).toMatchObject({
      fields: { 'manifest:Stage': 'approved' },
    });
    expect((await share.item('a.pdf')).fields).toBeUndefined();
  });

  test('is written before the file has its name, so that no crash parts them, and twice is as good as once', async () => {
    hooks.before = (call, args) => {
      if (call === 'renameToFree' && String(args[1]).endsWith('a.pdf')) throw systemError('EIO');
    };
    await failureOf(write('a.pdf'));
    expect(manifest()).toMatchObject({ items: { 'a.pdf': { description: 'as built' } } });
    hooks.before = () => {};
    await write('a.pdf', { ...GIVEN, inDoubtSince: new Date() });
    const again = await write('a.pdf', { ...GIVEN, inDoubtSince: new Date() });
    expect(again).toMatchObject({ wasAlreadyThere: true, item: { description: 'as built' } });
    expect(again.item.metaVersion).toBe((await told('a.pdf'))?.metaVersion);
  });

  test('is written once for files of a folder that come at the same time, and leaves the folder its time', async () => {
    let writes = 0;
    hooks.before = (call, args) => {
      if (call === 'rename' && String(args[1]).endsWith('.sluice.json')) writes += 1;
    };
    const names = Array.from({ length: 40 }, (_, at) => `${at}.pdf`);
    await Promise.all(names.map((name) => write(name)));
    expect(writes).toBeLessThanOrEqual(4);
    expect(Object.keys((manifest() as { items: object }).items)).toHaveLength(40);
    const time = new Date('2019-03-05T06:07:08Z');
    utimesSync(share.root(), time, time);
    await share.destination.describe(await share.item('1.pdf'), { description: 'other' }, share.call());
    expect(statSync(share.root()).mtime).toEqual(time);
  });

  test('forgets what it kept of an earlier file of that name, and changes only what is mentioned of one that stays', async () => {
    const { item } = await write('a.pdf');
    const described = await share.destination.describe(item, { isPrivate: false, tags: ['new'] }, share.call());
    expect(described.metaVersion).toBe((await told('a.pdf'))?.metaVersion);
    expect(await told('a.pdf')).toMatchObject({
      ...{ description: 'as built', isPrivate: false, tags: ['new', 'plan', 'roof, north'] },
    });
    await write('a.pdf', { replaces: described, fields: { 'manifest:Stage': '' } });
    const replaced = (await told('a.pdf'))!;
    expect([replaced.description, replaced.fields?.['manifest:Stage']]).toEqual(['as built', undefined]);
    await share.destination.remove({ item: replaced, trash: { root: [], at: null } }, share.call());
    await write('a.pdf', {});
    expect(await told('a.pdf')).toMatchObject({ description: null, isPrivate: null });
  });

  test('follows an item that moves, and a folder that goes to the trash and comes back', async () => {
    const folder = await share.destination.ensureFolder(
      { parent: await parent(), name: 'plans', isPrivate: true },
      share.call(),
    );
    expect(folder).toMatchObject({ isPrivate: true });
    const moved = await share.destination.move(
      (await write('a.pdf')).item,
      { parent: folder, name: 'b.pdf' },
      share.call(),
    );
    expect(moved).toMatchObject({ description: 'as built' });
    expect(await told('plans/b.pdf')).toMatchObject({ description: 'as built', tags: ['plan', 'roof, north'] });
    expect(manifest()).toEqual({ sluice: 1, items: { plans: { private: true } } });
    const trash = { root: [], at: new Date('2026-11-21T12:00:00Z') };
    await share.destination.remove({ item: moved, trash }, share.call());
    const standing = await share.item('plans');
    await share.destination.remove({ item: standing, trash }, share.call());
    expect(await listed()).toEqual([]);
    for (const former of [standing, moved]) {
      const into = former === moved ? await share.item('plans') : await parent();
      const name = former.path.at(-1)!;
      await share.destination.restore({ former, parent: into, name, replaces: null, trash }, share.call());
    }
    expect(await told('plans/b.pdf')).toMatchObject({ description: 'as built' });
  });

  test('is no item: it is not listed, does not keep a folder, and no file may have its name', async () => {
    await write('a.pdf');
    expect((await listed()).map(({ path }) => path)).toEqual([['a.pdf']]);
    expect((await failureOf(write('.sluice.json'))).kind).toBe('NAME_INVALID');
    expect(share.platform.limits.reservedNames).toContain('.sluice.json');
  });
});

describe('what several processes keep in one folder', () => {
  /** What another machine does, at a moment when it is not held up by a lock of this one. */
  const byAnother = (name: string) => {
    const place = share.root('.sluice.json');
    const before = existsSync(place) ? (manifest() as { items: object }).items : {};
    writeFileSync(`${place}.other`, JSON.stringify({ sluice: 1, items: { ...before, [name]: { note: 'other' } } }));
    renameSync(`${place}.other`, place);
  };

  test.each([
    ['the first one is made', 'renameToFree', []],
    ['it is changed', 'lstat', ['old.pdf']],
  ] as const)('is all there where another machine was faster when %s', async (_, call, before) => {
    for (const name of before) await write(name);
    let left = 1;
    hooks.before = (made, args) => {
      const isAbout = args.some((arg) => String(arg).endsWith('.sluice.json'));
      if ((made === call || (call === 'lstat' && made === 'look')) && isAbout && left-- > 0) byAnother('b.pdf');
    };
    const { note } = await write('a.pdf');
    expect([note, left]).toEqual([undefined, expect.any(Number)]);
    expect(left).toBeLessThan(1);
    expect(Object.keys((manifest() as { items: object }).items).sort()).toEqual(['a.pdf', 'b.pdf', ...before]);
  });

  test('is refused, and left to the others, where they are faster again and again', async () => {
    await write('old.pdf');
    hooks.before = (made, args) => {
      if (made === 'look' && String(args[0]).endsWith('.sluice.json')) byAnother(`b${Math.random()}.pdf`);
    };
    const { note } = await write('a.pdf');
    hooks.before = () => {};
    expect(note).toContain('.sluice.json of its folder');
    expect(Object.keys((manifest() as { items: object }).items)).toContain('old.pdf');
    expect(readdirSync(share.root()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('is all there where threads, as processes do, keep something at the same moment', async () => {
    const options = { root: share.root(), clock: { now: () => 0 }, random: Math.random, hasManifest: true };
    const both = await Promise.all([0, 1].map(() => createFilesharePlatform({ ...options, lane: new ThreadLane() })));
    const folder = await parent();
    const all = both.flatMap((platform, at) =>
      Array.from({ length: 12 }, async (_, index) => {
        await setTimeout(index % 4);
        const request = { ...GIVEN, parent: folder, name: `${at}-${index}.pdf`, content: content('x') };
        return platform.destination!.write(request, share.call());
      }),
    );
    const notes = (await Promise.all(all)).map(({ note }) => note);
    await Promise.all(both.map((platform) => platform.close?.()));
    expect(notes.filter((note) => note !== undefined)).toEqual([]);
    expect(Object.keys((manifest() as { items: object }).items)).toHaveLength(24);
  });
});

describe('what is kept of items that are gone', () => {
  const DAY_MS = 86_400_000;
  const kept = () => Object.keys((manifest() as { items: object }).items).sort();
  const writtenBefore = (ms: number) => {
    const time = new Date(share.now - ms);
    utimesSync(share.root('.sluice.json'), time, time);
  };

  test('is forgotten with the first change after a day without one, and not before', async () => {
    share.now = Date.now();
    for (const name of ['gone.pdf', 'stays.pdf']) await write(name);
    rmSync(share.root('gone.pdf'));
    writtenBefore(DAY_MS - 60_000);
    await write('a.pdf');
    expect(kept()).toEqual(['a.pdf', 'gone.pdf', 'stays.pdf']);
    writtenBefore(DAY_MS + 60_000);
    await write('b.pdf');
    expect(kept()).toEqual(['a.pdf', 'b.pdf', 'stays.pdf']);
  });

  test('is not forgotten while a file is on its way there that was begun by then', async () => {
    for (const name of ['gone.pdf', 'stays.pdf']) await write(name);
    rmSync(share.root('gone.pdf'));
    const stays = await share.item('stays.pdf');
    const part = share.root('.sluice-0a1b2c3d-1-1-0a1b2c3d-x1.part');
    writeFileSync(part, 'x');
    share.now = Date.now() + DAY_MS + 60_000;
    const described = await share.destination.describe(stays, { description: 'one' }, share.call());
    expect(kept()).toEqual(['gone.pdf', 'stays.pdf']);
    rmSync(part);
    await share.destination.describe(described, { description: 'other' }, share.call());
    expect(kept()).toEqual(['stays.pdf']);
  });
});

describe('a manifest that cannot be used', () => {
  const wrong: [string, string, string][] = [
    ['no JSON', '{ "sluice": 1, ', 'is no JSON'],
    ['another format', '{ "sluice": 2, "items": {} }', 'format 1'],
    ['a list', '[]', 'is no object'],
    ['no items', '{ "sluice": 1 }', 'has no items'],
    ['a place outside', '{ "sluice": 1, "items": { "../a.pdf": {} } }', '“../a.pdf”, which is no item'],
    ['the folder itself', '{ "sluice": 1, "items": { ".": {} } }', 'no item'],
    ['a file of ours', '{ "sluice": 1, "items": { ".sluice-trash": {} } }', 'no item'],
    [
      'a wrong type',
      '{ "sluice": 1, "items": { "a.pdf": { "description": 7 } } }',
      'no proper description for “a.pdf”',
    ],
    ['wrong tags', '{ "sluice": 1, "items": { "a.pdf": { "tags": [{}] } } }', 'no proper tags'],
    ['wrong fields', '{ "sluice": 1, "items": { "a.pdf": { "fields": { "x": [] } } } }', 'no proper fields'],
    ['a wrong version', '{ "sluice": 1, "items": { "a.pdf": { "version": 0 } } }', 'no proper version'],
    ['an unknown value', '{ "sluice": 1, "items": { "a.pdf": { "__proto__": 1 } } }', 'no proper __proto__'],
    ['an item that is none', '{ "sluice": 1, "items": { "a.pdf": null } }', 'tells nothing of “a.pdf”'],
    ['a deep value', `{ "sluice": 1, "items": ${'['.repeat(100_000)}${']'.repeat(100_000)} }`, 'has no items'],
    ['a long text', `{ "sluice": 1, "items": { "a.pdf": { "note": "${'x'.repeat(20_001)}" } } }`, 'no proper note'],
  ];

  test.each(wrong)(
    'because of %s is ignored, named with the reason, and left as it is',
    async (_name, text, reason) => {
      writeFileSync(share.root('a.pdf'), 'x');
      writeFileSync(share.root('.sluice.json'), text);
      const [problem, ...more] = (await entries()).flatMap((entry) =>
        entry.type === 'problem' ? [entry.problem] : [],
      );
      expect(more).toEqual([]);
      expect([problem?.kind, problem?.path]).toEqual(['SPECIAL', ['.sluice.json']]);
      expect(problem?.error.message).toContain(`“/.sluice.json” is ignored: it `);
      expect(problem?.error.message).toContain(reason);
      expect(await listed()).toMatchObject([{ path: ['a.pdf'], description: null }]);
      const { note } = await write('b.pdf');
      expect(note).toContain('.sluice.json of its folder is damaged');
      expect(readFileSync(share.root('.sluice.json'), 'utf8')).toBe(text);
      const refused = share.destination.describe(await share.item('a.pdf'), { description: 'x' }, share.call());
      expect((await failureOf(refused)).message).toContain('.sluice.json');
    },
  );

  test('is one that is a link, a folder, no UTF-8 or too large, and one with too many items', async () => {
    const place = share.root('.sluice.json');
    const reasonOf = async () =>
      (await entries()).flatMap((entry) => (entry.type === 'problem' ? [entry.problem.error.message] : []))[0];
    symlinkSync('/etc/passwd', place);
    expect(await reasonOf()).toContain('is a link');
    const folder = await share.destination.ensureFolder({ parent: await parent(), name: 'f' }, share.call());
    expect(folder.kind).toBe('FOLDER');
    mkdirSync(share.root('f/.sluice.json'));
    expect((await entries({ folder: { path: ['f'] } }))[0]).toMatchObject({
      problem: { error: { message: '“/f/.sluice.json” is ignored: it is no file.' } },
    });
    const items = Object.fromEntries(Array.from({ length: 50_001 }, (_, at) => [String(at), {}]));
    expect(() => readManifestText(JSON.stringify({ sluice: 1, items }))).toThrow('more than 50000 items');
  });

  test('what a manifest would not read again is not written into it', async () => {
    const { note } = await write('a.pdf', { description: 'x'.repeat(20_001) });
    expect(note).toContain('.sluice.json');
    expect(await told('a.pdf')).toMatchObject({ description: null });
  });
});

test('the page about manifests shows one that is read, and each of its names', () => {
  const page = readFileSync(new URL('../../../docs/manifest.md', import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
  const items = readManifestText(shown);
  const names = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect([...new Set([...items.values()].flatMap((kept) => Object.keys(kept)))].sort()).toEqual(names.toSorted());
  expect(newestOf('A-101 (v1).pdf', items.get('A-101 (v1).pdf')!)).toBe('A-101.pdf');
});

describe('former versions beside a file', () => {
  async function versions(): Promise<void> {
    await write('a (v1).pdf', { content: content('one'), versionNumber: 1, versionNote: 'first' });
    await write('a (v2).pdf', { content: content('two'), versionNumber: 2, versionNote: 'second' });
    await write('a.pdf', { content: content('three'), versionNote: 'third' });
    await write('b (v1).pdf', { content: content('other') });
  }
  const names = (items: readonly Item[]) => items.map(({ path }) => path.at(-1)).sort();

  test('are its versions for whoever asks so, in their order, and files for everybody else', async () => {
    await versions();
    expect(names(await listed())).toEqual(['a (v1).pdf', 'a (v2).pdf', 'a.pdf', 'b (v1).pdf']);
    const joined = await listed({ joinsVersions: true });
    expect(names(joined)).toEqual(['a.pdf', 'b (v1).pdf']);
    const packed = await collect(
      share.source.listPacked!({ folder: { path: [] }, details: ALL, joinsVersions: true }, share.call()),
    );
    const items = packed.flatMap(({ folders }) => folders.flatMap((folder) => unpackItems(folder)));
    expect(items).toEqual(expect.arrayContaining(joined));
    expect(packed.at(-1)?.proof?.seen).toBe(2);
    const newest = joined.find(({ path }) => path[0] === 'a.pdf')!;
    expect([newest.formerVersions, newest.formerSizes]).toEqual([2, [3, 3]]);
    const all = await share.source.versions!(newest, share.call());
    const texts = await Promise.all(
      all.map(async (one) => Buffer.concat(await collect(share.source.open(one, share.call()))).toString()),
    );
    expect(texts).toEqual(['one', 'two', 'three']);
    expect(all.map(({ fields }) => fields?.['versionNotes'])).toEqual(['first', 'second', 'third']);
    expect(all.map(({ isFormer = false }) => isFormer)).toEqual([true, true, false]);
    expect(new Set(all.map(({ identity }) => identity?.value)).size).toBe(1);
  });

  test('stand alone where the newest is gone, or the name tells another number', async () => {
    await versions();
    await share.destination.remove({ item: await share.item('a.pdf'), trash: { root: [], at: null } }, share.call());
    await write('c (v3).pdf', { versionNumber: 2 });
    await write('c.pdf');
    expect(names(await listed({ joinsVersions: true }))).toEqual([
      ...['a (v1).pdf', 'a (v2).pdf', 'b (v1).pdf', 'c (v3).pdf', 'c.pdf'],
    ]);
  });

  test('are not told of a file that is another version by now', async () => {
    await versions();
    const listedItem = (await listed({ joinsVersions: true })).find(({ path }) => path[0] === 'a.pdf')!;
    writeFileSync(share.root('a.pdf'), 'changed');
    expect((await failureOf(share.source.versions!(listedItem, share.call()))).kind).toBe('CHANGED_DURING_READ');
  });
});
