import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
let hooks: HookedDisk;
beforeEach(async () => {
  // Node's own call is the one that tells why a time cannot be set.
  hooks = new HookedDisk(['setTime']);
  share = await ShareFixture.create('FILE', undefined, hooks.disk);
});
afterEach(() => share.dispose());

test.each([
  ['write', 'ENOSPC', 'DESTINATION_FULL'],
  ['write', 'EDQUOT', 'DESTINATION_FULL'],
  ['sync', 'EIO', 'PLATFORM_ERROR'],
  ['close', 'EDQUOT', 'DESTINATION_FULL'],
  ['utimes', 'EPERM', 'ACCESS_DENIED'],
])('a disk whose %s fails with %s leaves nothing, and the old file', async (operation, code, kind) => {
  await share.put('old.txt', 'old');
  const parent = await share.item('');
  const replaces = await share.item('old.txt');
  const request = { parent, content: content('text'), modifiedAt: new Date(0) };
  for (const more of [{ name: 'new.txt' }, { name: 'old.txt', replaces }]) {
    let isBegun = false;
    hooks.before = (call) => {
      isBegun ||= call === 'write';
      if (isBegun && call === operation) throw systemError(code);
    };
    const error = await failureOf(share.destination.write({ ...request, ...more }, share.call()));
    expect(error).toMatchObject({ kind, remoteStatus: code });
  }
  expect(await readFile(share.root('old.txt'), 'utf8')).toBe('old');
  expect(await share.onDisk()).toEqual(['old.txt']);
});
