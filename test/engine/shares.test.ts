import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
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
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, MemoryJob, MemoryEngineStore, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk } from '@sluice/fileshare/testing';
import type { Platform } from '@sluice/core/platform';

const clock = {
  now: () => Date.UTC(2026, 10, 21, 12),
  monotonic: () => Date.UTC(2026, 10, 21, 12),
  sleep: async () => {},
};

/** Each test opens several shares: threads for each would cost more than the tests. */
const lane = inlineLane(realDisk());

let base = '';
let job = new MemoryJob();
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-shares-'));
  for (const name of ['from', 'to']) mkdirSync(join(base, name));
  job = new MemoryJob();
});
afterEach(() => rmSync(base, { recursive: true }));

const share = (name: string) =>
  createFilesharePlatform({ root: join(base, name), clock, random: Math.random, durability: 'NEVER', lane });

/** One run of a job between two shares, or from another source. */
async function copy(policies = {}, source?: Platform): Promise<MemoryEngineStore> {
  const store = new MemoryEngineStore(job);
  const end = await executeRun({
    source: source ?? (await share('from')),
    destination: await share('to'),
    sourceRoot: [],
    destinationRoot: [],
    policies: { ...defaultPolicies('COPY'), ...policies },
    store,
    clock,
    ...quietRun(),
  });
  expect(end).toEqual({ kind: 'DONE' });
  return store;
}

const NAMES = [
  '..pdf',
  '..gitignore',
  '...',
  '....',
  '..d e',
  '.sluice-trash.txt',
  '.SLUICE-TRASH',
  '.sluice-trash ',
  '.hidden',
  '._resource',
  ' leading',
  'trailing ',
  'trailing.',
  'trailing..',
  'two  blanks',
  'a\tb',
  'a\nb',
  'a\rb',
  'a\\b',
  'a"b',
  "a'b",
  'a*b',
  'a?b',
  'a<b>c',
  'a|b',
  'a:b',
  '-rf',
  '🙂.txt',
  '\u200fright to left.txt',
  'zero\u200bwidth.txt',
  '\ufeffbyte order.txt',
  'CON',
  'NUL.txt',
  '~$lock.docx',
  'a%2Fb',
  '%00',
  'Pl\u00e4ne',
  'Pla\u0308ne',
  'CASE.txt',
  'case.txt',
  '$HOME',
  '`id`',
  'x'.repeat(255),
];

describe('names between shares', () => {
  it.each([{ invalidCharacters: 'REPLACE' }, { invalidCharacters: 'FLAG' }])(
    'every name that a share holds is kept as it is, of files and folders (%o)',
    async (policies) => {
      for (const name of NAMES) writeFileSync(join(base, 'from', name), name);
      for (const name of NAMES) {
        mkdirSync(join(base, 'from/folders', name), { recursive: true });
        writeFileSync(join(base, 'from/folders', name, 'in it'), '');
      }
      const store = await copy(policies);
      const namesIn = (folder: string) => readdirSync(join(base, folder)).sort();
      expect(namesIn('to')).toEqual([...NAMES, 'folders'].sort());
      expect(namesIn('to/folders')).toEqual([...NAMES].sort());
      for (const name of NAMES) expect(readFileSync(join(base, 'to', name), 'utf8')).toBe(name);
      expect(store.steps().filter(({ step }) => step.isRevised)).toEqual([]);
    },
  );

  it.each(['.', '..', '.sluice-trash'])('only “%s” and its like are reserved', async (name) => {
    const source = createMemoryPlatform({ limits: { forbiddenCharacters: [] } });
    source.seed([{ path: 'x', bytes: 'x' }]);
    const [store] = [await copy({ invalidCharacters: 'FLAG' }, renamed(source, name))];
    expect(store.steps().map(({ outcome, step }) => [outcome, step.reason])).toEqual([['FLAGGED', 'NAME_INVALID']]);
  });
});

/** A platform whose file `x` is listed under another name. */
function renamed(platform: Platform, name: string): Platform {
  const { source } = platform;
  return {
    ...platform,
    kind: platform.kind,
    capabilities: platform.capabilities,
    limits: platform.limits,
    find: (address, call) => platform.find(address, call),
    check: (call) => platform.check(call),
    close: () => platform.close(),
    source: {
      open: (item, call, range) => source!.open(item, call, range),
      async *list(scope, call) {
        for await (const entry of source!.list(scope, call)) {
          yield entry.type === 'item' ? { ...entry, item: { ...entry.item, path: [name] } } : entry;
        }
      },
    },
  };
}

const TMPFS = '/dev/shm';

