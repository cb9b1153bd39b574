import { once } from 'node:events';
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SLOW } from '../support/crash.js';
import { differences, evenTree, plant } from '../support/files.js';
import type { GraphqlClient } from '../support/graphql.js';
import { House } from '../support/house.js';
import { Load } from '../support/load.js';
import { endProcess, isAlive } from '../support/processes.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { Server } from '../support/server.js';
import { until } from '../support/until.js';
import { addJob, addShare, follow, hasEnded, readRun, resumeRun, startRun } from '../support/work.js';

vi.setConfig({ testTimeout: 180_000 });

const hasBegun = (run: { statistics: { itemsDone: number } }) => run.statistics.itemsDone > 5;

describe('an API process and its worker process', () => {
  let house: House;
  let runId: string;
  /** Files of the run at hand, by their path in Procore. */
  let files: Record<string, string>;
  let runs = 0;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  /** A run that is under way, with files of its own: some items are done, most are not. */
  beforeEach(async () => {
    if (!house.server.isRunning) await house.server.run();
    house.sandbox.control.setFaults([]);
    const place = `Run ${++runs}`;
    files = Object.fromEntries(Object.entries(evenTree(80, 4)).map(([path, text]) => [`${place}/${path}`, text]));
    const origin = await house.folder('origin');
    await plant(origin, files);
    const share = { connectionId: await addShare(house.client, origin, place) };
    const job = await addJob(house.client, place, share, { connectionId: house.procoreId });
    house.sandbox.control.setFaults(SLOW);
    runId = await startRun(house.client, job);
    await until(() => readRun(house.client, runId), hasBegun);
  });

  /** What is in Procore of the run at hand. */
  async function copied() {
    const { files: all, versions } = await contentOf(house.sandbox);
    const own = ([path]: [string, unknown]) => path.startsWith(`Run ${runs}/`);
    return {
      there: Object.fromEntries(Object.entries(all).filter(own)),
      versions: Object.entries(versions).filter(own),
    };
  }

  async function expectEachFileOnce(): Promise<void> {
    const { there, versions } = await copied();
    expect(differences(there, checksumsOf(files))).toEqual([]);
    expect(versions.filter(([, count]) => count !== 1)).toEqual([]);
  }

  it('killing the worker never touches the API: it answers, and the next worker goes on with the run', async () => {
    const [worker = 0] = house.server.workers;
    process.kill(worker, 'SIGKILL');
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => [
        (await fetch(`${house.server.url}/health/ready`)).status,
        (await readRun(house.client, runId)).state,
      ]),
    );
    expect(answers.filter(([status, state]) => status !== 200 || state === 'FAILED')).toEqual([]);
    for await (const _event of follow(house.client, runId));
    expect(await readRun(house.client, runId)).toMatchObject({ state: 'SUCCEEDED' });
    expect(house.server.workers).not.toContain(worker);
    await expectEachFileOnce();
  });

  it('killing the API never touches a run: its worker finishes it without, ends, and nothing is there twice', async () => {
    const [worker = 0] = house.server.workers;
    const before = await readRun(house.client, runId);
    await house.server.killApi();
    await until(
      async () => (await copied()).versions.length,
      (count) => count > before.statistics.itemsDone + 10,
    );
    expect(isAlive(worker)).toBe(true);
    await house.server.run();
    const seen = await readRun(house.client, runId);
    expect(hasEnded(seen) || isAlive(worker)).toBe(true);
    for await (const _event of follow(house.client, runId));
    expect(await readRun(house.client, runId)).toMatchObject({ state: 'SUCCEEDED' });
    await until(
      () => isAlive(worker),
      (lives) => !lives,
    );
    expect(house.server.workers).toHaveLength(1);
    await expectEachFileOnce();
  });

  it('people steer a run of a worker that has lost its API process through the next one', async () => {
    const [worker = 0] = house.server.workers;
    house.sandbox.control.setFaults([{ kind: 'slow', ms: 3_000, match: { method: 'POST' } }]);
    await house.server.killApi();
    await house.server.run();
    expect(isAlive(worker)).toBe(true);
    await house.client.request(`mutation { runPause(id: "${runId}") { run { state } } }`);
    expect(
      await until(
        () => readRun(house.client, runId),
        (run) => run.state === 'PAUSED',
      ),
    ).toBeDefined();
    await until(
      () => isAlive(worker),
      (lives) => !lives,
    );
    house.sandbox.control.setFaults([]);
    await resumeRun(house.client, runId);
    for await (const _event of follow(house.client, runId));
    expect(await readRun(house.client, runId)).toMatchObject({ state: 'SUCCEEDED' });
    await expectEachFileOnce();
  });

  it('SIGTERM of the API process ends both in order, also under load: the run goes on after the next start, and a client that tries again loses and doubles nothing', async () => {
    const [worker = 0] = house.server.workers;
    const load = new Load(house, runId);
    await until(
      () => load.answers,
      (answers) => answers > 20,
    );
    const began = Date.now();
    expect(await house.server.stop()).toBe(0);
    expect(isAlive(worker)).toBe(false);
    expect(house.server.linesSince(began).filter((line) => /did not stop|"level":50/.test(line))).toEqual([]);
    const before = load.answers;
    await house.server.run();
    expect(await readRun(house.client, runId)).not.toMatchObject({ state: 'FAILED' });
    await load.end();
    expect(await readRun(house.client, runId)).toMatchObject({ state: 'SUCCEEDED' });
    await expectEachFileOnce();
    expect(load.answers).toBeGreaterThan(before);
    expect((await load.kept()).toSorted()).toEqual([...load.added].toSorted());
    expect(load.breaks).toBeGreaterThan(0);
    const sequences = load.events.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => (sequences[0] ?? 0) + index));
  });

  it('SIGTERM of the worker process puts its runs down, and the next worker takes them up', async () => {
    const [worker = 0] = house.server.workers;
    await endProcess(worker, 'SIGTERM');
    for await (const _event of follow(house.client, runId));
    expect(await readRun(house.client, runId)).toMatchObject({ state: 'SUCCEEDED' });
    await expectEachFileOnce();
  });
});

