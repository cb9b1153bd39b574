import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOurs } from '../paths.js';
import { listSome, probeWriting } from './check.js';
import { fail, HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';

let place: HeldPlace;
beforeEach(() => {
  place = new HeldPlace();
  mkdirSync(place.at('folder'));
});
afterEach(() => place.dispose());

test('a root is listed whether it holds anything or not, and no further than to its first names', () => {
  for (let n = 0; n < 600; n += 1) place.put(`file ${n}`, '');
  let batches = 0;
  place.hooks.before = (call) => {
    if (call === 'opendir') batches += 1;
  };
  expect(thrownBy(() => listSome(place.share))).toBeNull();
  expect(batches).toBe(1);
  expect(leftOpen(place, () => listSome(place.share))).toBe(0);
});

test('a root that cannot be listed is an error', () => {
  fail(place, 'opendir', 'EACCES');
  expect(thrownBy(() => listSome(place.share))).toMatchObject({ code: 'EACCES' });
});

test('writing is tried with a hidden file that nobody else may read, and that is gone afterwards', () => {
  const files: { name: string; mode: unknown; text: string }[] = [];
  place.hooks.before = (call, args) => {
    const name = String(args[0]).split('/').at(-1) ?? '';
    if (call === 'open' && name.endsWith('.part')) files.push({ name, mode: args[2], text: '' });
    if (call === 'unlink') for (const file of files) file.text = place.texts('folder')[name] ?? '';
  };
  probeWriting(place.share, ['folder'], 'once');
  expect(files).toMatchObject([{ mode: 0o600, text: 'probe' }]);
  expect(files.map(({ name }) => [isOurs(name), name.includes('-once.')])).toEqual([[true, true]]);
  expect(place.texts()).toEqual({ folder: null });
});

test('a probe that cannot write tells so, leaves no file and keeps nothing open', () => {
  const probe = () => probeWriting(place.share, ['folder'], 'once');
  expect(leftOpen(place, probe)).toBe(0);
  fail(place, 'write', 'ENOSPC');
  expect(thrownBy(probe)).toMatchObject({ code: 'ENOSPC' });
  expect(place.texts()).toEqual({ folder: null });
  fail(place, 'open', 'EROFS', '.part');
  expect(thrownBy(probe)).toMatchObject({ code: 'EROFS' });
});

test('a probe in a folder that is not there fails', () => {
  rmSync(place.at('folder'), { recursive: true });
  expect(thrownBy(() => probeWriting(place.share, ['folder'], 'once'))).toMatchObject({ code: 'ENOENT' });
});
