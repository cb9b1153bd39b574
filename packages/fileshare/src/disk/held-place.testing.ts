import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HookedDisk, systemError } from '../testing/hooked-disk.js';
import type { DiskCall } from '../testing/hooked-disk.js';
import type { Entry, HeldFolder } from './held-folder.js';
import { HoldingRoot, locate, ShareRoot } from './share-root.js';
import type { ShareFacts } from './share-root.js';

const FACTS: Omit<ShareFacts, 'root' | 'inode'> = {
  traits: { foldsCase: false, hasStableInodes: true, nameUnit: 'UTF8', syncsAsWhole: true, attributes: 'ALL' },
  hasManifest: false,
};

/** A folder of its own as a share, for what is called in the thread of a test. */
export class HeldPlace {
  readonly hooks: HookedDisk;
  readonly share: ShareRoot;
  /** Whose folders stay held. */
  readonly holding: HoldingRoot;
  private readonly base = mkdtempSync(join(tmpdir(), 'sluice-held-'));
  private readonly held: HeldFolder[] = [];

  /** `lacking` are calls that this system refuses. */
  constructor({ lacking = [], ...facts }: { lacking?: DiskCall[] } & Partial<ShareFacts> = {}) {
    this.hooks = new HookedDisk(lacking);
    this.share = new ShareRoot(this.hooks.disk, { ...FACTS, ...locate(this.hooks.disk, this.base), ...facts });
    this.holding = new HoldingRoot(this.share);
  }

  at(path: string): string {
    return join(this.base, path);
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }

  /** Somebody saves a new file in the place of another. */
  save(path: string, text: string): void {
    const saved = `${this.base}.saved`;
    writeFileSync(saved, text);
    renameSync(saved, this.at(path));
  }

  /** Lets something happen before the call of that name and number, counted from 1. */
  before(call: DiskCall, number: number, work: () => void): void {
    let count = 0;
    this.hooks.before = (name) => {
      if (name === call && (count += 1) === number) work();
    };
  }

  /** A folder that is held until the end. */
  hold(path: readonly string[] = []): HeldFolder {
    const folder = this.share.hold(path);
    this.held.push(folder);
    return folder;
  }

  entry(name: string): Entry {
    return { folder: this.hold(), name };
  }

  /** Texts of all files, by their paths; null for a folder. */
  texts(path = ''): Record<string, string | null> {
    const names = readdirSync(this.at(path), { recursive: true }).map(String).sort();
    return Object.fromEntries(
      names.map((name) => {
        const inner = this.at(join(path, name));
        return [name, statSync(inner).isDirectory() ? null : readFileSync(inner, 'utf8')];
      }),
    );
  }

  dispose(): void {
    this.hooks.before = () => {};
    for (const folder of this.held) folder.close();
    this.holding.release();
    rmSync(this.base, { recursive: true });
  }
}

/** What the work throws; null for nothing. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (cause) {
    return cause;
  }
}

/** How many files and folders the work leaves open; opening fails in none of it but by what happens before calls. */
export function leftOpen({ hooks }: HeldPlace, work: () => unknown): number {
  const { before } = hooks;
  let count = 0;
  hooks.before = (call, args) => {
    before(call, args);
    if (call === 'open') count += 1;
    if (call === 'close') count -= 1;
  };
  work();
  hooks.before = before;
  return count;
}

/** Lets calls of that name fail with that code of the system, only those whose path ends so. */
export function fail({ hooks }: HeldPlace, call: DiskCall, code: string, end = ''): void {
  hooks.before = (name, [path]) => {
    if (name === call && String(path).endsWith(end)) throw systemError(code);
  };
}
