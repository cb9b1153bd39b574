import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import type * as Koffi from 'koffi';

/** Calls of the system that Node lacks. Names are those of files; one that cannot be made answers as if it was refused. */
export interface SystemCalls {
  /** Lets two names change places in one step; false where it was not done. */
  exchange(one: string, other: string): boolean;
  /** Renames in one step, and only to a name that is free; false where it was not done. */
  renameToFree(from: string, to: string): boolean;
  /**
   * Locks an open file or folder for whoever opened it, until that closes it or ends; waits for others who have locked it. False
   * where it was not done.
   */
  lock(file: number): boolean;
  /** Opens a file or folder by the flags that Node has; less than 0 where it was not done. */
  openAt(path: string, flags: number, mode: number): number;
  /** Sets access and modification time of an open file or folder, in nanoseconds since 1970; false where it was not done. */
  setTime(file: number, accessed: bigint, modified: bigint): boolean;
  /** Names of the extended attributes of a file, links not followed; null where they cannot be told. */
  attributesAt(path: string): string[] | null;
  attributesOf(file: number): string[] | null;
  /** Value of an attribute, links not followed; null where it cannot be read. */
  attributeAt(path: string, name: string): Buffer | null;
  attributeOf(file: number, name: string): Buffer | null;
  /** Whether the file system of a file or folder keeps attributes of the kind “user”; nothing is written to learn it. */
  holdsAttributes(path: string): boolean;
  setAttribute(file: number, name: string, value: Buffer): boolean;
  removeAttribute(file: number, name: string): boolean;
  /** Makes everything durable that the file system of an open file or folder holds; false where it was not done. */
  syncFileSystem(file: number): boolean;
  /** Fills in what `StatRecord` reads of an entry of an open folder, links not followed. */
  statIn(folder: number, name: string, into: Uint8Array): Looked;
  /** Likewise of an open file; false where it was not done. */
  statOf(file: number, into: Uint8Array): boolean;
  /** Reads from a place in an open file, and writes where it stands; tell how many bytes, and less than 0 where it was not done. */
  readAt(file: number, into: Uint8Array, position: number): number;
  writeNext(file: number, bytes: Uint8Array): number;
  /**
   * Fills in the next entries of an open folder as `readEntries` takes them; tells how many bytes they take, 0 at the end,
   * and less where it was not done.
   */
  entriesOf(folder: number, into: Uint8Array): number;
}

/** `REFUSED`: it was not done, for whatever reason but that there is none. */
export type Looked = 'FOUND' | 'ABSENT' | 'REFUSED';

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_EMPTY_PATH = 0x1000;
/** Programs that are started do not inherit the file, as with Node. */
const O_CLOEXEC = 0x80000;
const ENOENT = 2;
const ENODATA = 61;
/** All that `stat` tells, and the time of birth. */
const STATX_BASIC_STATS_AND_BTIME = 0xfff;
const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;
const LOCK_EX = 2;
const FIRST_GUESS_BYTES = 4096;
/** The largest value and list of names that Linux has. */
const MAX_ATTRIBUTE_BYTES = 65_536;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Systems whose C library has these calls with the same layout: 64 bits, two pairs of seconds and nanoseconds for times. */
const ARCHITECTURES = new Set(['x64', 'arm64', 'ppc64', 'riscv64', 'loong64', 's390x']);

type NativeCall = (...args: unknown[]) => number;

/** What a function of the C library answers where it is missing. */
const REFUSED: NativeCall = () => -1;

type Definer = (definition: string) => NativeCall;

interface Library {
  define: Definer;
  /** Number of the error of the last call. */
  lastError: () => number;
}

const NO_LIBRARY: Library = { define: () => REFUSED, lastError: () => 0 };

function openLibrary(): Library {
  if (process.platform === 'win32' || !ARCHITECTURES.has(process.arch)) return NO_LIBRARY;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
    const library = koffi.load(null);
    const define: Definer = (definition) => {
      try {
        return library.func(definition) as NativeCall;
      } catch {
        return REFUSED;
      }
    };
    return { define, lastError: () => koffi.errno() };
  } catch {
    return NO_LIBRARY;
  }
}

/** Binds the calls; those of Linux answer as refused elsewhere. */
export function systemCalls(): SystemCalls {
  const { define: any, lastError } = openLibrary();
  const linux = process.platform === 'linux' ? any : () => REFUSED;
  const times = new BigInt64Array(4);
  const openat = linux('int openat(int, const char *, int, unsigned int)');
  const renameat2 = linux('int renameat2(int, const char *, int, const char *, unsigned int)');
  const flock = any('int flock(int, int)');
  const futimens = any('int futimens(int, const void *)');
  const setxattr = linux('int fsetxattr(int, const char *, const void *, size_t, int)');
  const syncfs = linux('int syncfs(int)');
  const removexattr = linux('int fremovexattr(int, const char *)');
  return {
    exchange: (one, other) => renameat2(...placed(one), ...placed(other), RENAME_EXCHANGE) === 0,
    renameToFree: (from, to) => renameat2(...placed(from), ...placed(to), RENAME_NOREPLACE) === 0,
    openAt: (path, flags, mode) => openat(...placed(path), flags | O_CLOEXEC, mode),
    lock: (file) => flock(file, LOCK_EX) === 0,
    setTime: (file, accessed, modified) => {
      times.set(secondsAndRest(accessed));
      times.set(secondsAndRest(modified), 2);
      return futimens(file, times) === 0;
    },
    ...readers(linux, lastError),
    ...transporters(any),
    setAttribute: (file, name, value) => setxattr(file, name, value, value.length, 0) === 0,
    syncFileSystem: syncfs === REFUSED ? syncByProgram : (file) => syncfs(file) === 0,
    removeAttribute: (file, name) => removexattr(file, name) === 0,
    ...lookers(endianness() === 'LE' ? linux : () => REFUSED, lastError),
  };
}

