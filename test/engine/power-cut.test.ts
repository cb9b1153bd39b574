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
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { FakeClock, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform, type Durability } from '@sluice/fileshare';
import { inlineLane, realDisk, type Disk } from '@sluice/fileshare/testing';

const FILES = 40;
const names = Array.from({ length: FILES }, (_, n) => `folder ${n % 4}/plan ${n}.pdf`);
const textOf = (name: string, version = 1) => `bytes of ${name}, version ${version}`;

let machine: Machine;
beforeEach(() => (machine = new Machine()));
afterEach(() => machine.dispose());

/**
 * A machine with two shares on one disk, whose power can be cut: what was not made durable is gone then. What is durable is
 * held by second names of the files, which nothing writes into once they have their own.
 */
class Machine {
  readonly base = mkdtempSync(join(tmpdir(), 'sluice-power-'));
  readonly job = new MemoryJob();
  readonly clock = new FakeClock();
  readonly disk: Disk = this.sensitiveDisk();
  store = new MemoryEngineStore(this.job);
  /** A run is broken off before it gives a file its name, so many files after it began. */
  cutAt = Infinity;
  private names = 0;
  /**
   * Whether durable files get second names, by which they come back after they were replaced, moved or removed. A file with
   * two names is never proof enough for MOVE, which does none of this at the destination.
   */
  hasLinks = true;
  /** Without second names: what is durable, and whether with its bytes. */
  private readonly durable = new Map<string, boolean>();
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
    const real = realDisk();
    return {
      ...real,
      readFile: (path) => (path.endsWith('/boot_id') ? `start ${this.start}` : real.readFile(path)),
      renameToFree: (from, to) => this.named(() => real.renameToFree(from, to)),
      exchange: (one, other) => this.named(() => real.exchange(one, other)),
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
    if (!this.hasLinks) return this.noteDurable('', () => true);
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
    if (!this.hasLinks) return this.noteDurable(folder, (ino) => this.solid.has(ino));
    const names = readdirSync(this.at('to', folder));
    mkdirSync(this.at('durable', folder), { recursive: true });
    for (const name of readdirSync(this.at('durable', folder)))
      if (!names.includes(name)) rmSync(this.at('durable', folder, name), { recursive: true });
    for (const name of names) this.keepName(join(folder, name));
  }

  /** The names in a folder; in the root all names. */
  private noteDurable(folder: string, hasBytes: (inode: number) => boolean): void {
    for (const name of readdirSync(this.at('to', folder), { recursive: folder === '', encoding: 'utf8' })) {
      const stats = lstatSync(this.at('to', folder, name));
      this.durable.set(join(folder, name), stats.isDirectory() || hasBytes(stats.ino));
    }
  }

  private forgetOthers(): void {
    for (const path of readdirSync(this.at('to'), { recursive: true, encoding: 'utf8' })) {
      if (!this.durable.has(path)) rmSync(this.at('to', path), { recursive: true, force: true });
      else if (!this.durable.get(path)) truncateSync(this.at('to', path));
    }
    this.restart();
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
    if (!this.hasLinks) return this.forgetOthers();
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

  /** Whether the trash of some run has the file with its bytes. */
  isTrashed(name: string): boolean {
    const trash = this.at('to', '.sluice-trash');
    const runs = existsSync(trash) ? readdirSync(trash) : [];
    return runs.some((run) => {
      const kept = join(trash, run, name);
      return existsSync(kept) && readFileSync(kept, 'utf8') === textOf(name);
    });
  }

  outcomes(): Set<string> {
    return new Set(Object.values(this.store.outcomes()));
  }
}

function linkTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  linkSync(from, to);
}

const arrived = (name: string) => existsSync(machine.at('to', name)) && readFileSync(machine.at('to', name), 'utf8');

/** Node cuts what is below a microsecond. */
function setTime(name: string, ms: number): void {
  utimesSync(machine.at('to', name), ms / 1000 + 5e-7, ms / 1000 + 5e-7);
}

function expectAll(version = 1): void {
  for (const name of names) expect(arrived(name), name).toBe(textOf(name, version));
}

beforeEach(() => {
  for (const name of names) machine.put(name, textOf(name));
});

