import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' })),
}));

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

test('a file system without hard links gets its files by renaming', async () => {
  const request = { parent: await share.item(''), name: 'file.txt', content: content('text') };
  const { item } = await share.destination.write(request, share.call());
  await share.destination.move(item, { parent: await share.item(''), name: 'moved.txt' }, share.call());
  expect(await readFile(share.root('moved.txt'), 'utf8')).toBe('text');
  expect(await share.onDisk()).toEqual(['moved.txt']);
});

test('a file system without hard links keeps the file that appeared during the writing', async () => {
  const meanwhile = () => writeFile(share.root('file.txt'), 'theirs');
  const request = { parent: await share.item(''), name: 'file.txt', content: content('ours', meanwhile) };
  expect((await failureOf(share.destination.write(request, share.call()))).kind).toBe('NAME_TAKEN');
  expect(await readFile(share.root('file.txt'), 'utf8')).toBe('theirs');
  expect(await share.onDisk()).toEqual(['file.txt']);
});
