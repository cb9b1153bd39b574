import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ReportRow } from '../db/row-types.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { ChangeLog } from '../live/change-log.js';
import { Hub } from '../live/hub.js';
import { createLog } from '../log.js';
import { Refusal } from '../problems.js';
import { COLUMNS } from './columns.js';
import type { Cell } from './lines.js';
import { ReportFiles } from './report-files.js';
import { CLAIM_MS, ReportTasks } from './report-tasks.js';
import { ReportStore } from './report.store.js';

const START = Date.UTC(2026, 10, 27);
const DAY_MS = 86_400_000;
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What a killed process has begun goes on forever; it ends after the test, so that no file stays open. */
const killed: { passes: Promise<unknown>[]; ends: (() => void)[] } = { passes: [], ends: [] };
const forever = () => new Promise<never>((_, reject) => killed.ends.push(() => reject(new Error('killed'))));
afterEach(async () => {
  killed.ends.splice(0).forEach((end) => end());
  await Promise.all(killed.passes.splice(0));
});

type Rows = () => AsyncGenerator<Cell[][], void, undefined>;

/** Rows that cannot be read. */
const failing = (error: Error): Rows =>
  async function* () {
    yield await Promise.reject<Cell[][]>(error);
  };
const cells = (text: string): Cell[] => COLUMNS.LOG.map(() => text);
const two: Rows = async function* () {
  yield [cells('a'), cells('b')];
};

/** Processes that make reports on one database and one folder, at a time that the test sets. */
function scene(db: Database) {
  const time = { now: START };
  const clock = {
    now: () => time.now,
    monotonic: () => time.now,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  };
  const folder = mkdtempSync(join(tmpdir(), 'sluice-reports-'));
  folders.push(folder);
  const hub = new Hub();
  const changes = new ChangeLog(db, hub, clock, { limits: DEFAULT_LIMITS, hasPeers: true });
  const store = new ReportStore({ db, changes });
  const files = new ReportFiles(folder);
  const config = { limits: DEFAULT_LIMITS } as Config;
  const base = { clock, hub, changes, config, log: createLog('silent') };
  const signer = { sign: (sha256: string) => `signed ${sha256}` };
  return {
    time,
    store,
    changes,
    path: (id: string) => files.pathOf(id, 'CSV'),
    names: () => (existsSync(join(folder, 'reports')) ? readdirSync(join(folder, 'reports')) : []),
    leave: (name: string) => {
      mkdirSync(join(folder, 'reports'), { recursive: true });
      writeFileSync(join(folder, 'reports', name), 'left');
    },
    process: (rows: Rows) =>
      new ReportTasks({
        base,
        store,
        files,
        signer,
        contents: { columns: async () => COLUMNS.LOG, rows },
        kinds: ['LOG'],
      }),
    ask: (id: string) => db.transact((tx) => store.insert(tx, { ...EMPTY, id })),
    read: async (id: string) => (await store.byIds([id]))[0],
  };
}

const EMPTY: ReportRow = {
  id: '',
  kind: 'LOG',
  format: 'CSV',
  subjectId: 'run_1',
  span: null,
  itemFilter: null,
  timeZone: 'UTC',
  taskState: 'QUEUED',
  failure: null,
  validation: null,
  byteSize: null,
  sha256: null,
  signature: null,
  expiresAt: null,
  tries: 0,
  leaseOwner: null,
  leaseUntil: null,
  createdAt: new Date(START),
  createdById: null,
};

