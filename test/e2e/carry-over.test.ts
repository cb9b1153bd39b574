import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { until } from '../support/until.js';
import { addJob, addShare, hasEnded, readItems, readRun, startRun, type RunView } from '../support/work.js';

vi.setConfig({ testTimeout: 240_000 });

/** An hour of 45 s, in which the calls do not suffice for all files. */
const LIMITS = { hourly: 60, spike: 50, hourSeconds: 45, spikeSeconds: 10 };
const files = evenTree(36, 4);

let house: House;
beforeAll(async () => {
  house = await House.open({ limits: LIMITS });
});
afterAll(() => house?.close());

const CARRIED_MS = 150_000;

interface Latest {
  nextStartAt: string | null;
  latestRun: { id: string; number: number; state: string; trigger: string; continues: { number: number } | null };
}
const latestOf = async (jobId: string) =>
  (
    await house.client.request<{ job: Latest }>(
      'query ($jobId: ID!) { job(id: $jobId) { nextStartAt latestRun { id number state trigger continues { number } } } }',
      { jobId },
    )
  ).job;

const statesOf = async (runId: string) =>
  (
    await house.client.request<{ run: { events: { kind: string; state: string }[] } }>(
      'query ($runId: ID!) { run(id: $runId) { events(first: 500) { kind state } } }',
      { runId },
    )
  ).run.events.flatMap(({ kind, state }) => (kind === 'STATE' ? [state] : []));

it('a run is carried over when the hour is used, and the following one takes the pending items and lists nothing again', async () => {
  const folder = await house.folder('origin');
  await plant(folder, files);
  const source = { connectionId: await addShare(house.client, folder) };
  const policies = { onBudgetExhausted: 'CARRY_OVER' };
  const jobId = await addJob(house.client, 'There', source, { connectionId: house.procoreId }, policies);
  const first = await startRun(house.client, jobId);
  const carried: RunView = await until(() => readRun(house.client, first), hasEnded, CARRIED_MS);
  expect(carried).toMatchObject({ state: 'CARRIED_OVER', stateReason: { code: 'RATE_LIMITED' } });
  expect(carried.statistics.itemsDone).toBeGreaterThan(10);
  expect(carried.statistics.itemsDone).toBeLessThan(carried.statistics.itemsPlanned ?? 0);
  expect((await readItems(house.client, first)).every(({ outcome }) => outcome === 'CREATED')).toBe(true);
  const left = (carried.statistics.itemsPlanned ?? 0) - carried.statistics.itemsDone;
  const waiting = await latestOf(jobId);
  if (waiting.latestRun.number === 1) expect(Date.parse(waiting.nextStartAt ?? '')).toBeGreaterThan(Date.now() - 1_000);

  const last = await until(
    () => latestOf(jobId),
    ({ latestRun }) => latestRun.number > 1 && latestRun.state.startsWith('SUCCEEDED'),
    CARRIED_MS,
  );
  expect(last).toMatchObject({
    nextStartAt: null,
    latestRun: { number: 2, trigger: 'CARRY_OVER', continues: { number: 1 } },
  });
  expect(await statesOf(last.latestRun.id)).not.toContain('LISTING');
  const second = await readRun(house.client, last.latestRun.id);
  expect(second.statistics).toMatchObject({ itemsPlanned: left, itemsDone: left });
  expect(await readItems(house.client, last.latestRun.id)).toHaveLength(left);
  const { files: there, versions } = await contentOf(house.sandbox);
  expect(differences(there, checksumsOf(files))).toEqual([]);
  expect(Object.values(versions).every((count) => count === 1)).toBe(true);
  const calls = [...carried.statistics.calls, ...second.statistics.calls];
  expect(calls.every(({ throttled }) => throttled === 0)).toBe(true);
});
