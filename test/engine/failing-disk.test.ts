import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** A disk with a bad place: what is written with the bytes `BAD` fails, or what makes it durable. */
function badDisk(operation: 'write' | 'sync'): Disk {
  const real = realDisk();
  const bad = new Set<number>();
  const fail = () => {
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  };
  return {
    ...real,
    open: (...args: Parameters<Disk['open']>) => {
      const file = real.open(...args);
      bad.delete(file);
      return file;
    },
    write: (file, bytes) => {
      if (Buffer.from(bytes).includes('BAD')) bad.add(file);
      return operation === 'write' && bad.has(file) ? fail() : real.write(file, bytes);
    },
    sync: (file) => (operation === 'sync' && bad.has(file) ? fail() : real.sync(file)),
  };
}

async function run(disk: Disk) {
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
  const source = { ...from, source: new Proxy(from.source!, { getPrototypeOf: () => Object.prototype }) };
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
const there = () => readdirSync(join(base, 'to')).sort();

describe.each(['write', 'sync'] as const)('a destination whose disk reports EIO at the %s of one file', (operation) => {
  it('new: it is flagged with the reason, nothing has its name, the others arrive, and a later run takes it', async () => {
    put((name) => (name === '2 bad' ? 'BAD' : name));
    const first = await run(badDisk(operation));
    expect(first.end).toEqual({ kind: 'DONE' });
    expect(first.items).toEqual({
      '1 good': 'CREATED NEW',
      '2 bad': 'FLAGGED PLATFORM_ERROR',
      '3 good': 'CREATED NEW',
    });
    expect(first.told.join()).toContain('cannot be read or written: the disk reports an error. Check the disk.');
    expect(there()).toEqual(['1 good', '3 good']);
    expect((await run(realDisk())).items).toEqual({ '2 bad': 'CREATED NEW' });
    expect(there()).toEqual(NAMES);
  });

  it('to be replaced: the old one stays, and a later run replaces it', async () => {
    put((name) => name);
    await run(realDisk());
    writeFileSync(join(base, 'from', '2 bad'), 'BAD and new');
    expect((await run(badDisk(operation))).items).toEqual({ '2 bad': 'FLAGGED PLATFORM_ERROR' });
    expect(readFileSync(join(base, 'to', '2 bad'), 'utf8')).toBe('2 bad');
    expect(there()).toEqual(NAMES);
    expect((await run(realDisk())).items).toEqual({ '2 bad': 'UPDATED CONTENT_CHANGED' });
    expect(readFileSync(join(base, 'to', '2 bad'), 'utf8')).toBe('BAD and new');
  });
});
