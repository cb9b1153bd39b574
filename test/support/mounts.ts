import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { until } from './until.js';

const run = (command: string, ...args: string[]) => void execFileSync(command, args, { stdio: 'pipe' });

/** Mounts a small file system in memory. */
export const mountMemory = (folder: string, options: string): void =>
  run('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);

/** Changes the options of a file system that is mounted. */
export const remount = (folder: string, options: string): void => run('mount', '-o', `remount,${options}`, folder);

/** Makes a file the disk of a file system of its own, of so many bytes. */
export function makeDisk(file: string, bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
  run('mkfs.ext2', '-q', '-F', file);
}

/** One with a journal, which can be cut off. */
export function makeJournaledDisk(file: string, bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
  run('mkfs.ext4', '-q', '-F', file);
}

/** `EXT4_IOC_SHUTDOWN` without a last journal: from now on nothing gets to the disk, as when the power is gone. */
const SHUTDOWN = 'open(F, "<", $_) && ioctl(F, 0x8004587d, my $without = pack("L", 2)) || die $! for @ARGV';

export const syncDisk = (folder: string): void => run('sync', '-f', folder);

/** Cuts file systems off from their disks, all at the same time as far as that can be. */
export const cutOff = (...folders: string[]): void => run('perl', '-e', SHUTDOWN, ...folders);

/** Waits until nobody holds the file system that is mounted from the file, so that the next mount looks at the disk. */
export async function unmountWhole(file: string, folder: string): Promise<void> {
  run('umount', folder);
  const holders = () => execFileSync('losetup', ['-j', file], { encoding: 'utf8' });
  await until(holders, (devices) => devices === '');
}

/** Why no file system can be cut off here; null where that works. */
export const cutObstacle = (): string | null =>
  obstacleTo((folder) => {
    const file = `${folder}.img`;
    try {
      makeJournaledDisk(file, 16 * 1024 * 1024);
      mountDisk(file, folder);
      cutOff(folder);
    } finally {
      rmSync(file);
    }
  });

export const mountDisk = (file: string, folder: string): void => run('mount', '-o', 'loop', file, folder);

/** A folder shown at another place by a process, which hangs for everybody while that process is stopped. */
export async function mountThrough(folder: string, at: string): Promise<ChildProcess> {
  const server = spawn('bindfs', ['-f', '--no-allow-other', folder, at], { stdio: 'ignore' });
  while (!isMounted(at)) {
    if (server.exitCode !== null) throw new Error('bindfs ended.');
    await new Promise((resolve) => setImmediate(resolve));
  }
  return server;
}

const isMounted = (path: string) => statSync(path).dev !== statSync(dirname(path)).dev;

/** Why nothing can be mounted through a process here; null where that works. */
export async function throughObstacle(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it takes root on Linux';
  if (spawnSync('bindfs', ['--version']).error) return 'bindfs is not installed';
  const folder = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  const [from, at] = [join(folder, 'from'), join(folder, 'at')];
  for (const path of [from, at]) mkdirSync(path);
  try {
    await mountThrough(from, at);
    unmount(at);
    return null;
  } catch {
    return 'this machine lets no process serve a mount';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const unmount = (path: string): void => run('umount', '--lazy', path);

/** Why nothing in memory can be mounted here; null where that works. */
export const memoryObstacle = (): string | null => obstacleTo((folder) => mountMemory(folder, 'size=64k'));

/** Why no file can be mounted as a disk here; null where that works. */
export function diskObstacle(): string | null {
  return obstacleTo((folder) => {
    const file = `${folder}.img`;
    try {
      makeDisk(file, 1024 * 1024);
      mountDisk(file, folder);
    } finally {
      rmSync(file);
    }
  });
}

function obstacleTo(mount: (folder: string) => void): string | null {
  if (process.platform !== 'linux') return 'it takes Linux';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const folder = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    mount(folder);
    unmount(folder);
    return null;
  } catch {
    return 'this machine does not let root mount';
  } finally {
    rmdirSync(folder);
  }
}
