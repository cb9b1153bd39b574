import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
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
