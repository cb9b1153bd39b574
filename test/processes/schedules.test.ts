import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { plant } from '../support/files.js';
import { House } from '../support/house.js';
import { until } from '../support/until.js';
import { addJob, addShare } from '../support/work.js';

vi.setConfig({ testTimeout: 180_000 });

const RUNS_MS = 120_000;

let house: House;
beforeEach(async () => {
  house = await House.open();
});
afterEach(() => house?.close());

interface RunOfJob {
  number: number;
  state: string;
  trigger: string;
  queuedAt: string;
  finishedAt: string | null;
}

const runsOf = async (jobId: string): Promise<RunOfJob[]> => {
  const query = `query ($jobId: ID!) { job(id: $jobId) { runs(first: 100) { nodes { number state trigger queuedAt finishedAt } } } }`;
  const { job } = await house.client.request<{ job: { runs: { nodes: RunOfJob[] } } }>(query, { jobId });
  return job.runs.nodes.toReversed();
};

const untilEnded = (jobId: string, count: number): Promise<RunOfJob[]> =>
  until(
    () => runsOf(jobId),
    (runs) => runs.filter(({ finishedAt }) => finishedAt !== null).length >= count,
    RUNS_MS,
  );

it('a schedule is taken over when its worker is killed, no start runs twice, and no runs overlap', async () => {
  const folder = await house.folder('origin');
  await plant(folder, { 'a.txt': 'alpha' });
  const source = { connectionId: await addShare(house.client, folder, 'Origin') };
  const destination = { connectionId: await addShare(house.client, await house.folder('target'), 'Target') };
  const schedule = { starts: { intervalAfterEnd: 'PT1S' } };
  const jobId = await addJob(house.client, 'Often', source, destination, undefined, { schedule });
  for (const count of [1, 3, 5]) {
    await untilEnded(jobId, count);
    const [worker = 0] = house.server.workers;
    process.kill(worker, 'SIGKILL');
  }
  const runs = await untilEnded(jobId, 7);
  expect(runs.map(({ number }) => number)).toEqual(runs.map((_run, index) => index + 1));
  expect(new Set(runs.map(({ trigger }) => trigger))).toEqual(new Set(['SCHEDULE']));
  expect(runs.slice(0, 7).map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'SUCCEEDED'));
  const rests = runs.slice(1).map((run, index) => Date.parse(run.queuedAt) - Date.parse(runs[index]?.finishedAt ?? ''));
  expect(Math.min(...rests)).toBeGreaterThanOrEqual(1_000);
});