describe.each(['MARK', 'FILE'] as const)('a power cut with durability %s', (durability) => {
  it.each([1, 7, 20, FILES - 1])(
    'at file %i leaves no claim of a file that is gone, and the next run brings back what is missing',
    async (cutAt) => {
      machine.cutAt = cutAt;
      expect(await machine.run(durability)).toEqual({ kind: 'STOPPED' });
      machine.cutPower();
      expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
      expectAll();
      expect(machine.claimed()).toEqual([...names].sort());
    },
  );

  it('after the end of a run takes nothing', async () => {
    expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
    machine.cutPower();
    expectAll();
    await machine.run(durability);
    expect([...machine.outcomes()].filter((outcome) => outcome !== 'UNCHANGED IDENTICAL')).toEqual([]);
  });

  it.each([1, FILES - 1, FILES + 1, FILES + 20])(
    'of MOVE at effect %i leaves each file at one side, and the next run ends the move',
    async (cutAt) => {
      machine.hasLinks = false;
      machine.cutAt = cutAt;
      expect(await machine.run(durability, 'MOVE')).toEqual({ kind: 'STOPPED' });
      machine.cutPower();
      const isLeft = (name: string) => existsSync(machine.at('from', name));
      expect(names.filter((name) => !isLeft(name) && arrived(name) !== textOf(name))).toEqual([]);
      expect(await machine.run(durability, 'MOVE')).toEqual({ kind: 'DONE' });
      expectAll();
      expect(names.filter(isLeft)).toEqual([]);
    },
  );

  it('amid new versions leaves each file in the former or the new one, and the next run brings the new one', async () => {
    await machine.run(durability);
    for (const name of names) machine.put(name, textOf(name, 2));
    machine.cutAt = 20;
    await machine.run(durability);
    machine.cutPower();
    for (const name of names) expect([textOf(name), textOf(name, 2)]).toContain(arrived(name));
    expect(await machine.run(durability)).toEqual({ kind: 'DONE' });
    expectAll(2);
  });
});

describe('a power cut with durability FILE', () => {
  it.each([1, 9, 25, FILES + 5])(
    'amid new versions at name %i leaves each former one in its place or in the trash, also after the next run',
    async (cutAt) => {
      expect(await machine.run('FILE')).toEqual({ kind: 'DONE' });
      for (const name of names) machine.put(name, textOf(name, 2));
      const lost = () => names.filter((name) => arrived(name) !== textOf(name) && !machine.isTrashed(name));
      machine.cutAt = cutAt;
      await machine.run('FILE');
      machine.cutPower();
      expect(lost()).toEqual([]);
      expect(await machine.run('FILE')).toEqual({ kind: 'DONE' });
      expect(lost()).toEqual([]);
      expectAll(2);
    },
  );

  it.each([0, 1, 9, 19])(
    'amid the removals of MIRROR at removal %i leaves each file in its place or in the trash, also after the next run',
    async (cutAt) => {
      expect(await machine.run('FILE')).toEqual({ kind: 'DONE' });
      const [gone, kept] = [names.slice(0, FILES / 2), names.slice(FILES / 2)];
      for (const name of gone) rmSync(machine.at('from', name));
      const expectNoLoss = () => {
        expect(gone.filter((name) => arrived(name) !== textOf(name) && !machine.isTrashed(name))).toEqual([]);
        expect(kept.filter((name) => arrived(name) !== textOf(name))).toEqual([]);
      };
      machine.cutAt = cutAt;
      expect(await machine.run('FILE', 'COPY', { deletions: 'MIRROR' })).toEqual({ kind: 'STOPPED' });
      machine.cutPower();
      expectNoLoss();
      expect(await machine.run('FILE', 'COPY', { deletions: 'MIRROR' })).toEqual({ kind: 'DONE' });
      expectNoLoss();
    },
  );
});

describe('after a power cut', () => {
  it('a run that goes on tells what it had brought and is gone, and the next one brings it', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const count = machine.claimed().length;
    machine.cutPower();
    machine.goesOn = true;
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    const told = machine.store.logged.filter(({ message }) => message.startsWith('The machine lost its power'));
    expect(told.map(({ severity }) => severity)).toEqual(['WARNING']);
    // Folders are brought, too, and claimed as they were.
    expect(Number(/: (\d+) items/.exec(told[0]!.message)?.[1])).toBeGreaterThanOrEqual(count);
    machine.goesOn = false;
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('half of a file that is not durable is no change by people: the whole one comes again', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const half = machine.claimed()[0]!;
    const { mtimeMs } = lstatSync(machine.at('to', half));
    machine.keepAll();
    truncateSync(machine.at('to', half), 3);
    setTime(half, mtimeMs);
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('bits of a file that are not durable and have its size are found by their sum', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const empty = machine.claimed()[0]!;
    const { mtimeMs, size } = lstatSync(machine.at('to', empty));
    machine.keepAll();
    writeFileSync(machine.at('to', empty), Buffer.alloc(size), { flag: 'r+' });
    setTime(empty, mtimeMs);
    expect(await machine.run('MARK')).toEqual({ kind: 'DONE' });
    expectAll();
  });

  it('what people edited since is theirs', async () => {
    machine.cutAt = FILES - 1;
    await machine.run('MARK');
    const edited = machine.claimed()[0]!;
    machine.keepAll();
    writeFileSync(machine.at('to', edited), 'theirs');
    await machine.run('MARK');
    expect(arrived(edited)).toBe('theirs');
  });
});
