import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { versionOf } from '../adapter.js';
import { codeOf } from '../errors.js';
import type { Owner } from '../paths.js';
import type { Disk } from './disk.js';
import type { FileStats } from './stat-record.js';

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Names a version in the name of a working file. */
export function versionTag(stats: FileStats, hasStableInodes: boolean): string {
  return shortHash(versionOf(stats, hasStableInodes));
}

/** Null where there is no such file, as on systems without `/proc`. */
function attempt(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/**
 * Within one start of a machine and one room of processes a number means one process. Containers of one name on one
 * machine, and a machine that was started again, are others.
 */
function machineOf(disk: Disk): string {
  const start = attempt(() => disk.readFile('/proc/sys/kernel/random/boot_id'));
  const room = attempt(() => disk.readlink('/proc/self/ns/pid'));
  return shortHash(start !== null && room !== null ? start + room : hostname());
}

/** When a process began, in ticks since the machine began; null when there is no such process, `0` where it cannot be told. */
function processStart(disk: Disk, pid: number): string | null {
  const line = attempt(() => disk.readFile(`/proc/${pid}/stat`));
  // The second field is the program's name in brackets, which may hold anything.
  if (line !== null) return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  return pid === process.pid || isSignalled(pid) ? '0' : null;
}

function isSignalled(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return codeOf(cause) === 'EPERM';
  }
}

/** What tells this process from all others; it stays the same while the process lives. */
const processes = new WeakMap<Disk, Omit<Owner, 'run'>>();

/** The run that is worked for, and the hash of its name. */
let lastRun = { run: '', hash: '' };

function runHash(run: string): string {
  if (lastRun.hash === '' || lastRun.run !== run) lastRun = { run, hash: shortHash(run) };
  return lastRun.hash;
}

/** This process at work for a run. */
export function ownerOf(disk: Disk, run: string): Owner {
  let self = processes.get(disk);
  if (!self) {
    self = { machine: machineOf(disk), pid: process.pid, start: processStart(disk, process.pid) ?? '0' };
    processes.set(disk, self);
  }
  return { ...self, run: runHash(run) };
}

/**
 * Whether a working file may be cleared away by `self`. What a process of this machine made is left once that process is
 * gone. Of another machine nobody can tell: only the same run, which one process at a time carries out, knows that its
 * own files are left.
 */
export function isLeft(disk: Disk, owner: Owner, self: Owner): boolean {
  if (owner.machine !== self.machine) return owner.run === self.run;
  return processStart(disk, owner.pid) !== owner.start;
}
