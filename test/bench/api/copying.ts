import { setTimeout as delay } from 'node:timers/promises';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphqlClient, UserErrorShape } from '../../support/graphql.js';
import { Server } from '../../support/server.js';
import { addJob, addShare, hasEnded, outcomesOf, readRun, startRun } from '../../support/work.js';
import { percentile, type Figure } from '../engine/figure.js';
import { plantTree } from '../engine/trees.js';

/** Another number is for trying the measure. */
const FILES = Number(process.env['SLUICE_BENCH_FILES'] ?? 100_000);
const EVERY_MS = 50;
const BOUND_MS = 50;

const QUERIES = {
  'a trivial query': '{ __typename }',
  'the list of jobs':
    '{ jobs(first: 100) { nodes { id name state latestRun { id state statistics { itemsDone } } } } }',
  'the first page of items': `query ($run: ID!) { run(id: $run) { items(first: 100) {
    nodes { sourcePath outcome reason byteSize } pageInfo { endCursor } } } }`,
};

const RENAME = `mutation ($id: ID!, $input: JobUpdateInput!) {
  jobUpdate(id: $id, input: $input) { job { id } userErrors { code message field } } }`;
const FOLLOW = 'subscription ($id: ID!) { jobChanged(jobId: $id) { subject { ... on Job { name } } } }';

/** How fast the built server answers while its worker process copies `SLUICE_BENCH_FILES` (100,000) files, 99 of 100 times. */
export async function measureCopying(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const server = await Server.start({ isOnDisk: true, env: { SLUICE_COST_PER_MINUTE: '100000000' } });
  try {
    await plantTree(join(folder, 'from'), { files: FILES, folders: 500, bytes: 100 });
    const client = await server.client();
    const share = await addShare(client, folder);
    const at = (path: string) => ({ connectionId: share, path: `/${path}` });
    const jobId = await addJob(client, 'Copy', at('from'), at('to'));
    const other = await addJob(client, 'Other', at('from'), at('other'));
    return await watchRun(client, await startRun(client, jobId), other);
  } finally {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watchRun(client: GraphqlClient, run: string, otherJob: string): Promise<Figure[]> {
  let isOver = false;
  const figures = Object.entries(QUERIES).map(([name, query]) =>
    timesOf(
      () => client.request(query, query.includes('$run') ? { run } : {}),
      () => isOver,
    ).then((times) => figureOf(name, times)),
  );
  const delivery = timesOfDelivery(client, otherJob, () => isOver).then((times) =>
    figureOf('an event after its mutation', times),
  );
  try {
    for (;;) {
      const state = await readRun(client, run);
      if (hasEnded(state)) {
        const copied = outcomesOf(state)['CREATED'] ?? 0;
        if (copied < FILES) throw new Error(`${copied} of ${FILES} files are copied; the run ended ${state.state}.`);
        break;
      }
      await delay(500);
    }
  } finally {
    isOver = true;
  }
  return Promise.all([...figures, delivery]);
}

const figureOf = (what: string, times: readonly number[]): Figure => ({
  name: `${what} while ${FILES} files are copied: p99 of ${times.length}`,
  found: percentile(times, 0.99),
  unit: 'ms',
  atMost: BOUND_MS,
});

async function timesOf(work: () => Promise<unknown>, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
    await delay(EVERY_MS);
  }
  return times;
}

/** From the request that changes a job until its subscriber has the change. */
async function timesOfDelivery(client: GraphqlClient, id: string, isOver: () => boolean): Promise<number[]> {
  let wake = (): void => undefined;
  const told = new Set<string>();
  const events = client.subscribe<{ jobChanged: { subject: { name: string } } }>(FOLLOW, { id });
  const read = (async () => {
    for await (const { jobChanged } of events) {
      told.add(jobChanged.subject.name);
      wake();
      if (isOver()) return;
    }
  })();
  let count = 0;
  const rename = async (): Promise<string> => {
    const name = `Other ${count++}`;
    await client.mutate<{ userErrors: UserErrorShape[] }>(RENAME, { id, input: { name } });
    return name;
  };
  const hear = () => Promise.race([new Promise<void>((resolve) => (wake = resolve)), delay(1_000)]);
  // A subscriber hears of what comes after it has begun.
  while (told.size === 0) await Promise.all([hear(), rename()]);
  const times = await timesOf(async () => {
    const name = await rename();
    while (!told.has(name)) await hear();
  }, isOver);
  // The reader ends with an event, since a generator that waits for one cannot be ended.
  await rename();
  await read;
  return times;
}
