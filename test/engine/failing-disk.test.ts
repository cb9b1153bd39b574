import { fstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk, type Disk } from '@sluice/fileshare/testing';
import { quickClock } from '../support/effects/sides.js';

const NAMES = ['1 good', '2 bad', '3 good'];

let base = '';
let job: MemoryJob;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-failing-'));
  job = new MemoryJob();
  for (const name of ['from', 'to']) mkdirSync(join(base, name));
});
afterEach(() => rmSync(base, { recursive: true }));

const OPERATIONS = ['write', 'sync', 'rename'] as const;
type Operation = (typeof OPERATIONS)[number];
const WAYS = ['directly', 'through the engine'] as const;
type Way = (typeof WAYS)[number];

const isBad = (bytes: Uint8Array) => Buffer.from(bytes).includes('BAD');
const bytesOf = (file: number) => (fstatSync(file).isFile() ? readFileSync(`/proc/self/fd/${file}`) : Buffer.alloc(0));

/** A disk with a bad place: what is written with the bytes `BAD` fails, or what makes it durable, or what gives it its name. */
function badDisk(operation: Operation): Disk {
  const real = realDisk();
  const fail = () => {
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  };
  const named = (name: string, give: () => boolean): boolean =>
    operation === 'rename' && basename(name) === '2 bad' ? fail() : give();
  return {
    ...real,
    write: (file, bytes) => (operation === 'write' && isBad(bytes) ? fail() : real.write(file, bytes)),
    sync: (file) => (operation === 'sync' && isBad(bytesOf(file)) ? fail() : real.sync(file)),
    // So that each file is made durable by itself.
    syncFileSystem: () => false,
    renameToFree: (from, to) => named(to, () => real.renameToFree(from, to)),
    exchange: (one, other) => named(basename(one) === '2 bad' ? one : other, () => real.exchange(one, other)),
  };
}

async function run(way: Way, disk: Disk) {
  const share = (name: string, lane = inlineLane(disk)) =>
    createFilesharePlatform({
      root: join(base, name),
      clock: quickClock,
      random: Math.random,
      durability: 'FILE',
      lane,
    });
  const [from, destination] = [await share('from'), await share('to')];
  // Not the share's own kind of source any more: files go through the engine's streams.
  const streamed = { ...from, source: new Proxy(from.source!, { getPrototypeOf: () => Object.prototype }) };
  const source = way === 'directly' ? from : streamed;
  const store = new MemoryEngineStore(job);
  const policies = { ...defaultPolicies('COPY'), retries: 1 };
  const places = { source, destination, sourceRoot: [], destinationRoot: [] };
  const end = await executeRun({ ...places, policies, store, clock: quickClock, ...quietRun() });
  await Promise.all([from.close(), destination.close()]);
  const told = store.steps().flatMap(({ result }) => (result ? [`${result.message} ${result.remedy}`] : []));
  return { end, items: store.outcomes(), told };
}

const put = (text: (name: string) => string) => {
  for (const name of NAMES) writeFileSync(join(base, 'from', name), text(name));
};
/** Files of the destination; the trash has one only once a replacement is done. */
const there = () => {
  const entries = readdirSync(join(base, 'to'), { recursive: true, withFileTypes: true });
  return entries
    .flatMap((entry) => (entry.isFile() ? [relative(join(base, 'to'), join(entry.parentPath, entry.name))] : []))
    .sort();
};

const cases = OPERATIONS.flatMap((operation) => WAYS.map((way) => [operation, way] as const));

describe.each(cases)('a destination whose disk reports EIO at the %s of one file that goes %s', (operation, way) => {
  it('new: it is flagged with the reason, nothing has its name, the others arrive, and a later run takes it', async () => {
    put((name) => (name === '2 bad' ? 'BAD' : name));
    const first = await run(way, badDisk(operation));
    expect(first.end).toEqual({ kind: 'DONE' });
    expect(first.items).toEqual({
      '1 good': 'CREATED NEW',
      '2 bad': 'FLAGGED PLATFORM_ERROR',
      '3 good': 'CREATED NEW',
    });
    expect(first.told.join()).toContain('cannot be read or written: the disk reports an error. Check the disk.');
    expect(there()).toEqual(['1 good', '3 good']);
    expect((await run(way, realDisk())).items).toEqual({ '2 bad': 'CREATED NEW' });
    expect(there()).toEqual(NAMES);
  });

  it('to be replaced: the old one stays, and a later run replaces it', async () => {
    put((name) => name);
    await run(way, realDisk());
    writeFileSync(join(base, 'from', '2 bad'), 'BAD and new');
    expect((await run(way, badDisk(operation))).items).toEqual({ '2 bad': 'FLAGGED PLATFORM_ERROR' });
    expect(readFileSync(join(base, 'to', '2 bad'), 'utf8')).toBe('2 bad');
    expect(there()).toEqual(NAMES);
    expect((await run(way, realDisk())).items).toEqual({ '2 bad': 'UPDATED CONTENT_CHANGED' });
    expect(readFileSync(join(base, 'to', '2 bad'), 'utf8')).toBe('BAD and new');
  });
});