const HELD = '/proc/self/fd/';

/**
 * A path as the folder that is open and the name in it, where it leads through an open folder's descriptor: the system finds
 * the same without its way through `/proc`, which costs as much as the rest of the call.
 */
export function placed(path: string): [folder: number, name: string] {
  const end = path.startsWith(HELD) ? path.indexOf('/', HELD.length) : -1;
  const folder = end < 0 ? Number.NaN : Number(path.slice(HELD.length, end));
  return Number.isInteger(folder) ? [folder, path.slice(end + 1)] : [AT_FDCWD, path];
}

/** The same as Node's, at a third of its cost for a small file. */
function transporters(define: Definer): Pick<SystemCalls, 'readAt' | 'writeNext'> {
  const pread = define('long pread(int, void *, size_t, long)');
  const write = define('long write(int, const void *, size_t)');
  return {
    readAt: (file, into, position) => Number(pread(file, into, into.length, position)),
    writeNext: (file, bytes) => Number(write(file, bytes, bytes.length)),
  };
}

/** What many files are looked at with: relative to an open folder, into memory that is used again. */
function lookers(define: Definer, lastError: () => number): Pick<SystemCalls, 'statIn' | 'statOf' | 'entriesOf'> {
  const statx = define('int statx(int, const char *, int, unsigned int, void *)');
  const getdents64 = define('long getdents64(int, void *, size_t)');
  return {
    statIn: (folder, name, into) => {
      if (statx(folder, name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS_AND_BTIME, into) === 0) return 'FOUND';
      return statx !== REFUSED && lastError() === ENOENT ? 'ABSENT' : 'REFUSED';
    },
    statOf: (file, into) => statx(file, '', AT_EMPTY_PATH, STATX_BASIC_STATS_AND_BTIME, into) === 0,
    entriesOf: (folder, into) => Number(getdents64(folder, into, into.length)),
  };
}

/** `sync -f` of coreutils, for where the call cannot be bound. */
function syncByProgram(file: number): boolean {
  return spawnSync('sync', ['-f', `/proc/${process.pid}/fd/${file}`], { stdio: 'ignore' }).status === 0;
}

/** An attribute that nobody sets: a file system that keeps attributes answers that it is not there. */
const UNSET_ATTRIBUTE = 'user.sluice.unset';

type Readers = Pick<SystemCalls, 'attributesAt' | 'attributesOf' | 'attributeAt' | 'attributeOf' | 'holdsAttributes'>;

function readers(define: Definer, lastError: () => number): Readers {
  const listAt = define('long llistxattr(const char *, void *, size_t)');
  const listOf = define('long flistxattr(int, void *, size_t)');
  const getAt = define('long lgetxattr(const char *, const char *, void *, size_t)');
  const getOf = define('long fgetxattr(int, const char *, void *, size_t)');
  return {
    attributesAt: (path) => names(filled((bytes) => listAt(path, bytes, bytes.length))),
    attributesOf: (file) => names(filled((bytes) => listOf(file, bytes, bytes.length))),
    attributeAt: (path, name) => filled((bytes) => getAt(path, name, bytes, bytes.length)),
    attributeOf: (file, name) => filled((bytes) => getOf(file, name, bytes, bytes.length)),
    holdsAttributes: (path) =>
      Number(getAt(path, UNSET_ATTRIBUTE, Buffer.alloc(1), 1)) >= 0 || (getAt !== REFUSED && lastError() === ENODATA),
  };
}

/** What a call writes into a buffer; a second, larger one is tried where the first does not do. */
function filled(read: (bytes: Buffer) => number): Buffer | null {
  for (const size of [FIRST_GUESS_BYTES, MAX_ATTRIBUTE_BYTES]) {
    const bytes = Buffer.alloc(size);
    const length = Number(read(bytes));
    if (length >= 0) return bytes.subarray(0, length);
  }
  return null;
}

function names(list: Buffer | null): string[] | null {
  return (
    list &&
    list
      .toString()
      .split('\0')
      .filter((name) => name !== '')
  );
}

/** Whole seconds and the nanoseconds beyond them, which are never negative, for times before 1970 too. */
function secondsAndRest(time: bigint): [bigint, bigint] {
  const rest = ((time % NANOSECONDS_PER_SECOND) + NANOSECONDS_PER_SECOND) % NANOSECONDS_PER_SECOND;
  return [(time - rest) / NANOSECONDS_PER_SECOND, rest];
}
