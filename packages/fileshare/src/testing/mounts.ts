import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mounts a small file system in memory, or changes the options of one that is there. */
export function mountMemory(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
}

export function remount(folder: string, options: string): void {
  execFileSync('mount', ['-o', `remount,${options}`, folder], { stdio: 'pipe' });
}

export function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' });
}

/** Why nothing can be mounted here; null where mounting works. */
export function mountObstacle(): string | null {
  if (process.platform !== 'linux') return 'only Linux has tmpfs';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const folder = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    mountMemory(folder, 'size=64k');
    unmount(folder);
    return null;
  } catch {
    return 'this machine does not let root mount';
  } finally {
    rmdirSync(folder);
  }
}
