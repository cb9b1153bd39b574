import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@sluice/core/http';
import type { Call, Platform } from '@sluice/core/platform';
import { createMemoryPlatform, loneBudget, type MemoryPlatform } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { createProcorePlatform, type TokenSet } from '@sluice/procore';
import { seeded, type Sandbox } from '@sluice/procore-sandbox';
import { sha256 } from '../files.js';

/** One place of a job: what a person does there behind the engine's back, and what stands there. Paths are joined by `/`. */
export interface Side {
  /** As a new process opens it. */
  open(): Promise<Platform>;
  /** Path of the place from the connection's root. */
  readonly root: readonly string[];
  /** Writes a file, or the next version of it; where times can be set, the file may be older or newer than all others. */
  put(path: string, text: string, age?: Age): Promise<void>;
  move(from: string, to: string): Promise<void>;
  /** A file or folder with what is in it. */
  remove(path: string): Promise<void>;
  /** Texts of all files by path, those under temporary names too; nothing of a trash. */
  files(): Promise<Record<string, string>>;
  /** SHA-256 of each file in the trash or the bin; null where there is none. */
  removed(): Promise<string[] | null>;
  /** Versions of each file ever stored; null where none are counted. */
  versions(): Promise<Record<string, number> | null>;
  /** What a file had as its content, oldest first; only the latest where no more is kept. */
  contents(path: string): Promise<string[]>;
  /** Somebody else checks a file out until then, or in again with null; absent where nobody can. */
  checkOut?(path: string, until: Date | null): void;
  /** Makes a file or folder private, or opens it; absent where nothing is private. */
  hide?(path: string, isPrivate: boolean): void;
}

export type Age = 'OLDER' | 'NEWER';

const timeOf = (age: Age | undefined) => {
  if (age === undefined) return new Date();
  return age === 'OLDER' ? new Date('2020-01-01') : new Date(Date.now() + 3_600_000);
};

/** Real time in which short waits take a moment only; long ones, which are time limits, take as long as they say. */
export const quickClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) =>
    sleep(milliseconds < 10_000 ? Math.min(milliseconds, 2) : milliseconds, undefined, { signal, ref: false }),
};

const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a person' };

/** A folder of its own for each place; one platform with its threads serves all. */
export class Shares implements AsyncDisposable {
  private readonly base = mkdtempSync(join(tmpdir(), 'sluice-effects-'));
  private count = 0;
  private readonly platform = createFilesharePlatform({
    root: this.base,
    clock: quickClock,
    random: Math.random,
    durability: 'NEVER',
  });

  side(): Side {
    const name = String((this.count += 1));
    const at = (...path: string[]) => join(this.base, name, ...path);
    mkdirSync(at());
    return {
      root: [name],
      open: () => this.platform,
      put: async (path, text, age) => {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
        if (age) utimesSync(at(path), timeOf(age), timeOf(age));
      },
      move: async (from, to) => {
        mkdirSync(dirname(at(to)), { recursive: true });
        renameSync(at(from), at(to));
      },
      remove: async (path) => rmSync(at(path), { recursive: true }),
      files: async () => textsIn(at(), (path) => !path.startsWith(TRASH)),
      removed: async () => Object.values(textsIn(at(), (path) => path.startsWith(TRASH))).map(hashOf),
      versions: async () => null,
      contents: async (path) => [readFileSync(at(path), 'utf8')],
    };
  }

  /** Where the files of a side of this class are. */
  folderOf({ root }: Side): string {
    return join(this.base, ...root);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.platform).close();
    rmSync(this.base, { recursive: true });
  }
}

const TRASH = '.sluice-trash/';

export const hashOf = (text: string): string => sha256(Buffer.from(text));

