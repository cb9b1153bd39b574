import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun, type RunEnd } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk } from '@sluice/fileshare/testing';
import { diskObstacle, makeDisk, memoryObstacle, mountDisk, mountMemory, remount, unmount } from '../support/mounts.js';

const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} };
/** Each test opens several shares: threads for each would cost more than the tests. */
const lane = inlineLane(realDisk());
const noMemory = memoryObstacle();
const noDisk = diskObstacle();

let base = '';
let job: MemoryJob;
let mounted: string[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-trouble-'));
  for (const name of ['from', 'to']) mkdirSync(join(base, name));
  [job, mounted] = [new MemoryJob(), []];
});
afterEach(() => {
  for (const path of mounted) unmount(path);
  rmSync(base, { recursive: true });
});

const at = (path: string) => join(base, path);
const put = (name: string, content: string) => writeFileSync(at(`from/${name}`), content);
const there = () => readdirSync(at('to')).sort();
const share = (name: string) =>
  createFilesharePlatform({ root: at(name), clock, random: Math.random, durability: 'FILE', lane });

/** From share to share files go in batches; through the engine's streams where the source lacks that. */
type Way = 'directly' | 'through the engine';

async function sourceOf(way: Way): Promise<Platform> {
  const from = await share('from');
  if (way === 'directly') return from;
  // Not the share's own kind of source any more, so that its destination cannot take files from it by itself.
  return { ...from, source: new Proxy(from.source!, { getPrototypeOf: () => Object.prototype }) };
}

/** One run; tells how it ended and what became of its items by name. */
async function run(way: Way): Promise<{ end: RunEnd; items: Record<string, string>; told: (string | null)[] }> {
  const [source, destination] = [await sourceOf(way), await share('to')];
  const store = new MemoryEngineStore(job);
  const policies = { ...defaultPolicies('COPY'), retries: 1 };
  const roots = { sourceRoot: [], destinationRoot: [] };
  const end = await executeRun({ source, destination, ...roots, policies, store, clock, ...quietRun() });
  const told = store.steps().flatMap(({ result }) => (result ? [`${result.message} ${result.remedy}`] : []));
  await Promise.all([source.close(), destination.close()]);
  return { end, items: store.outcomes(), told };
}

const MIB = 1024 * 1024;

describe.skipIf(noMemory !== null).each<Way>(['directly', 'through the engine'])(
  `trouble with a destination of files that go %s${noMemory ? ` (skipped: ${noMemory})` : ''}`,
  (way) => {
    const mount = (path: string, options: string) => {
      mountMemory(at(path), options);
      mounted.push(at(path));
    };

    it('a full disk: the file that does not fit is flagged with the reason, and a later run takes it once there is room', async () => {
      mount('to', 'size=1m');
      put('1 small', 'a');
      put('2 big', 'x'.repeat(2 * MIB));
      put('3 small', 'c');
      const first = await run(way);
      expect(first.end).toEqual({ kind: 'DONE' });
      expect(first.items).toEqual({
        '1 small': 'CREATED NEW',
        '2 big': 'FLAGGED DESTINATION_FULL',
        '3 small': 'CREATED NEW',
      });
      expect(first.told).toContain('“/2 big” does not fit: the disk is full. Make room, then retry.');
      expect(there()).toEqual(['1 small', '3 small']);
      remount(at('to'), 'size=8m');
      expect((await run(way)).items).toEqual({ '2 big': 'CREATED NEW' });
      expect(readFileSync(at('to/2 big')).length).toBe(2 * MIB);
      expect(there()).toEqual(['1 small', '2 big', '3 small']);
    });

    it('a full disk while a file is replaced: the old one stays, and a later run replaces it', async () => {
      mount('to', 'size=1m');
      put('plan', 'old');
      await run(way);
      put('plan', 'x'.repeat(2 * MIB));
      expect((await run(way)).items).toEqual({ plan: 'FLAGGED DESTINATION_FULL' });
      expect(readFileSync(at('to/plan'), 'utf8')).toBe('old');
      expect(there()).toEqual(['plan']);
      remount(at('to'), 'size=8m');
      expect((await run(way)).items).toEqual({ plan: 'UPDATED CONTENT_CHANGED' });
      expect(readFileSync(at('to/plan')).length).toBe(2 * MIB);
    });

    it('a destination that is mounted read-only: the run ends with that one reason, and a later run succeeds', async () => {
      mount('to', 'size=1m');
      const names = Array.from({ length: 40 }, (_, index) => `file ${index}`);
      for (const name of names) put(name, name);
      remount(at('to'), 'ro');
      const { end } = await run(way);
      expect(end).toMatchObject({ kind: 'BROKEN', error: { kind: 'ACCESS_DENIED', remedy: 'Mount it for writing.' } });
      expect(end).toMatchObject({ error: { message: expect.stringContaining('mounted read-only') as string } });
      remount(at('to'), 'rw');
      expect((await run(way)).end).toEqual({ kind: 'DONE' });
      expect(there()).toEqual(names.sort());
    });
  },
);

describe.skipIf(noDisk !== null).each<Way>(['directly', 'through the engine'])(
  `a bad place on the disk of files that go %s${noDisk ? ` (skipped: ${noDisk})` : ''}`,
  (way) => {
    it('the file on it is flagged with the reason, the others are copied, and a later run takes it', async () => {
      const disk = at('disk.img');
      makeDisk(disk, 4 * MIB);
      mountDisk(disk, at('from'));
      for (const name of ['1 good', '3 good', '2 bad']) put(name, name === '2 bad' ? 'x'.repeat(2 * MIB) : name);
      rmdirSync(at('from/lost+found'));
      // What was written is no longer in memory, but for the good files: the bad one is read from the disk, half of which is gone.
      unmount(at('from'));
      mountDisk(disk, at('from'));
      mounted.push(at('from'));
      for (const name of ['1 good', '3 good']) readFileSync(at(`from/${name}`));
      truncateSync(disk, 2 * MIB);
      const first = await run(way);
      expect(first.end).toEqual({ kind: 'DONE' });
      expect(first.items).toEqual({
        '1 good': 'CREATED NEW',
        '2 bad': 'FLAGGED PLATFORM_ERROR',
        '3 good': 'CREATED NEW',
      });
      expect(first.told.join()).toContain(
        '“/2 bad” cannot be read or written: the disk reports an error. Check the disk.',
      );
      expect(there()).toEqual(['1 good', '3 good']);
      truncateSync(disk, 4 * MIB);
      expect((await run(way)).items).toEqual({ '2 bad': 'CREATED NEW' });
      expect(readFileSync(at('to/2 bad')).equals(readFileSync(at('from/2 bad')))).toBe(true);
    });
  },
);
