import * as fs from 'node:fs';
import { systemCalls } from './c-library.js';
import type { SystemCalls } from './c-library.js';

/** A file that is made, where none has the name. */
export const NEW_FILE = fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL;

const NODE_CALLS = {
  close: fs.closeSync,
  chmod: fs.fchmodSync,
  chown: fs.fchownSync,
  fstat: (file: number) => fs.fstatSync(file, { bigint: true }),
  link: fs.linkSync,
  lstat: (path: string | Buffer) => fs.lstatSync(path, { bigint: true }),
  /** Undefined where there is nothing. */
  look: (path: string | Buffer) => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }),
  mkdir: (path: string, mode?: number) => fs.mkdirSync(path, mode),
  /** `flags` are those of `fs.constants`. */
  open: (path: string, flags: number, mode?: number) => fs.openSync(path, flags, mode),
  opendir: (path: string, bufferSize: number) =>
    fs.opendirSync(path, { encoding: 'buffer' as BufferEncoding, bufferSize }),
  read: (file: number, buffer: Uint8Array, position: number) => fs.readSync(file, buffer, 0, buffer.length, position),
  readFile: (path: string) => fs.readFileSync(path, 'utf8'),
  readdir: (path: string) => fs.readdirSync(path),
  readlink: (path: string) => fs.readlinkSync(path),
  realpath: (path: string) => fs.realpathSync.native(path),
  rename: fs.renameSync,
  rmdir: (path: string) => fs.rmdirSync(path),
  stat: (path: string) => fs.statSync(path, { bigint: true }),
  statfs: (path: string) => fs.statfsSync(path),
  sync: fs.fsyncSync,
  unlink: fs.unlinkSync,
  utimes: (file: number, accessed: number, modified: number) => fs.futimesSync(file, accessed, modified),
  write: (file: number, bytes: Uint8Array) => fs.writeSync(file, bytes),
};

/**
 * The calls of the operating system that a share is made of, each of which waits until it is done. They run in threads of
 * the connection, so that a share that does not answer holds up nobody else.
 */
export type Disk = typeof NODE_CALLS & SystemCalls;

/** What the system's own calls do not do, Node's do, or tell why it cannot be done. */
export function realDisk(): Disk {
  const system = systemCalls();
  const or = (count: number, byNode: () => number) => (count >= 0 ? count : byNode());
  return {
    ...NODE_CALLS,
    ...system,
    open: (path, flags, mode = 0o666) => or(system.openAt(path, flags, mode), () => NODE_CALLS.open(path, flags, mode)),
    read: (file, bytes, position) =>
      or(system.readAt(file, bytes, position), () => NODE_CALLS.read(file, bytes, position)),
    write: (file, bytes) => or(system.writeNext(file, bytes), () => NODE_CALLS.write(file, bytes)),
  };
}

const HALF_A_MICROSECOND = 5e-7;

/**
 * Sets the time to the nanosecond where the system's own call is within reach, else to the microsecond: Node takes a time
 * as a fraction of seconds and cuts it there. Half a microsecond more, because it is cut, not rounded.
 */
export function setTime(disk: Disk, file: number, accessed: bigint, modified: bigint): void {
  if (disk.setTime(file, accessed, modified)) return;
  const seconds = (time: bigint) => Number(time / 1000n) / 1e6 + HALF_A_MICROSECOND;
  disk.utimes(file, seconds(accessed), seconds(modified));
}
