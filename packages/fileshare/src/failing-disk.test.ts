import { readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

/** Operation of an open file that fails, and the code of its error. */
const fault = vi.hoisted(() => ({ operation: '', code: '' }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> => {
    const handle = await real.open(...args);
    const failing = () => Promise.reject(Object.assign(new Error(fault.code), { code: fault.code }));
    return args[1] === 'wx+' ? Object.assign(handle, { [fault.operation]: failing }) : handle;
  };
  return { ...real, open };
});

// Node's own call is the one that can be made to fail.
vi.mock('./set-time.js', async (original) => {
  const real = await original<typeof import('./set-time.js')>();
  return { ...real, setTime: real.setToMicrosecond };
});

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create('file');
});
afterEach(() => share.dispose());

test.each([
  ['write', 'ENOSPC', 'DESTINATION_FULL'],
  ['write', 'EDQUOT', 'DESTINATION_FULL'],
  ['sync', 'EIO', 'PLATFORM_ERROR'],
  ['utimes', 'EPERM', 'ACCESS_DENIED'],
])('a disk whose %s fails with %s leaves nothing, and the old file', async (operation, code, kind) => {
  await share.put('old.txt', 'old');
  const parent = await share.item('');
  const replaces = await share.item('old.txt');
  Object.assign(fault, { operation, code });
  const request = { parent, content: content('text'), modifiedAt: new Date(0) };
  for (const more of [{ name: 'new.txt' }, { name: 'old.txt', replaces }]) {
    const error = await failureOf(share.destination.write({ ...request, ...more }, share.call()));
    expect(error).toMatchObject({ kind, remoteStatus: code });
  }
  expect(await readFile(share.root('old.txt'), 'utf8')).toBe('old');
  expect(await share.onDisk()).toEqual(['old.txt']);
});
