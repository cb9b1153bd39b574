import { chmod, mkdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Content, Item } from '@sluice/core/platform';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

async function write(path: string, what: Content, more: { replaces?: Item; inDoubtSince?: Date } = {}): Promise<Item> {
  const segments = path.split('/');
  const parent = await share.item(segments.slice(0, -1).join('/'));
  const request = { parent, name: segments.at(-1) ?? '', content: what, ...more };
  return (await share.destination.write(request, share.call())).item;
}

const remove = (item: Item, root: string[] = []) =>
  share.destination.remove({ item, trash: { root, at: new Date(share.now) } }, share.call());

const text = (path: string) => readFile(share.root(path), 'utf8');

describe('nothing is written outside the share', () => {
  test('through a name or path', async () => {
    const parent = await share.item('');
    for (const name of ['..', '.', '', '../outside/x', '/etc/x', 'a/b', 'nul\0', '.sluice-trash', '\ud800']) {
      const writing = share.destination.write({ parent, name, content: content('x') }, share.call());
      expect((await failureOf(writing)).kind, name).toBe('NAME_INVALID');
      const making = share.destination.ensureFolder({ parent, name }, share.call());
      expect((await failureOf(making)).kind, name).toBe('NAME_INVALID');
      const moving = share.destination.move({ ...parent, path: [name] }, { parent, name: 'x' }, share.call());
      expect((await failureOf(moving)).kind, name).toBe('NAME_INVALID');
    }
    const above = { ...parent, path: ['..', 'outside'] };
    const writing = share.destination.write({ parent: above, name: 'x', content: content('x') }, share.call());
    expect((await failureOf(writing)).kind).toBe('NAME_INVALID');
  });

  test('through a link in the place of the folder', async () => {
    await mkdir(share.root('folder'));
    const parent = await share.item('folder');
    await rename(share.root('folder'), share.root('aside'));
    await symlink(share.outside(), share.root('folder'));
    const writing = share.destination.write({ parent, name: 'x', content: content('x') }, share.call());
    expect((await failureOf(writing)).kind).toBe('NOT_FOUND');
    const making = share.destination.ensureFolder({ parent, name: 'x' }, share.call());
    expect((await failureOf(making)).kind).toBe('NOT_FOUND');
    await expect(stat(share.outside('x'))).rejects.toThrow('ENOENT');
  });

  test('through a link that takes the folder’s place during the writing', async () => {
    await mkdir(share.root('folder'));
    const swap = async () => {
      await rename(share.root('folder'), share.root('aside'));
      await symlink(share.outside(), share.root('folder'));
    };
    await write('folder/file.txt', content('text', swap));
    await expect(stat(share.outside('file.txt'))).rejects.toThrow('ENOENT');
    expect(await share.onDisk('aside')).toEqual(['file.txt']);
  });

  test('through a link in the place of the file or the trash', async () => {
    await writeFile(share.outside('target.txt'), 'theirs');
    await symlink(share.outside('target.txt'), share.root('link.txt'));
    await symlink(share.outside(), share.root('.sluice-trash'));
    expect((await failureOf(write('link.txt', content('x')))).kind).toBe('NAME_TAKEN');
    const file = await write('file.txt', content('x'));
    await failureOf(remove(file));
    expect(await text('file.txt')).toBe('x');
    expect(await readFile(share.outside('target.txt'), 'utf8')).toBe('theirs');
  });
});

describe('another program at the same name', () => {
  test('never loses the file that it creates during the writing', async () => {
    const meanwhile = () => writeFile(share.root('file.txt'), 'theirs');
    expect((await failureOf(write('file.txt', content('ours', meanwhile)))).kind).toBe('NAME_TAKEN');
    expect(await text('file.txt')).toBe('theirs');
    expect(await share.onDisk()).toEqual(['file.txt']);
  });

  test('never loses a change that it makes during the replacement', async () => {
    const replaces = await write('file.txt', content('old'));
    const meanwhile = () => writeFile(share.root('file.txt'), 'theirs');
    expect((await failureOf(write('file.txt', content('ours', meanwhile), { replaces }))).kind).toBe('CONFLICT');
    expect(await text('file.txt')).toBe('theirs');
    expect(await share.onDisk()).toEqual(['file.txt']);
  });

  test('never loses a file that it changed before the removal', async () => {
    const item = await write('file.txt', content('old'));
    await writeFile(share.root('file.txt'), 'theirs');
    expect((await failureOf(remove(item))).kind).toBe('CONFLICT');
    expect(await text('file.txt')).toBe('theirs');
  });

  test('keeps its empty folder when another is moved to that name', async () => {
    await share.put('from/file.txt', 'x');
    await mkdir(share.root('to'));
    const move = share.destination.move(
      await share.item('from'),
      { parent: await share.item(''), name: 'to' },
      share.call(),
    );
    expect((await failureOf(move)).kind).toBe('NAME_TAKEN');
    expect(await share.onDisk()).toEqual(['from', 'from/file.txt', 'to']);
  });
});

test('a replacement keeps the mode and takes the new time', async () => {
  const replaces = await write('file.sh', content('old'));
  await chmod(share.root('file.sh'), 0o750);
  const modifiedAt = new Date('1999-12-31T23:59:59.123Z');
  const request = { parent: await share.item(''), name: 'file.sh', content: content('new'), modifiedAt, replaces };
  const { item } = await share.destination.write(request, share.call());
  expect((await stat(share.root('file.sh'))).mode & 0o777).toBe(0o750);
  expect(item.modifiedAt).toEqual(modifiedAt);
  expect(await share.item('file.sh')).toEqual(item);
});

test('a time before 1970 is kept', async () => {
  const modifiedAt = new Date('1969-07-20T20:17:40Z');
  const request = { parent: await share.item(''), name: 'moon.txt', content: content('x'), modifiedAt };
  await share.destination.write(request, share.call());
  expect((await share.item('moon.txt')).modifiedAt).toEqual(modifiedAt);
});

test('every sync policy writes the file', async () => {
  for (const durability of ['MARK', 'FILE', 'NEVER'] as const) {
    const other = await ShareFixture.create(durability);
    const parent = await other.destination.ensureFolder({ parent: await other.item(''), name: 'folder' }, other.call());
    await other.destination.write({ parent, name: 'file.txt', content: content('text') }, other.call());
    expect(await readFile(other.root('folder/file.txt'), 'utf8'), durability).toBe('text');
    await other.dispose();
  }
});

test('the root itself cannot be removed', async () => {
  expect((await failureOf(remove(await share.item('')))).kind).toBe('REJECTED');
});

test('a stranger’s file with the same size is told apart by its content', async () => {
  await share.put('file.txt', 'aaaa');
  await utimes(share.root('file.txt'), new Date(share.now), new Date(share.now));
  const since = { inDoubtSince: new Date(share.now) };
  expect((await failureOf(write('file.txt', content('bbbb'), since))).kind).toBe('NAME_TAKEN');
  expect((await write('file.txt', content('aaaa'), since)).path).toEqual(['file.txt']);
  expect(await text('file.txt')).toBe('aaaa');
});
