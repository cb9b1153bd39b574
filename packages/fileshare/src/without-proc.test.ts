import { rename, symlink, mkdir, stat } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  readlink: () => Promise.reject(Object.assign(new Error('no /proc here'), { code: 'ENOENT' })),
}));

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
  await mkdir(share.root('folder'));
});
afterEach(() => share.dispose());

test('a system without descriptors as paths writes and lists as well', async () => {
  const request = { parent: await share.item('folder'), name: 'file.txt', content: content('text') };
  const { item } = await share.destination.write(request, share.call());
  expect(await share.item('folder/file.txt')).toEqual(item);
  expect(await share.list()).toHaveLength(2);
});

test('a system without descriptors as paths does not follow a link in the place of a folder', async () => {
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
