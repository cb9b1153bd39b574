// What reading costs. (1) CPU of a request for the list of 100 runs as the web app shows it, against graphql-js alone with
// the same part of the schema and the same data in memory: both have parsed and checked the document before, and both end
// with the text of the answer. (2) Statements of every list at page size 1 and at page size 50. (3) Statements of an event
// while 1,000 subscribers follow other jobs. Ends with code 1 when a figure is above its bound.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@sluice/api';
import { fillStore } from '@sluice/api/reads/fill-store.js';
import { listQueries } from '@sluice/api/reads/lists.testing.js';
import { StatementCounter, StoppableClock } from '@sluice/api/reads/statements.testing.js';
import { openTestApp, type TestApp } from '@sluice/api/testing.js';
import { execute, parse } from 'graphql';
import { followJobs, recordChange } from './followers.js';
import { plainSchema, RUN_LIST, revive } from './plain.js';
import { printTable } from './table.js';

const ROUNDS = 25;
const REQUESTS = 40;
const WARM_UP = 600;
const SUBSCRIBERS = 1_000;
const BOUNDS = { cpuRatio: 3, statementsPerEvent: 1 };

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Milliseconds of CPU of one call. */
async function cpuOf(work: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < times; index++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / times;
}

/** Medians of rounds that take turns, so that whatever slows the machine slows both. */
async function compareCpu(product: () => Promise<unknown>, plain: () => Promise<unknown>) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  await cpuOf(product, WARM_UP);
  await cpuOf(plain, WARM_UP);
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await cpuOf(product, REQUESTS));
    theirs.push(await cpuOf(plain, REQUESTS));
  }
  return { product: median(ours), plain: median(theirs) };
}

async function measureCpu(test: TestApp): Promise<number> {
  console.log('… CPU of the list of 100 runs');
  const reply = await test.send<Record<string, unknown>>(RUN_LIST);
  if (reply.errors) throw new Error(JSON.stringify(reply.errors));
  const schema = plainSchema(test.app.schema);
  const [document, rootValue] = [parse(RUN_LIST), revive(reply.data ?? {})];
  const plain = async () => JSON.stringify(await execute({ schema, document, rootValue }));
  if (JSON.stringify((JSON.parse(await plain()) as { data: unknown }).data) !== JSON.stringify(reply.data)) {
    throw new Error('The two sides do not answer the same.');
  }
  const found = await compareCpu(() => test.sendForText(RUN_LIST), plain);
  const rows = Object.entries(found).map(([side, milliseconds]) => [side, milliseconds.toFixed(2)]);
  printTable([['side', 'ms of CPU a request'], ...rows]);
  return found.product / found.plain;
}

async function measureLists(test: TestApp, counter: StatementCounter): Promise<string[]> {
  console.log('… statements of every list');
  const rows: (string | number)[][] = [];
  const grown: string[] = [];
  // A long operation makes way for others by the clock, which would part its statements, and a session keeps once a minute
  // that it is in use: time stands still here.
  const start = performance.now();
  Object.defineProperty(performance, 'now', { configurable: true, value: () => start });
  clock.stop();
  for (const { path, at } of listQueries(test.app.schema)) {
    const [one = 0, many = 0] = [
      (await counter.of(() => test.send(at(1)))).length,
      (await counter.of(() => test.send(at(50)))).length,
    ];
    rows.push([path, one, many, one === many ? 'ok' : 'GROWS']);
    if (one !== many) grown.push(path);
  }
  Reflect.deleteProperty(performance, 'now');
  clock.goOn();
  printTable([['list', 'at page size 1', 'at 50', ''], ...rows]);
  return grown;
}

/** Statements of one event beside those that record it, while others are followed. */
async function measureEvent(test: TestApp, counter: StatementCounter): Promise<number> {
  console.log(`… an event with ${SUBSCRIBERS} subscribers for other jobs`);
  const record = () => recordChange(test, 'job_000');
  const alone = (await counter.of(record)).length;
  const followers = await followJobs(test, SUBSCRIBERS, 'job_000');
  const perEvent: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const statements = await counter.of(async () => {
        await record();
        await followers.settled();
      });
      perEvent.push(statements.length - alone);
    }
  } finally {
    await followers.close();
  }
  return median(perEvent);
}

const clock = new StoppableClock();
const counter = new StatementCounter();
const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
const limits = {
  ...DEFAULT_LIMITS,
  maxCost: Number.MAX_SAFE_INTEGER,
  costPerMinute: Number.MAX_SAFE_INTEGER,
  subscribesPerSecond: SUBSCRIBERS,
  maxSocketsPerActor: SUBSCRIBERS,
};
const test = await openTestApp({ limits, role: 'api' }, { overrides: { clock }, onStatement: counter.observe });
try {
  await fillStore(test.app.base.db, folder);
  const ratio = await measureCpu(test);
  const grown = await measureLists(test, counter);
  const perEvent = await measureEvent(test, counter);
  printTable([
    ['figure', 'found', 'at most'],
    ['CPU of the list of 100 runs against plain graphql-js', ratio.toFixed(2), BOUNDS.cpuRatio],
    ['lists whose statements grow with the page', grown.length, 0],
    [`statements per event, ${SUBSCRIBERS} subscribers for other jobs`, perEvent, BOUNDS.statementsPerEvent],
  ]);
  if (ratio > BOUNDS.cpuRatio || grown.length > 0 || perEvent > BOUNDS.statementsPerEvent) process.exitCode = 1;
} finally {
  await test[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}
