import { expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { changed, codeOf, nameTaken, platformError, silent, translated } from './errors.js';

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

const RIGHTS = 'Give the account under which the server runs the right to this file or folder.';
const REACH = 'Check that the share is mounted and its server answers.';

test.each([
  [['EACCES', 'EPERM'], 'ACCESS_DENIED', 'is not accessible to the server’s account', RIGHTS],
  [['EROFS'], 'ACCESS_DENIED', 'is on a file system that is mounted read-only', 'Mount it for writing.'],
  [['ENOENT', 'ENOTDIR'], 'NOT_FOUND', 'does not exist', null],
  [['EEXIST', 'ENOTEMPTY', 'EISDIR'], 'NAME_TAKEN', 'exists already', null],
  [['ELOOP'], 'SPECIAL_FILE', 'is a symbolic link, which is never followed', null],
  [['ENXIO', 'ENODEV'], 'SPECIAL_FILE', 'is a pipe, socket or device', null],
  [['ENAMETOOLONG'], 'PATH_TOO_LONG', 'is too long for the file system', 'Shorten the path.'],
  [['EILSEQ'], 'NAME_INVALID', 'is a name that the file system refuses', null],
  [['EINVAL'], 'REJECTED', 'was refused by the file system', null],
  [['EXDEV'], 'REJECTED', 'is on another file system', 'Copy it instead of moving it.'],
  [['EFBIG'], 'FILE_TOO_LARGE', 'is too large for the file system', null],
  [['ENOSPC'], 'DESTINATION_FULL', 'does not fit: the disk is full', 'Make room, then retry.'],
  [['EDQUOT'], 'DESTINATION_FULL', 'does not fit: the account’s quota is used up', 'Make room, then retry.'],
  [['EBUSY', 'ETXTBSY', 'EAGAIN'], 'LOCKED', 'is in use by another program', null],
  [['EMFILE'], 'PLATFORM_ERROR', 'cannot be opened: too many open files', 'Raise the server’s limit.'],
  [['ENFILE'], 'PLATFORM_ERROR', 'cannot be opened: too many open files', 'Raise the host’s limit.'],
  [['EIO'], 'PLATFORM_ERROR', 'cannot be read or written: the disk reports an error', 'Check the disk.'],
  [
    'ECONNRESET EHOSTDOWN EHOSTUNREACH ENETUNREACH ENOTCONN EREMOTEIO ESTALE ETIMEDOUT'.split(' '),
    'UNREACHABLE',
    'does not answer',
    REACH,
  ],
  [['ESOMETHING'], 'PLATFORM_ERROR', 'could not be read or written', null],
])('what the system says by %j is told to people with what they can do', (codes, kind, says, remedy) => {
  for (const code of codes)
    expect(platformError(system(code), ['plan.pdf']), code).toMatchObject({
      ...{ kind, remedy, remoteStatus: code },
      message: `“/plan.pdf” ${says}.`,
    });
});

test('an error at the root is one of the connection’s folder, and keeps its cause', () => {
  const cause = system('ENOENT');
  const error = platformError(cause, []);
  expect(error.message).toBe('The folder of the connection does not exist.');
  expect(error.cause).toBe(cause);
});

test('only an error with a code in text has one', () => {
  expect(
    [system('EIO'), Object.assign(new Error('x'), { code: 5 }), new Error('x'), { code: 'EIO' }].map(codeOf),
  ).toEqual(['EIO', null, null, null]);
  expect(platformError(new Error('x'), []).remoteStatus).toBeNull();
});

test('work gives its result, and what goes wrong is told of its path', async () => {
  expect(await translated(['plan.pdf'], async () => 7)).toBe(7);
  const failing = translated(['plan.pdf'], async () => Promise.reject(system('EBUSY')));
  await expect(failing).rejects.toMatchObject({
    kind: 'LOCKED',
    message: '“/plan.pdf” is in use by another program.',
  });
});

test.each([
  [() => changed(['a', 'b']), 'CHANGED_DURING_READ', '“/a/b” has changed since it was listed.', null],
  [() => nameTaken(['a', 'b']), 'NAME_TAKEN', '“/a/b” exists already.', null],
  [silent, 'UNREACHABLE', 'The share does not answer.', 'Check that its server runs.'],
])('an error of a share’s own says what is wrong: %s', (make, kind, message, remedy) => {
  expect(make()).toMatchObject({ kind, message, remedy });
});
