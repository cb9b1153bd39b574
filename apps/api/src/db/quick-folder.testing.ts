import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Linux lends of its memory as a folder. */
const MEMORY = '/dev/shm';
/** Bytes that the databases of all tests that run at one time do not come near. */
const LEAST_MEMORY = 2 * 1024 ** 3;

/**
 * Makes a folder for a database of a test, in memory where the machine lends it: nothing there has to outlive the machine, and
 * a commit does not wait for a disk.
 *
 * @param prefix of its name, such as `sluice-app-`
 */
export function makeQuickFolder(prefix: string): string {
  return mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), prefix));
}

function hasMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > LEAST_MEMORY;
}
