import { codeOf } from './causes.js';

interface Trouble {
  says: string;
  remedy: string;
}

const elsewhere = 'or set SLUICE_DATA to another folder';
const forbidden: Trouble = {
  says: 'cannot be read and written by the account that runs Sluice',
  remedy: `Give the account that right, ${elsewhere}.`,
};
const readOnly: Trouble = {
  says: 'is on a file system that is mounted read-only',
  remedy: `Mount it for writing, ${elsewhere}.`,
};
const noFolder: Trouble = {
  says: 'is a file or lies below one, not a folder',
  remedy: 'Set SLUICE_DATA to a folder.',
};
const full: Trouble = { says: 'has no room left', remedy: `Make room, ${elsewhere}.` };
const broken: Trouble = { says: 'cannot be read or written: the disk reports an error', remedy: 'Check the disk.' };
const inUse: Trouble = { says: 'is held by another program', remedy: 'Close that program and start again.' };
const damaged: Trouble = {
  says: 'is damaged or no database',
  remedy: 'Restore it from a backup, or move it away to begin with an empty one.',
};
const unopenable: Trouble = {
  says: 'cannot be opened',
  remedy: `See that it is a file which the account that runs Sluice may read and write, ${elsewhere}.`,
};

const TROUBLES: Readonly<Record<string, Trouble>> = {
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: readOnly,
  EEXIST: noFolder,
  ENOTDIR: noFolder,
  EISDIR: { says: 'is a folder where a file has to be', remedy: `Move it away, ${elsewhere}.` },
  ENOENT: { says: 'does not exist and cannot be made there', remedy: `Make it, ${elsewhere}.` },
  ELOOP: { says: 'leads in a circle of links', remedy: 'Set SLUICE_DATA to a folder.' },
  ENAMETOOLONG: { says: 'has too long a path', remedy: 'Set SLUICE_DATA to a shorter one.' },
  ENOSPC: full,
  EDQUOT: full,
  EIO: broken,
  EBUSY: inUse,
  SQLITE_BUSY: inUse,
  SQLITE_LOCKED: inUse,
  SQLITE_CANTOPEN: unopenable,
  SQLITE_PERM: forbidden,
  SQLITE_AUTH: forbidden,
  SQLITE_READONLY: forbidden,
  SQLITE_FULL: full,
  SQLITE_IOERR: broken,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
};

/** An error of the system or of SQLite about a file or folder, as sentences; null when the error is of another kind. */
export function fileTrouble(subject: string, error: unknown): string | null {
  const code = codeOf(error);
  // Extended codes of SQLite, such as SQLITE_READONLY_DIRECTORY, begin with the general one.
  const trouble = code === null ? undefined : (TROUBLES[code] ?? TROUBLES[code.split('_').slice(0, 2).join('_')]);
  return trouble ? `${subject} ${trouble.says}. ${trouble.remedy}` : null;
}