describe('a worker that does not start', () => {
  let dataDir: string;
  let server: Server;
  let client: GraphqlClient;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sluice-no-worker-'));
    await mkdir(join(dataDir, 'workers.db'));
    server = await Server.start({ dataDir });
    client = await server.client();
  });
  afterEach(async () => {
    await server?.dispose();
    await rm(dataDir, { recursive: true });
  });

  const ready = async () => {
    const reply = await fetch(`${server.url}/health/ready`);
    return { code: reply.status, ...((await reply.json()) as object) };
  };
  const worker = async () =>
    (
      await client.request<{ server: { worker: { state: string } } }>(
        '{ server { worker { state message restartCount } } }',
      )
    ).server.worker;

  it('is told after five ends in health, in the log and by the API, which stays up; it works again once it can', async () => {
    await until(worker, ({ state }) => state === 'DOWN');
    expect(await worker()).toMatchObject({
      restartCount: expect.any(Number) as number,
      message: expect.stringContaining('log') as string,
    });
    expect(await ready()).toEqual({ code: 503, status: 'not ready', reasons: ['WORKER_DOWN'] });
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(server.output).toContain(`The lock file ${join(dataDir, 'workers.db')} is a folder where a file has to be.`);
    expect(server.output).toContain('The worker process ends right after each start');
    await rmdir(join(dataDir, 'workers.db'));
    await until(worker, ({ state }) => state === 'RUNNING');
    expect(await ready()).toEqual({ code: 200, status: 'ready' });
  });
});

it('roles that are started separately work together on one data folder, without a channel between them', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-roles-'));
  const [from, to] = await Promise.all(['from', 'to'].map((name) => mkdtemp(join(tmpdir(), `sluice-${name}-`))));
  await plant(from ?? '', evenTree(80, 4));
  const server = await Server.start({ dataDir, env: { SLUICE_ROLE: 'api' } });
  const worker = server.startWorker();
  try {
    const client = await server.client();
    expect(await client.request('{ server { worker { state } } }')).toEqual({ server: { worker: null } });
    const source = { connectionId: await addShare(client, from ?? '') };
    const job = await addJob(client, 'Copy', source, { connectionId: await addShare(client, to ?? '', 'To') });
    const id = await startRun(client, job);
    for await (const _event of follow(client, id));
    expect(await readRun(client, id)).toMatchObject({ state: 'SUCCEEDED' });
    const exited = once(worker, 'exit');
    worker.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  } finally {
    worker.kill('SIGKILL');
    await server.dispose();
    for (const folder of [dataDir, from, to]) await rm(folder ?? '', { recursive: true });
  }
});

it('the API answers while 8,000 files are listed and planned', { timeout: 400_000 }, async () => {
  const [from, to] = await Promise.all(['from', 'to'].map((name) => mkdtemp(join(tmpdir(), `sluice-${name}-`))));
  await plant(from ?? '', evenTree(8_000, 100));
  const server = await Server.start();
  try {
    const client = await server.client();
    const source = { connectionId: await addShare(client, from ?? '') };
    const job = await addJob(client, 'Copy', source, { connectionId: await addShare(client, to ?? '', 'To') });
    const document =
      'mutation ($jobId: ID!) { planCreate(jobId: $jobId) { plan { id } userErrors { code message field } } }';
    const { plan } = await client.mutate<{ plan: { id: string }; userErrors: [] }>(document, { jobId: job });
    const isPlanned = async () => {
      const query = 'query ($id: ID!) { plan(id: $id) { taskState } }';
      const { plan: now } = await client.request<{ plan: { taskState: string } }>(query, { id: plan.id });
      return now.taskState !== 'QUEUED' && now.taskState !== 'RUNNING';
    };
    let answers = 0;
    for (; !(await isPlanned()); answers++) expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    // A planning that shared the thread of the API would let a handful of requests through.
    expect(answers).toBeGreaterThan(100);
  } finally {
    await server.dispose();
    for (const folder of [from, to]) await rm(folder ?? '', { recursive: true });
  }
});
