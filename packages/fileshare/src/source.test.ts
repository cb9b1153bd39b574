import { execFileSync } from 'node:child_process';
import { appendFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collect, failureOf, ShareFixture } from './testing/share-fixture.js';

const SIZE_BYTES = 700_000;

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
  await share.put('file.bin', 'a'.repeat(SIZE_BYTES));
});
afterEach(() => share.dispose());

/** Reads the file and does something after its first chunk. */
async function readWhile(meanwhile: () => Promise<void>): Promise<void> {
  const item = await share.item('file.bin');
  let isFirst = true;
  for await (const _ of share.source.open(item, share.call())) {
    if (isFirst) await meanwhile();
    isFirst = false;
  }
}

describe('a file that changes while it is read', () => {
  const path = () => share.root('file.bin');
  const original = new Date('2020-01-01T00:00:00Z');
  const changes: Record<string, () => Promise<void>> = {
    'is rewritten': () => writeFile(path(), 'b'.repeat(SIZE_BYTES)),
    'is cut off': () => truncate(path(), 300_000),
    grows: () => appendFile(path(), 'more'),
    'is rewritten with the old time': async () => {
      await writeFile(path(), 'b'.repeat(SIZE_BYTES));
      await utimes(path(), original, original);
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`is CHANGED_DURING_READ when it ${name}`, async () => {
      await utimes(path(), original, original);
      expect((await failureOf(readWhile(change))).kind).toBe('CHANGED_DURING_READ');
    });
  }
});

test('a file that another replaced since the listing is CHANGED_DURING_READ', async () => {
  const item = await share.item('file.bin');
  await share.put('other.bin', 'b'.repeat(SIZE_BYTES));
  const { modifiedAt } = item;
  await utimes(share.root('other.bin'), modifiedAt ?? 0, modifiedAt ?? 0);
  await rename(share.root('other.bin'), share.root('file.bin'));
  expect((await failureOf(collect(share.source.open(item, share.call())))).kind).toBe('CHANGED_DURING_READ');
});

test('a link put in the place of the file or of its folder is not followed', async () => {
  await share.put('folder/file.bin', 'mine');
  await writeFile(share.outside('file.bin'), 'not');
  const file = await share.item('file.bin');
  const inner = await share.item('folder/file.bin');
  await rm(share.root('file.bin'));
  await symlink(share.outside('file.bin'), share.root('file.bin'));
  await rename(share.root('folder'), share.root('aside'));
  await symlink(share.outside(), share.root('folder'));
  expect((await failureOf(collect(share.source.open(file, share.call())))).kind).toBe('SPECIAL_FILE');
  expect((await failureOf(collect(share.source.open(inner, share.call())))).kind).toBe('NOT_FOUND');
});

test('a pipe put in the place of the file does not make the reading wait', async () => {
  const item = await share.item('file.bin');
  await rm(share.root('file.bin'));
  execFileSync('mkfifo', [share.root('file.bin')]);
  expect((await failureOf(collect(share.source.open(item, share.call())))).kind).toBe('SPECIAL_FILE');
});

test('a path that leaves the share is refused', async () => {
  await writeFile(share.outside('file.bin'), 'a'.repeat(SIZE_BYTES));
  const item = await share.item('file.bin');
  for (const path of [['..', 'outside', 'file.bin'], ['../outside/file.bin'], ['', 'file.bin'], ['file.bin\0']]) {
    const read = collect(share.source.open({ ...item, path }, share.call()));
    expect((await failureOf(read)).kind, path.join('/')).toBe('NAME_INVALID');
  }
});

test('renaming keeps the version, so that the renamed file can be read as listed', async () => {
  const before = await share.item('file.bin');
  await rename(share.root('file.bin'), share.root('renamed.bin'));
  expect((await share.item('renamed.bin')).version).toBe(before.version);
});

test('many files are read at the same time under one signal without a warning of a leak', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const item = await share.item('file.bin');
  const call = share.call();
  await Promise.all(Array.from({ length: 30 }, () => collect(share.source.open(item, call))));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(warnings.map(({ name }) => name)).not.toContain('MaxListenersExceededWarning');
});

test('a folder that filters leave out by its place is shown, and not entered, however it is listed', async () => {
  for (const path of ['job/tmp/a.txt', 'job/in/tmp.txt', 'job/in/tmp/b.txt', 'job/other/c.txt'])
    await share.put(path, path);
  const condition = { minBytes: null, maxBytes: null, createdFrom: null, createdTo: null, modifiedFrom: null };
  const more = { modifiedTo: null, minAgeMs: null, maxAgeMs: null, isHidden: null, metadataKey: null };
  const none = { ...condition, ...more, metadataValue: null, extensions: [] };
  const rules = [
    { ...none, isExclusion: true, globs: ['tmp'] },
    { ...none, isExclusion: false, globs: ['in/**', 'tmp/**'] },
  ];
  const request = { folder: { path: ['job'] }, rules };
  const shown: string[] = [];
  for await (const entry of share.source.list(request, share.call()))
    if (entry.type === 'item') shown.push(entry.item.path.slice(1).join('/'));
  expect(shown.sort()).toEqual(['in', 'in/tmp', 'in/tmp.txt', 'other', 'tmp']);
  let packed = 0;
  for await (const { folders, proof } of share.source.listPacked!(request, share.call())) {
    for (const { count } of folders) packed += count;
    if (proof) expect(proof.seen).toBe(shown.length);
  }
  expect(packed).toBe(shown.length);
});
