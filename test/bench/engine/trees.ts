import { execFile } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

// Nothing here blocks for long: what is measured is asked over connections that the server closes when they idle.

export const run = promisify(execFile);

export interface Tree {
  files: number;
  folders: number;
  /** Of each file. */
  bytes: number;
}

export interface Sizes {
  files: number;
  folders: number;
  pairs: number;
}

const MIB = 1024 * 1024;
const LARGE_PART_BYTES = 4 * MIB;

/** Writes files spread evenly over folders, each with content of its own. */
export async function plantTree(root: string, { files, folders, bytes }: Tree): Promise<void> {
  const content = Buffer.alloc(bytes, 'sheet of a drawing ');
  for (let folder = 0; folder < folders; folder++) {
    const path = join(root, `Folder ${String(folder).padStart(5, '0')}`);
    mkdirSync(path, { recursive: true });
    for (let file = folder; file < files; file += folders) {
      content.write(`${String(file).padStart(8, '0')}`.slice(-bytes));
      writeFileSync(join(path, `Sheet ${String(file).padStart(7, '0')}.txt`), content);
      if (file % (1_000 * folders) === folder) await setImmediate();
    }
    await setImmediate();
  }
}

/**
 * Files without blocks on the disk, spread evenly over folders. Each of the first `pairs` contents, all of them zeros, is in two
 * files of one size; every other file has a size of its own.
 */
export async function plantSizes(root: string, { files, folders, pairs }: Sizes): Promise<void> {
  for (let folder = 0; folder < folders; folder++) {
    const path = join(root, `Folder ${String(folder).padStart(5, '0')}`);
    mkdirSync(path, { recursive: true });
    for (let file = folder; file < files; file += folders) {
      const handle = openSync(join(path, `Sheet ${String(file).padStart(7, '0')}.txt`), 'w');
      ftruncateSync(handle, file < 2 * pairs ? 1 + Math.floor(file / 2) : 1 + file);
      closeSync(handle);
    }
    await setImmediate();
  }
}

/** Writes one file of bytes that do not repeat within a disk's block. */
export async function plantLarge(path: string, bytes: number): Promise<void> {
  const file = openSync(path, 'w');
  const part = Buffer.alloc(LARGE_PART_BYTES);
  for (let done = 0; done < bytes; done += part.length) {
    for (let at = 0; at < part.length; at += 8) part.writeDoubleLE(done + at, at);
    writeSync(file, part, 0, Math.min(part.length, bytes - done));
    await setImmediate();
  }
  closeSync(file);
}

/** What was written before must not slow what is measured next. */
export const settleDisk = async (): Promise<void> => void (await run('sync'));
