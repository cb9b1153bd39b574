import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun, type RunEnd } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { quickClock } from '../support/effects/sides.js';
import { mountThrough, throughObstacle, unmount } from '../support/mounts.js';

const obstacle = await throughObstacle();
const FILES = 40;
const names = Array.from({ length: FILES }, (_, index) => `file ${index}`);

let base = '';
let job: MemoryJob;
let server: ChildProcess;
let platforms: Platform[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-dead-'));
  for (const name of ['from', 'to', 'behind']) mkdirSync(join(base, name));
  [job, platforms] = [new MemoryJob(), []];
});
afterEach(async () => {
  vi.useRealTimers();
  server.kill('SIGCONT');
  await Promise.all(platforms.map((platform) => platform.close()));
  unmount(join(base, mounted));
  rmSync(base, { recursive: true });
});

let mounted: Side;
type Side = 'from' | 'to';
type Way = 'directly' | 'through the engine';

async function mount(side: Side): Promise<void> {
  mounted = side;
  server = await mountThrough(join(base, 'behind'), join(base, side));
  for (const name of names) writeFileSync(join(base, 'from', name), name);
}

async function share(name: string): Promise<Platform> {
  const platform = await createFilesharePlatform({ root: join(base, name), clock: quickClock, random: Math.random });
  platforms.push(platform);
  return platform;
}

async function sourceOf(way: Way): Promise<Platform> {
  const from = await share('from');
  // Not the share's own kind of source any more, so that its destination cannot take files from it by itself.
  const source = new Proxy(from.source!, { getPrototypeOf: () => Object.prototype });
  return way === 'directly' ? from : { ...from, source };
}

async function run(way: Way, signal?: AbortSignal, onTransfer: () => void = () => undefined): Promise<RunEnd> {
  const [source, destination] = [await sourceOf(way), await share('to')];
  const quiet = quietRun(signal);
  const report = { ...quiet.report, inFlight: (items: number) => void (items > 0 && onTransfer()) };
  return executeRun({
    ...{ source, destination, sourceRoot: [], destinationRoot: [] },
    policies: { ...defaultPolicies('COPY'), retries: 1 },
    store: new MemoryEngineStore(job),
    clock: quickClock,
    ...{ ...quiet, report },
  });
}

/** The server of the mount is gone: whatever asks it waits. */
const die = () => void server.kill('SIGSTOP');

/** Fake time goes by until the run ends. */
async function outlast(end: Promise<RunEnd>): Promise<RunEnd> {
  let isOver = false;
  void end.finally(() => (isOver = true)).catch(() => undefined);
  for (let turn = 0; !isOver && turn < 2000; turn++) {
    await vi.advanceTimersByTimeAsync(10_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  vi.useRealTimers();
  return end;
}

describe.skipIf(obstacle !== null)(`a mount whose server is gone${obstacle ? ` (skipped: ${obstacle})` : ''}`, () => {
  const cases = (['from', 'to'] as const).flatMap((side) =>
    (['directly', 'through the engine'] as const).map((way) => [side, way] as const),
  );

  it.each(cases)(
    '“%s”, amid files that go %s: the run ends with that reason, and a later one succeeds',
    async (side, way) => {
      await mount(side);
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
      let died: () => void = () => undefined;
      const death = new Promise<void>((resolve) => (died = resolve));
      const end = run(way, undefined, () => (die(), died()));
      await death;
      expect(await outlast(end)).toMatchObject({
        kind: 'BROKEN',
        error: { kind: 'UNREACHABLE', message: 'The share does not answer.', remedy: 'Check that its server runs.' },
      });
      server.kill('SIGCONT');
      expect(await run(way)).toEqual({ kind: 'DONE' });
      expect(readdirSync(join(base, 'to')).sort()).toEqual([...names].sort());
    },
  );

  it.each(cases)('“%s”, amid files that go %s: a run that is stopped does not wait for it', async (side, way) => {
    await mount(side);
    const stop = new AbortController();
    const end = run(way, stop.signal, () => {
      die();
      setImmediate(() => stop.abort());
    });
    expect((await end).kind).toBe('STOPPED');
    server.kill('SIGCONT');
    expect(await run(way)).toEqual({ kind: 'DONE' });
    expect(readdirSync(join(base, 'to')).sort()).toEqual([...names].sort());
  });

  it('holds up no other share', async () => {
    await mount('to');
    const [dead, alive] = [await share('to'), await share('from')];
    const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'test' };
    die();
    const waiting = Promise.allSettled(names.map((name) => dead.find({ path: [name] }, call)));
    const found = await Promise.all(names.map((name) => alive.find({ path: [name] }, call)));
    expect(found.map((item) => item?.size)).toEqual(names.map((name) => name.length));
    server.kill('SIGCONT');
    expect((await waiting).every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});
