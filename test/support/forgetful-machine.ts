import {
  existsSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { FakeClock, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform, type Durability } from '@sluice/fileshare';
import { inlineLane, realDisk, type Disk } from '@sluice/fileshare/testing';

/**
 * A machine with two shares on one disk, whose power can be cut: what was not made durable is gone then. What is durable is
 * held by second names of the files, which nothing writes into once they have their own.
 */
export class ForgetfulMachine {
  readonly base = mkdtempSync(join(tmpdir(), 'sluice-power-'));
  readonly job = new MemoryJob();
  readonly clock = new FakeClock();
  readonly disk: Disk = this.sensitiveDisk();
  store = new MemoryEngineStore(this.job);
  /** A run is broken off before it gives a file its name, so many files after it began. */
  cutAt = Infinity;
  private names = 0;
  /** Inodes of files whose bytes are durable. */
  private readonly solid = new Set<number>();
  private start = 1;
  private stop = new AbortController();
  /** The next run is the last one, which goes on. */
  goesOn = false;

  constructor() {
    for (const folder of ['from', 'to', 'durable']) mkdirSync(this.at(folder));
  }

  at(...path: string[]): string {
    return join(this.base, ...path);
  }

  dispose(): void {
    rmSync(this.base, { recursive: true });
  }

  put(name: string, text: string): void {
    mkdirSync(dirname(this.at('from', name)), { recursive: true });
    writeFileSync(this.at('from', name), text);
  }

  private sensitiveDisk(): Disk {
    const real = withoutSecondNames(realDisk());
    return {
      ...real,
      readFile: (path) => (path.endsWith('/boot_id') ? `start ${this.start}` : real.readFile(path)),
      renameToFree: (from, to) => this.named(() => real.renameToFree(from, to)),
      exchange: (one, other) => this.named(() => real.exchange(one, other)),
      rename: (from, to) => this.named(() => real.rename(from, to)),
      sync: (file) => {
        if (this.isAtDestination(file)) this.makeOneDurable(file);
      },
      syncFileSystem: (file) => {
        if (this.isAtDestination(file)) this.makeDurable();
        return true;
      },
    };
  }

  /** What is done at the source stays; to make it durable does nothing for the destination, which may be another disk. */
  private isAtDestination(file: number): boolean {
    const path = readlinkSync(`/proc/self/fd/${file}`);
    return path === this.at('to') || path.startsWith(this.at('to', '/'));
  }

  private named<T>(give: () => T): T {
    if (this.names++ === this.cutAt) this.stop.abort();
    return give();
  }

  private makeDurable(): void {
    rmSync(this.at('durable'), { recursive: true });
    mkdirSync(this.at('durable'));
    for (const path of readdirSync(this.at('to'), { recursive: true, encoding: 'utf8' })) {
      const stats = lstatSync(this.at('to', path));
      this.solid.add(stats.ino);
      if (stats.isDirectory()) mkdirSync(this.at('durable', path), { recursive: true });
      else linkTo(this.at('to', path), this.at('durable', path));
    }
  }

  /** The bytes of a file, or the names in a folder; a name without its bytes is an empty file. */
  private makeOneDurable(file: number): void {
    const stats = fstatSync(file);
    if (!stats.isDirectory()) return void this.solid.add(stats.ino);
    const folder = readlinkSync(`/proc/self/fd/${file}`).slice(this.at('to').length + 1);
    const names = readdirSync(this.at('to', folder));
    mkdirSync(this.at('durable', folder), { recursive: true });
    for (const name of readdirSync(this.at('durable', folder)))
      if (!names.includes(name)) rmSync(this.at('durable', folder, name), { recursive: true });
    for (const name of names) this.keepName(join(folder, name));
  }

  private keepName(path: string): void {
    const stats = lstatSync(this.at('to', path));
    if (stats.isDirectory()) return void mkdirSync(this.at('durable', path), { recursive: true });
    rmSync(this.at('durable', path), { force: true });
    if (this.solid.has(stats.ino)) linkTo(this.at('to', path), this.at('durable', path));
    else writeFileSync(this.at('durable', path), '');
  }

  /** Everything as it was when it was last made durable; the machine starts anew. */
  cutPower(): void {
    for (const path of readdirSync(this.at('to'), { recursive: true, encoding: 'utf8' }))
      if (!existsSync(this.at('durable', path))) rmSync(this.at('to', path), { recursive: true, force: true });
    for (const path of readdirSync(this.at('durable'), { recursive: true, encoding: 'utf8' })) {
      const [kept, there] = [this.at('durable', path), this.at('to', path)];
      if (lstatSync(kept).isDirectory()) mkdirSync(there, { recursive: true });
      else {
        rmSync(there, { force: true });
        renameSync(kept, there);
      }
    }
    this.restart();
  }

  /** The power was cut, and the disk had everything by chance. */
  keepAll(): void {
    this.makeDurable();
    this.cutPower();
  }

  private restart(): void {
    this.start += 1;
    this.goOn();
  }

  /** Another process goes on, and the machine has kept what it had in memory. */
  goOn(): void {
    this.stop = new AbortController();
    this.cutAt = Infinity;
  }

  async run(durability: Durability, transferType: TransferType = 'COPY', own: Partial<Policies> = {}) {
    const open = (name: string) => {
      const lane = inlineLane(this.disk);
      return createFilesharePlatform({ root: this.at(name), clock: this.clock, random: Math.random, durability, lane });
    };
    const [source, destination] = [await open('from'), await open('to')];
    this.names = 0;
    if (!this.goesOn) this.store = new MemoryEngineStore(this.job);
    const places = { source, destination, sourceRoot: [], destinationRoot: [] };
    const policies = { ...defaultPolicies(transferType), ...own };
    const { store, clock } = this;
    const run = { ...quietRun(this.stop.signal), transferType };
    return clock.runUntil(executeRun({ ...places, policies, store, clock, ...run }));
  }

  /** Keys of files that the ledger claims. */
  claimed(): string[] {
    return [...(this.job.pairs[0]?.ledger.values() ?? [])]
      .filter(({ kind, sourceVersion }) => kind === 'FILE' && sourceVersion !== '')
      .map(({ destinationKey }) => destinationKey)
      .sort();
  }

  /** Whether the trash of some run has the file with these bytes. */
  isTrashed(name: string, text: string): boolean {
    const trash = this.at('to', '.sluice-trash');
    const runs = existsSync(trash) ? readdirSync(trash) : [];
    return runs.some((run) => {
      const kept = join(trash, run, name);
      return existsSync(kept) && readFileSync(kept, 'utf8') === text;
    });
  }

  outcomes(): Set<string> {
    return new Set(Object.values(this.store.outcomes()));
  }
}

/** The second names by which the machine remembers belong to nobody who looks at the disk. */
function withoutSecondNames(disk: Disk): Disk {
  const told = <T extends BigIntStats | undefined>(stats: T): T => {
    if (stats?.isFile()) stats.nlink = 1n;
    return stats;
  };
  return {
    ...disk,
    fstat: (file) => told(disk.fstat(file)),
    lstat: (path) => told(disk.lstat(path)),
    look: (path) => told(disk.look(path)),
    stat: (path) => told(disk.stat(path)),
    statIn: (folder, name, into) => {
      const looked = disk.statIn(folder, name, into);
      if (looked === 'FOUND') tellOneName(into);
      return looked;
    },
    statOf: (file, into) => {
      const isDone = disk.statOf(file, into);
      if (isDone) tellOneName(into);
      return isDone;
    },
  };
}

/** In the bytes of a `struct statx`, where the count of names comes fifth. */
function tellOneName(statx: Uint8Array): void {
  const isFile = (statx[28]! | (statx[29]! << 8)) >> 12 === 8;
  if (isFile) new DataView(statx.buffer, statx.byteOffset).setUint32(16, 1, true);
}

function linkTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  linkSync(from, to);
}