// A file system in memory holds times that others do not.
describe.runIf(existsSync(TMPFS))('times that no calendar has', () => {
  it.each([9_400_000_000_000, 316_000_000_000])(
    'are listed as null, and the run tells that they are not kept (%d)',
    async (seconds) => {
      const folder = mkdtempSync(join(TMPFS, 'sluice-times-'));
      writeFileSync(join(folder, 'far.txt'), 'far');
      writeFileSync(join(folder, 'near.txt'), 'near');
      execFileSync('touch', ['-m', '-d', `@${seconds}`, join(folder, 'far.txt')]);
      const source = () => createFilesharePlatform({ root: folder, clock, random: Math.random, lane });
      const store = await copy({}, await source());
      const found = Object.fromEntries(
        store.steps().map(({ step, result }) => [step.sourceKey ?? '', { step, result }]),
      );
      expect(found['far.txt']?.step.source?.modifiedAt).toBeNull();
      expect(found['far.txt']?.result?.outcome).toBe('CREATED');
      expect(found['far.txt']?.result?.message).toMatch(/Its time is not kept: the source tells none/);
      expect(found['near.txt']?.result?.message).not.toMatch(/not kept/);
      expect((await copy({}, await source())).steps()).toEqual([]);
      rmSync(folder, { recursive: true });
    },
  );
});

/** Modification time in nanoseconds. */
const timeOf = (path: string) => lstatSync(join(base, path), { bigint: true }).mtimeNs;
const touch = (path: string, time: string) => execFileSync('touch', ['-m', '-d', time, join(base, path)]);

describe('times between shares', () => {
  it.each([
    '2026-11-20 10:00:40.123456789Z',
    '2026-11-20 10:00:00.999999999Z',
    '1969-12-31 23:59:59.000000001Z',
    '1901-12-14 00:00:00.5Z',
    '2038-01-19 03:14:08.000001Z',
  ])('are kept to the nanosecond, of files and folders, and the second run finds nothing to do (%s)', async (time) => {
    mkdirSync(join(base, 'from/folder/deeper'), { recursive: true });
    for (const path of ['a.txt', 'folder/b.txt', 'folder/deeper/c.txt']) writeFileSync(join(base, 'from', path), path);
    const paths = ['a.txt', 'folder/b.txt', 'folder/deeper/c.txt', 'folder/deeper', 'folder'];
    for (const path of paths) touch(`from/${path}`, time);
    await copy();
    for (const path of paths) expect(`${path} ${timeOf(`to/${path}`)}`).toBe(`${path} ${timeOf(`from/${path}`)}`);
    const again = await copy();
    expect(again.steps()).toEqual([]);
    expect(again.unchanged.items).toBe(paths.length);
  });

  it('of folders are those of the source also where it is no share', async () => {
    const source = createMemoryPlatform();
    source.seed([{ path: 'plans/a.txt', bytes: 'a' }]);
    source.seed([{ path: 'plans', modifiedAt: new Date('2019-03-04T05:06:07Z') }]);
    await copy({}, source);
    expect(timeOf('to/plans')).toBe(BigInt(Date.parse('2019-03-04T05:06:07Z')) * 1_000_000n);
  });
});

it('files and folders that were renamed or moved are renamed and moved between shares, with no transfer', async () => {
  const at = (path: string) => join(base, 'from', path);
  mkdirSync(at('f/sub'), { recursive: true });
  for (const path of ['a.txt', 'f/b.txt', 'f/sub/c.txt']) writeFileSync(at(path), path);
  await copy();
  const inode = () => lstatSync(join(base, 'to/g/sub/c.txt')).ino;
  const before = lstatSync(join(base, 'to/f/sub/c.txt')).ino;
  renameSync(at('f'), at('g'));
  renameSync(at('a.txt'), at('z.txt'));
  const outcomes = (store: MemoryEngineStore) =>
    store.steps().map(({ step, outcome }) => `${outcome} ${step.sourceKey}`);
  expect(outcomes(await copy())).toEqual(['RENAMED g', 'RENAMED z.txt']);
  expect(inode()).toBe(before);
  expect(readdirSync(join(base, 'to')).sort()).toEqual(['g', 'z.txt']);
  expect(outcomes(await copy())).toEqual([]);
});

it('what changed below a renamed folder, and a new file under a name that another one left, come with the same run', async () => {
  const at = (path: string) => join(base, 'from', path);
  mkdirSync(at('f/sub'), { recursive: true });
  mkdirSync(at('g'));
  for (const path of ['a.txt', 'f/b.txt', 'f/sub/c.txt', 'g/d.txt']) writeFileSync(at(path), path);
  await copy();
  renameSync(at('f'), at('aside'));
  renameSync(at('g'), at('f'));
  renameSync(at('aside'), at('g'));
  renameSync(at('a.txt'), at('z.txt'));
  for (const path of ['a.txt', 'g/sub/c.txt', 'g/sub/new.txt', 'f/d.txt', 'f/sub.txt'])
    writeFileSync(at(path), `${path}, second text`);
  const old = new Date('2019-03-04T05:06:07Z');
  utimesSync(at('g/sub'), old, old);
  await copy();
  const filesIn = (side: string) =>
    readdirSync(join(base, side), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => join(parentPath, name))
      .filter((path) => !path.includes('.sluice-trash'))
      .map((path) => [relative(join(base, side), path), readFileSync(path, 'utf8')])
      .sort();
  expect(filesIn('to')).toEqual(filesIn('from'));
  expect(lstatSync(join(base, 'to/g/sub')).mtime).toEqual(old);
  expect((await copy()).steps()).toEqual([]);
});
