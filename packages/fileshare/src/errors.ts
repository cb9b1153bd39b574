import { PlatformError } from '@sluice/core/platform';
import type { PlatformErrorKind } from '@sluice/core/platform';
import { shown } from './paths.js';

interface Meaning {
  kind: PlatformErrorKind;
  says: string;
  remedy?: string;
}

const RIGHTS = 'Give the account under which the server runs the right to this file or folder.';
const REACH = 'Check that the share is mounted and its server answers.';

const denied: Meaning = { kind: 'ACCESS_DENIED', says: 'is not accessible to the server’s account', remedy: RIGHTS };
const missing: Meaning = { kind: 'NOT_FOUND', says: 'does not exist' };
const taken: Meaning = { kind: 'NAME_TAKEN', says: 'exists already' };
const unreachable: Meaning = { kind: 'UNREACHABLE', says: 'does not answer', remedy: REACH };
const busy: Meaning = { kind: 'LOCKED', says: 'is in use by another program' };
const full = (says: string): Meaning => ({ kind: 'DESTINATION_FULL', says, remedy: 'Make room, then retry.' });

const MEANINGS: Readonly<Record<string, Meaning>> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: {
    kind: 'ACCESS_DENIED',
    says: 'is on a file system that is mounted read-only',
    remedy: 'Mount it for writing.',
  },
  ENOENT: missing,
  ENOTDIR: missing,
  EEXIST: taken,
  ENOTEMPTY: taken,
  EISDIR: taken,
  ELOOP: { kind: 'SPECIAL_FILE', says: 'is a symbolic link, which is never followed' },
  ENXIO: { kind: 'SPECIAL_FILE', says: 'is a pipe, socket or device' },
  ENODEV: { kind: 'SPECIAL_FILE', says: 'is a pipe, socket or device' },
  ENAMETOOLONG: { kind: 'PATH_TOO_LONG', says: 'is too long for the file system', remedy: 'Shorten the path.' },
  EILSEQ: { kind: 'NAME_INVALID', says: 'is a name that the file system refuses' },
  EINVAL: { kind: 'REJECTED', says: 'was refused by the file system' },
  EXDEV: { kind: 'REJECTED', says: 'is on another file system', remedy: 'Copy it instead of moving it.' },
  EFBIG: { kind: 'FILE_TOO_LARGE', says: 'is too large for the file system' },
  ENOSPC: full('does not fit: the disk is full'),
  EDQUOT: full('does not fit: the account’s quota is used up'),
  EBUSY: busy,
  ETXTBSY: busy,
  EAGAIN: busy,
  EMFILE: {
    kind: 'PLATFORM_ERROR',
    says: 'cannot be opened: too many open files',
    remedy: 'Raise the server’s limit.',
  },
  ENFILE: { kind: 'PLATFORM_ERROR', says: 'cannot be opened: too many open files', remedy: 'Raise the host’s limit.' },
  EIO: {
    kind: 'PLATFORM_ERROR',
    says: 'cannot be read or written: the disk reports an error',
    remedy: 'Check the disk.',
  },
  ECONNRESET: unreachable,
  EHOSTDOWN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOTCONN: unreachable,
  EREMOTEIO: unreachable,
  ESTALE: unreachable,
  ETIMEDOUT: unreachable,
};

/** Code of a system error, such as `EACCES`. */
export function codeOf(cause: unknown): string | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' ? code : null;
}

/** What the system said about a path below the root, as the error that leaves the connector. */
export function platformError(cause: unknown, path: readonly string[]): PlatformError {
  if (cause instanceof PlatformError) return cause;
  const code = codeOf(cause);
  const meaning = code === null ? undefined : MEANINGS[code];
  const says = meaning?.says ?? 'could not be read or written';
  const message = path.length === 0 ? `The folder of the connection ${says}.` : `“${shown(path)}” ${says}.`;
  return new PlatformError(meaning?.kind ?? 'PLATFORM_ERROR', message, {
    cause,
    remedy: meaning?.remedy,
    remoteStatus: code ?? undefined,
  });
}

/** Runs the work so that only `PlatformError` leaves it. */
export async function translated<T>(path: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw platformError(cause, path);
  }
}

export function changed(path: readonly string[]): PlatformError {
  return new PlatformError('CHANGED_DURING_READ', `“${shown(path)}” has changed since it was listed.`);
}

export function nameTaken(path: readonly string[]): PlatformError {
  return new PlatformError('NAME_TAKEN', `“${shown(path)}” exists already.`);
}

/** Of a share that gives no answer at all. */
export function silent(): PlatformError {
  return new PlatformError('UNREACHABLE', 'The share does not answer.', { remedy: 'Check that its server runs.' });
}