describeOnBothDatabases('reports as tasks', (open) => {
  it('become a file with its size, hash and signature, and events tell of each step', async () => {
    const { ask, read, process, path, names, changes } = scene(await open());
    await ask('rep_1');
    await process(two).pass();
    const text = readFileSync(path('rep_1'));
    expect(text.toString().split('\r\n').slice(0, 2)).toEqual([COLUMNS.LOG.join(','), 'a,a,a,a,a,a,a']);
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(await read('rep_1')).toMatchObject({
      taskState: 'SUCCEEDED',
      byteSize: text.length,
      sha256,
      signature: `signed ${sha256}`,
      expiresAt: new Date(START + DEFAULT_LIMITS.reportRetention),
      leaseOwner: null,
    });
    expect(names()).toEqual(['rep_1.csv']);
    expect((await changes.read({ topics: ['REPORT'] }, 0, 10)).map(({ change }) => change)).toEqual([
      'CREATED',
      'UPDATED',
      'UPDATED',
    ]);
  });

  it('are begun anew when their maker was killed in the middle, and what it left goes', async () => {
    const { ask, read, process, time, names, path } = scene(await open());
    await ask('rep_1');
    let hasBegun: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    const dying = process(async function* () {
      yield [cells('half')];
      hasBegun();
      await forever();
    });
    killed.passes.push(dying.pass());
    await begun;
    const next = process(two);
    await next.pass();
    expect((await read('rep_1'))?.taskState).toBe('RUNNING');
    time.now += CLAIM_MS;
    await next.pass();
    expect(await read('rep_1')).toMatchObject({ taskState: 'SUCCEEDED', tries: 2 });
    expect(readFileSync(path('rep_1'), 'utf8')).not.toContain('half');
    time.now += 600_000;
    await next.pass();
    expect(names()).toEqual(['rep_1.csv']);
  });

  it('that ended three processes are given up', async () => {
    const { ask, read, process, time } = scene(await open());
    await ask('rep_1');
    for (let tries = 0; tries < 3; tries++) {
      let hasBegun: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (hasBegun = resolve));
      const dying = process(async function* () {
        hasBegun();
        yield await forever();
      });
      // The first look at a claim notes it; it is silent when it has not changed for long.
      killed.passes.push(dying.pass().then(() => ((time.now += CLAIM_MS), dying.pass())));
      await begun;
    }
    const last = process(two);
    await last.pass();
    time.now += CLAIM_MS;
    await last.pass();
    expect(await read('rep_1')).toMatchObject({ taskState: 'FAILED', failure: { code: 'INTERNAL_ERROR' } });
  });

  it('that are broken off by the end of their process wait for the next one', async () => {
    const { ask, read, process, names } = scene(await open());
    await ask('rep_1');
    let hasBegun: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    let goOn: () => void = () => undefined;
    const tasks = process(async function* () {
      hasBegun();
      await new Promise<void>((resolve) => (goOn = resolve));
      yield [cells('late')];
    });
    const pass = tasks.pass();
    await begun;
    const stopped = tasks.stop();
    goOn();
    await Promise.all([pass, stopped]);
    expect(await read('rep_1')).toMatchObject({ taskState: 'QUEUED', tries: 0, leaseOwner: null });
    expect(names()).toEqual([]);
  });

  it('fail with the reason, and a defect is told as such', async () => {
    const { ask, read, process } = scene(await open());
    await ask('rep_1');
    await process(failing(new Refusal({ code: 'NOT_FOUND', message: 'Gone.' }))).pass();
    await ask('rep_2');
    await process(failing(new Error('select * from secrets'))).pass();
    await ask('rep_3');
    await process(failing(Object.assign(new Error('write'), { code: 'ENOSPC' }))).pass();
    expect(await read('rep_3')).toMatchObject({ taskState: 'FAILED', failure: { code: 'STORE_UNAVAILABLE' } });
    expect(await read('rep_1')).toMatchObject({ taskState: 'FAILED', failure: { code: 'NOT_FOUND' } });
    expect(await read('rep_2')).toMatchObject({ failure: { code: 'INTERNAL_ERROR' } });
    expect(JSON.stringify(await read('rep_2'))).not.toContain('select');
  });

  it('go with their files after their time, and so do files of no report', async () => {
    const { ask, read, process, time, names, leave, changes } = scene(await open());
    await ask('rep_1');
    const tasks = process(two);
    await tasks.pass();
    leave('rep_gone.csv');
    leave('rep_1.claim_dead.part');
    time.now += DEFAULT_LIMITS.reportRetention - DAY_MS;
    await tasks.pass();
    expect(names()).toEqual(['rep_1.csv']);
    time.now += 2 * DAY_MS;
    await tasks.pass();
    expect([await read('rep_1'), names()]).toEqual([undefined, []]);
    expect((await changes.read({ topics: ['REPORT'] }, 0, 10)).at(-1)).toMatchObject({ change: 'DELETED' });
  });

  it('take no more memory for many rows than for few', async () => {
    const { ask, read, process } = scene(await open());
    await ask('rep_1');
    let [rows, most] = [0, 0];
    const before = globalThis.process.memoryUsage().heapUsed;
    await process(async function* () {
      for (; rows < 200_000; rows += 200) {
        yield Array.from({ length: 200 }, (_, index) => cells(`row ${rows + index}`));
        if (rows % 20_000 === 0) most = Math.max(most, globalThis.process.memoryUsage().heapUsed - before);
      }
    }).pass();
    expect((await read('rep_1'))?.byteSize).toBeGreaterThan(10_000_000);
    expect(most).toBeLessThan(128 * 1024 * 1024);
  });
});
