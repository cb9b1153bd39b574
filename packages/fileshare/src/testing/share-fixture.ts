import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PlatformError } from '@sluice/core/platform';
import type { Call, Content, Item, ListEntry, Platform, Source } from '@sluice/core/platform';
import { createFilesharePlatform } from '../platform.js';
import { FileshareDestination } from '../destination.js';
import { realDisk } from '../disk/disk.js';
import type { Disk } from '../disk/disk.js';
import type { Durability } from '../durability.js';
import { inlineLane } from './inline-lane.js';

const START = Date.UTC(2026, 10, 21, 12);

/** A share in a folder of its own, with a folder outside of it, for tests. */
export class ShareFixture {
  now = START;

  private constructor(
    readonly base: string,
    readonly platform: Platform,
  ) {}

  /** `prepare` may mount something on the root before the platform sees it. Calls are made on `disk`, in the test's thread. */
  static async create(
    durability: Durability = 'NEVER',
    prepare: (root: string) => Promise<void> = async () => {},
    disk: Disk = realDisk(),
    hasManifest = false,
  ): Promise<ShareFixture> {
    const base = await mkdtemp(join(tmpdir(), 'sluice-test-'));
    await Promise.all(['root', 'outside'].map((name) => mkdir(join(base, name))));
    await prepare(join(base, 'root'));
    const clock = { now: () => fixture.now };
    const root = join(base, 'root');
    const lane = inlineLane(disk);
    const platform = await createFilesharePlatform({ root, clock, random: () => 0.5, durability, lane, hasManifest });
    const fixture = new ShareFixture(base, platform);
    return fixture;
  }

  get source(): Source {
    return present(this.platform.source);
  }

  get destination(): FileshareDestination {
    const { destination } = this.platform;
    if (destination instanceof FileshareDestination) return destination;
    throw new Error('Expected the destination of a share.');
  }

  root(path = ''): string {
    return join(this.base, 'root', path);
  }

  outside(path = ''): string {
    return join(this.base, 'outside', path);
  }

  async put(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.root(path)), { recursive: true });
    await writeFile(this.root(path), text);
  }

  call(overrides: Partial<Call> = {}): Call {
    return { signal: new AbortController().signal, priority: 'JOB', owner: 'run 1', ...overrides };
  }

  async item(path: string): Promise<Item> {
    return present(await this.platform.find({ path: path === '' ? [] : path.split('/') }, this.call()));
  }

  /** What a listing shows, without its proof. */
  async list(): Promise<ListEntry[]> {
    const entries = await collect(this.source.list({ folder: { path: [] } }, this.call()));
    return entries.filter(({ type }) => type !== 'end');
  }

  /** Everything on the disk below a folder of the share, also what a listing hides. */
  async onDisk(path = ''): Promise<string[]> {
    return (await readdir(this.root(path), { recursive: true })).sort();
  }

  async dispose(): Promise<void> {
    await this.platform.close();
    await rm(this.base, { recursive: true });
  }
}

export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Expected a value.');
  return value;
}

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

export async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const outcome = await work.catch((cause: unknown) => cause);
  if (outcome instanceof PlatformError) return outcome;
  throw new Error('Expected a PlatformError.', { cause: outcome });
}

/** Text in two chunks, with something happening between them. */
export function content(text: string, meanwhile: () => Promise<void> = async () => {}): Content {
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    async *read() {
      yield bytes.subarray(0, 1);
      await meanwhile();
      yield bytes.subarray(1);
    },
  };
}
