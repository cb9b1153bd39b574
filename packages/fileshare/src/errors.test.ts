import { expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { platformError } from './errors.js';

const system = (code: string) => Object.assign(new Error(`${code}: /proc/self/fd/7/plan.pdf`), { code });

test.each([
  ['ENOSPC', 'DESTINATION_FULL'],
  ['EDQUOT', 'DESTINATION_FULL'],
  ['EROFS', 'ACCESS_DENIED'],
  ['EACCES', 'ACCESS_DENIED'],
  ['EPERM', 'ACCESS_DENIED'],
  ['ENAMETOOLONG', 'PATH_TOO_LONG'],
  ['ENOENT', 'NOT_FOUND'],
  ['ENOTDIR', 'NOT_FOUND'],
  ['EEXIST', 'NAME_TAKEN'],
  ['ELOOP', 'SPECIAL_FILE'],
  ['EBUSY', 'LOCKED'],
  ['ESTALE', 'UNREACHABLE'],
  ['EIO', 'PLATFORM_ERROR'],
  ['ESOMETHING', 'PLATFORM_ERROR'],
])('%s is %s', (code, kind) => {
  const error = platformError(system(code), ['drawings', 'plan.pdf']);
  expect(error).toMatchObject({ kind, remoteStatus: code });
  expect(error.message).toMatch(/^“\/drawings\/plan\.pdf” .*\.$/);
});

test('what a person can do is said for rights, room and reach', () => {
  for (const code of ['EACCES', 'ENOSPC', 'ENAMETOOLONG', 'ETIMEDOUT', 'EMFILE']) {
    expect(platformError(system(code), []).remedy, code).toEqual(expect.any(String));
  }
});

test('an error of ours stays what it is, and any other becomes one', () => {
  const ours = new PlatformError('LOCKED', 'Locked.');
  expect(platformError(ours, [])).toBe(ours);
  expect(platformError('text', []).kind).toBe('PLATFORM_ERROR');
});
