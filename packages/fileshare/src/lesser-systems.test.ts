import { mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
afterEach(() => share.dispose());

/** A share on a system on which some calls fail always. */
async function open(failing: Partial<Record<DiskCall, string>>): Promise<void> {
  const hooks = new HookedDisk(['exchange', 'renameToFree']);
  hooks.before = (call) => {
    const code = failing[call];
    if (code !== undefined) throw systemError(code);
  };
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
}

describe('a file system without hard links', () => {
  test('gets its files by renaming', async () => {
    await open({ link: 'EPERM' });
    const request = { parent: await share.item(''), name: 'file.txt', content: content('text') };
    const { item } = await share.destination.write(request, share.call());
    await share.destination.move(item, { parent: await share.item(''), name: 'moved.txt' }, share.call());
    expect(await readFile(share.root('moved.txt'), 'utf8')).toBe('text');
    expect(await share.onDisk()).toEqual(['moved.txt']);
  });

  test('keeps the file that appeared during the writing', async () => {
    await open({ link: 'EPERM' });
    const meanwhile = () => writeFile(share.root('file.txt'), 'theirs');
    const request = { parent: await share.item(''), name: 'file.txt', content: content('ours', meanwhile) };
    expect((await failureOf(share.destination.write(request, share.call()))).kind).toBe('NAME_TAKEN');
    expect(await readFile(share.root('file.txt'), 'utf8')).toBe('theirs');
    expect(await share.onDisk()).toEqual(['file.txt']);
  });
});

describe('a system without descriptors as paths', () => {
  test('writes and lists as well', async () => {
    await open({ readlink: 'ENOENT' });
    await mkdir(share.root('folder'));
    const request = { parent: await share.item('folder'), name: 'file.txt', content: content('text') };
    const { item } = await share.destination.write(request, share.call());
    expect(await share.item('folder/file.txt')).toEqual(item);
    expect(await share.list()).toHaveLength(2);
  });

  test('does not follow a link in the place of a folder', async () => {
    await open({ readlink: 'ENOENT' });
    await mkdir(share.root('folder'));
    const parent = await share.item('folder');
    await rename(share.root('folder'), share.root('aside'));
    await symlink(share.outside(), share.root('folder'));
    const inner = { ...parent, path: ['folder', 'inner'] };
    await mkdir(share.outside('inner'));
    for (const place of [parent, inner]) {
      const writing = share.destination.write({ parent: place, name: 'x', content: content('x') }, share.call());
      expect((await failureOf(writing)).kind).toBe('NOT_FOUND');
    }
    await expect(stat(share.outside('x'))).rejects.toThrow('ENOENT');
    await expect(stat(share.outside('inner/x'))).rejects.toThrow('ENOENT');
  });
});
