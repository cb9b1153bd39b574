import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { Check } from '@sluice/core/platform';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { failureOf, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
let hooks: HookedDisk;
beforeEach(async () => {
  hooks = new HookedDisk();
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
});
afterEach(() => share.dispose());

const fine = (step: Check['step']): Check => ({ step, outcome: 'PASSED', message: null, remedy: null });
const skipped = (step: Check['step']): Check => ({ step, outcome: 'SKIPPED', message: null, remedy: null });

function fail(call: DiskCall, cause: Error): void {
  hooks.before = (name) => {
    if (name === call) throw cause;
  };
}

test('a share is reached, listed, and written to where that is asked for', async () => {
  expect(await share.platform.check(share.call())).toEqual([
    ...[fine('REACH_HOST'), fine('LIST_ROOT'), skipped('WRITE_PROBE')],
  ]);
  expect(await share.platform.check(share.call(), { path: [] })).toEqual([
    ...[fine('REACH_HOST'), fine('LIST_ROOT'), fine('WRITE_PROBE')],
  ]);
  expect(await share.onDisk()).toEqual([]);
});

test('a share that is not there fails first, with what can be done, and is asked for nothing more', async () => {
  await rm(share.root(), { recursive: true });
  expect(await share.platform.check(share.call(), { path: [] })).toEqual([
    {
      ...{ step: 'REACH_HOST', outcome: 'FAILED', message: 'The folder of the connection does not exist.' },
      remedy: 'Check that the folder exists on the server, is mounted, and that the server’s account may use it.',
    },
    ...[skipped('LIST_ROOT'), skipped('WRITE_PROBE')],
  ]);
  await share.put('there again', '');
});

test('a share that cannot be listed fails at that, with the remedy of its error', async () => {
  fail('opendir', systemError('EACCES'));
  expect(await share.platform.check(share.call(), { path: [] })).toEqual([
    fine('REACH_HOST'),
    {
      ...{ step: 'LIST_ROOT', outcome: 'FAILED' },
      message: 'The folder of the connection is not accessible to the server’s account.',
      remedy: 'Give the account under which the server runs the right to this file or folder.',
    },
    skipped('WRITE_PROBE'),
  ]);
});

test('a folder that cannot be written to fails alone, by its own name', async () => {
  await share.put('folder/file', 'x');
  fail('write', systemError('ENOSPC'));
  expect((await share.platform.check(share.call(), { path: ['folder'] })).at(-1)).toEqual({
    ...{ step: 'WRITE_PROBE', outcome: 'FAILED', message: '“/folder” does not fit: the disk is full.' },
    remedy: 'Make room, then retry.',
  });
});

test('a check that is stopped is no finding about the share', async () => {
  fail('opendir', new PlatformError('ABORTED', 'Stopped.'));
  expect((await failureOf(share.platform.check(share.call()))).message).toBe('Stopped.');
});
