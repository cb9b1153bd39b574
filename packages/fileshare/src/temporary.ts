import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { link, lstat, open, readFile, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { HeldFolder } from './client.js';
import { codeOf, nameTaken } from './errors.js';
import { temporaryName, temporaryOwner } from './paths.js';
import type { TemporaryOwner } from './paths.js';

/** After this time a temporary file of another host is taken for abandoned; its process cannot be asked. */
const ABANDONED_MS = 24 * 3_600_000;

/** Answers of file systems that cannot hold two names for one file. */
const WITHOUT_LINKS = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EXDEV']);

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** When a process began, in ticks since the host began; null when there is no such process, `0` where it cannot be told. */
async function processStart(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
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

let self: Promise<TemporaryOwner> | null = null;

export function thisProcess(): Promise<TemporaryOwner> {
  self ??= processStart(process.pid).then((start) => ({ host: HOST, pid: process.pid, start: start ?? '0' }));
  return self;
}

/** Whether the process that wrote the temporary file is gone. `changedAt` is the file's change time in epoch milliseconds. */
export async function isAbandoned(owner: TemporaryOwner, changedAt: number, now: number): Promise<boolean> {
  if (owner.host !== HOST) return now - changedAt > ABANDONED_MS;
  return (await processStart(owner.pid)) !== owner.start;
}

/** Takes away the temporary file if the process that wrote it is gone. A file that cannot be removed stays. */
export async function removeIfAbandoned(folder: HeldFolder, name: string, now: number): Promise<void> {
  const owner = temporaryOwner(name);
  const stats = owner && (await folder.stats(name).catch(() => null));
  if (!owner || !stats || !(await isAbandoned(owner, Number(stats.ctimeMs), now))) return;
  await unlink(folder.at(name)).catch(() => undefined);
}

export async function removeAbandoned(folder: HeldFolder, now: number): Promise<void> {
  for await (const batch of folder.batches()) {
    for (const entry of batch) await removeIfAbandoned(folder, entry.name.toString(), now);
  }
}

let created = 0;

/** A file under a temporary name in its final folder, to be published or discarded. */
export class TemporaryFile {
  private isThere = true;

  private constructor(
    private readonly folder: HeldFolder,
    private readonly name: string,
    readonly handle: FileHandle,
  ) {}

  static async create(folder: HeldFolder, random: () => number): Promise<TemporaryFile> {
    created += 1;
    const suffix = `${created.toString(36)}${Math.floor(random() * 36 ** 6).toString(36)}`;
    const name = temporaryName(await thisProcess(), suffix);
    return new TemporaryFile(folder, name, await open(folder.at(name), 'wx+', 0o666));
  }

  /** Closes the file, so that a delayed error of a network share is known before it is published, and tells what it is. */
  async finish(): Promise<BigIntStats> {
    await this.handle.close();
    return lstat(this.folder.at(this.name), { bigint: true });
  }

  /** Gives the file its name, in one step and only if no other has it. */
  async publishAs(name: string): Promise<void> {
    await moveToFreeName({ folder: this.folder, name: this.name }, { folder: this.folder, name });
    this.isThere = false;
  }

  /** Puts the file in the place of the one that has the name. */
  async publishOver(name: string): Promise<void> {
    await rename(this.folder.at(this.name), this.folder.at(name));
    this.isThere = false;
  }

  /** Takes the file away unless it is published. What cannot be taken away is abandoned once this process ends. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (this.isThere) await unlink(this.folder.at(this.name)).catch(() => undefined);
  }
}

/** Name of a file in a folder. */
interface FileAddress {
  folder: HeldFolder;
  name: string;
}

/** Renames a file and never overwrites another: by a second name, or by a look first where there are no second names. */
export async function moveToFreeName(from: FileAddress, to: FileAddress): Promise<void> {
  const [before, after] = [from.folder.at(from.name), to.folder.at(to.name)];
  try {
    await link(before, after);
  } catch (cause) {
    if (!WITHOUT_LINKS.has(codeOf(cause) ?? '')) throw cause;
    if (await to.folder.stats(to.name)) throw nameTaken([...to.folder.path, to.name]);
    await rename(before, after);
    return;
  }
  await unlink(before);
}
