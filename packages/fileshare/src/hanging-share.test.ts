import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Platform } from '@sluice/core/platform';
import type { ShareFacts } from './disk/share-root.js';
import { createFilesharePlatform } from './index.js';
import type { Lane } from './lane.js';
import { failureOf, present } from './testing/share-fixture.js';
import { ThreadLane } from './thread-lane.js';

/** A pipe that nobody reads takes this much; a call that writes more hangs, as one to a dead mount does. */
const HANGING_BYTES = 1024 * 1024;
/** More than a share and than Node itself have threads. */
const HANGING_CALLS = 8;

/** So often in a row nothing is in the pipe once nobody writes any more. */
const EMPTY_READS = 200;

let base: string;
let pipe: number;
let hanging: { platform: Platform; lane: ThreadLane };
let stuck: Promise<unknown>[];

const call = (signal = new AbortController().signal) => ({ signal, priority: 'JOB' as const, owner: 'test' });

async function open(name: string): Promise<typeof hanging> {
  await mkdir(join(base, name));
  await writeFile(join(base, name, 'file.txt'), 'x');
  const lane = new ThreadLane();
  const options = { root: join(base, name), clock: { now: () => 0 }, random: Math.random, lane };
  return { lane, platform: await createFilesharePlatform(options) };
}

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sluice-hang-'));
  execFileSync('mkfifo', [join(base, 'pipe')]);
  pipe = openSync(join(base, 'pipe'), constants.O_RDWR);
  hanging = await open('hanging');
  const facts = {} as ShareFacts;
  stuck = Array.from({ length: HANGING_CALLS }, () =>
    hanging.lane.call('append', facts, pipe, new Uint8Array(HANGING_BYTES)),
  );
});
afterEach(async () => {
  await drain();
  await hanging.platform.close();
  closeSync(pipe);
  await rm(base, { recursive: true });
});

/** Brings the share back: everything that is to be written is taken. */
async function drain(): Promise<void> {
  let isOver = false;
  void Promise.allSettled(stuck).then(() => (isOver = true));
  const reader = openSync(join(base, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(64 * 1024);
  // A thread that was closed ends with what it was writing, which nobody waits for any more.
  for (let empty = 0; !isOver || empty < EMPTY_READS;) {
    try {
      empty = readSync(reader, buffer) > 0 ? 0 : empty + 1;
    } catch {
      empty += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  closeSync(reader);
}

test('a share that hangs holds up neither another share nor the process', async () => {
  const other = await open('other');
  expect(await other.platform.find({ path: ['file.txt'] }, call())).toMatchObject({ size: 1 });
  expect((await stat(join(base, 'other/file.txt'))).size).toBe(1);
  await other.platform.close();
});

test('whoever waits for a share that hangs stops with the signal, and it answers once it is back', async () => {
  const { platform } = hanging;
  const stop = new AbortController();
  const { source, destination } = platform;
  const other = await open('other');
  const root = present(await other.platform.find({ path: [] }, call()));
  await other.platform.close();
  const content = {
    size: 1,
    read: async function* () {
      yield new Uint8Array(1);
    },
  };
  const waits = [
    platform.find({ path: ['file.txt'] }, call(stop.signal)),
    source!
      .list({ folder: { path: [] } }, call(stop.signal))
      [Symbol.asyncIterator]()
      .next(),
    destination!.ensureFolder({ parent: root, name: 'folder' }, call(stop.signal)),
    destination!.write({ parent: root, name: 'new.txt', content }, call(stop.signal)),
    platform.check(call(stop.signal)),
  ].map((work) => failureOf(work));
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  expect((await Promise.all(waits)).map(({ kind }) => kind)).toEqual(waits.map(() => 'ABORTED'));
  await drain();
  expect(await platform.find({ path: ['file.txt'] }, call())).toMatchObject({ size: 1 });
});

test('a share that answers nothing is given up by all who wait for it, and found again once it is back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  try {
    const { platform } = hanging;
    const waits = [
      platform.find({ path: ['file.txt'] }, call()),
      platform
        .source!.list({ folder: { path: [] } }, call())
        [Symbol.asyncIterator]()
        .next(),
    ].map((work) => failureOf(work));
    await vi.advanceTimersByTimeAsync(60_000);
    for (const error of await Promise.all(waits))
      expect(error).toMatchObject({ kind: 'UNREACHABLE', message: 'The share does not answer.' });
    await drain();
    expect(await platform.find({ path: ['file.txt'] }, call())).toMatchObject({ size: 1 });
  } finally {
    vi.useRealTimers();
  }
});

test('closing does not wait for a share that hangs', async () => {
  const ends = stuck.map((work) => failureOf(work));
  await hanging.platform.close();
  for (const { kind } of await Promise.all(ends)) expect(kind).toBe('UNREACHABLE');
});

test('threads that have nothing to do end, and others start when there is something again', async () => {
  const lane = new ThreadLane(1);
  const folder = join(base, 'hanging');
  for (const _ of ['first', 'later']) {
    expect(await lane.call('locate', folder)).toMatchObject({ root: await realpath(folder) });
    await expect.poll(() => lane.size).toBe(0);
  }
  await lane.close();
});

test('a listing that is left in the middle goes on in its thread, however long that takes', async () => {
  const lane = new ThreadLane(1);
  const folder = join(base, 'hanging');
  const calls: Lane = lane;
  const found = await calls.call('locate', folder);
  const facts = { ...found, traits: await calls.call('traits', folder), hasManifest: false };
  const steps = calls.stream('list', facts, { start: [], isShallow: false, rules: [] });
  expect((await steps.next()).done).toBe(false);
  // A thread that could end would have ended before another one starts and ends.
  const other = new ThreadLane(1);
  await other.call('locate', folder);
  await expect.poll(() => other.size).toBe(0);
  expect(lane.size).toBe(1);
  expect(await steps.next()).toMatchObject({ done: false, value: [{ proof: {} }] });
  expect(await steps.next()).toMatchObject({ done: true });
  await expect.poll(() => lane.size).toBe(0);
});