function textsIn(folder: string, isMeant: (path: string) => boolean): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => relative(folder, join(file.parentPath, file.name)));
  return Object.fromEntries(paths.filter(isMeant).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** A project of the sandbox for each place. */
export class Projects {
  private last = 0;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly way: { fetch?: typeof fetch; pageSize?: number } = {},
  ) {}

  async side(): Promise<Side> {
    const { control } = this.sandbox;
    const [id] = control.addProjects(1);
    if (id === undefined) throw new Error('The sandbox has made no project.');
    this.last = id;
    const live = async () => (await control.tree(id)).filter(({ kind, isDeleted }) => kind === 'file' && !isDeleted);
    const place = 'Place';
    await control.seed(id, [{ path: place }]);
    const own = (path: string) => path.slice(place.length + 1);
    return {
      root: [place],
      open: async () => this.connect(id),
      put: (path, content) => control.seed(id, [{ path: `${place}/${path}`, content }]),
      move: async (from, to) => control.moveItem(`${place}/${from}`, `${place}/${to}`, id),
      remove: async (path) => control.deleteItem(`${place}/${path}`, id),
      files: async () => {
        const texts: Record<string, string> = {};
        for (const { path } of await live()) {
          if (own(path) in texts) throw new Error(`“${path}” is there twice.`);
          texts[own(path)] = (await control.fileBytes(path, id)).toString();
        }
        return texts;
      },
      removed: async () => (await control.tree(id)).flatMap((entry) => (entry.isDeleted ? (entry.sha256 ?? []) : [])),
      versions: async () => Object.fromEntries((await live()).map(({ path, versions }) => [own(path), versions])),
      contents: async (path) => {
        const count = (await live()).find((file) => own(file.path) === path)?.versions ?? 0;
        const numbers = Array.from({ length: count }, (_, index) => index + 1);
        const bytes = numbers.map((number) => control.fileBytes(`${place}/${path}`, id, number));
        return (await Promise.all(bytes)).map(String);
      },
      hide: (path, isPrivate) => control.editItem(`${place}/${path}`, { isPrivate }, id),
      checkOut: (path, until) => control.checkOut(`${place}/${path}`, until, 'tomas@quay.example', id),
    };
  }

  /** What stands in the last project outside of its place. */
  async outside({ root }: Side): Promise<string[]> {
    const paths = (await this.sandbox.control.tree(this.last)).map(({ path }) => path);
    return paths.filter((path) => path !== root[0] && !path.startsWith(`${root[0]}/`));
  }

  private connect(projectId: number): Platform {
    const { access_token, refresh_token, expires_in } = this.sandbox.control.issueTokens();
    const now = Date.now();
    let tokens: TokenSet | null = {
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      obtainedAt: now,
      expiresAt: now + expires_in * 1000,
    };
    return createProcorePlatform({
      client: { id: seeded.clientId, secret: seeded.clientSecret },
      grant: 'AUTHORIZATION_CODE',
      tokens: {
        load: async () => tokens,
        save: async (saved) => void (tokens = saved),
        withLock: (work) => work(),
      },
      budget: loneBudget(quickClock, { hourlyLimit: 1_000_000, spikeLimit: 100_000 }),
      clock: quickClock,
      random: Math.random,
      fetch: (url, init) => (this.way.fetch ?? fetch)(url, init as RequestInit),
      settings: {
        loginUrl: this.sandbox.loginUrl,
        apiUrl: this.sandbox.apiUrl,
        companyId: String(seeded.companyId),
        projectId: String(projectId),
        pageSize: this.way.pageSize,
      },
    });
  }
}

export function memorySide(platform: MemoryPlatform = createMemoryPlatform()): Side {
  const paths = () => platform.tree().filter((path) => !path.endsWith('/'));
  return {
    root: [],
    open: async () => platform,
    put: async (path, bytes, age) => platform.seed([{ path, bytes, modifiedAt: timeOf(age) }]),
    move: async (from, to) => {
      const folder = to.split('/').slice(0, -1);
      if (folder.length > 0) platform.seed([{ path: folder.join('/') }]);
      const parent = (await platform.find({ path: folder }, call))!;
      await platform.destination!.move!(platform.item(from)!, { parent, name: to.split('/').at(-1)! }, call);
    },
    remove: async (path) => platform.removeBehind(path),
    files: async () =>
      Object.fromEntries(paths().map((path) => [path, Buffer.from(platform.bytes(path) ?? []).toString()])),
    removed: async () => null,
    versions: async () => Object.fromEntries(paths().map((path) => [path, platform.versions(path)])),
    contents: async (path) => platform.texts(path),
  };
}
