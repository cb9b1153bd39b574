import { seeded } from '@sluice/procore-sandbox';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { endProcess, isAlive } from '../support/processes.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { until } from '../support/until.js';
import { addJob, addShare, follow, readRun, resumeRun, startRun } from '../support/work.js';

vi.setConfig({ testTimeout: 240_000 });

let house: House;
beforeEach(async () => void (house = await House.open()));
afterEach(() => house?.close());

const slowed = () => house.sandbox.control.counters().faultsFired['slow'] ?? 0;

/** Ends the worker as soon as a call of the run in it is slow. */
async function crashAtSlowCall(): Promise<void> {
  const before = slowed();
  await until(slowed, (count) => count > before);
  for (const pid of house.server.workers) await endProcess(pid, 'SIGKILL');
}

it('a run that crashes its worker again and again is put aside with a reason, and the worker stays up for the others', async () => {
  const files = evenTree(3, 3);
  const [bad, from, to] = [await house.folder('bad'), await house.folder('from'), await house.folder('to')];
  await plant(bad, files);
  await plant(from, evenTree(20, 5));
  const source = { connectionId: await addShare(house.client, bad, 'Bad') };
  const badJob = await addJob(house.client, 'Bad', source, { connectionId: house.procoreId });
  const share = { connectionId: await addShare(house.client, from, 'From') };
  const goodJob = await addJob(house.client, 'Good', share, { connectionId: await addShare(house.client, to, 'To') });
  // No item is done before the worker ends.
  house.sandbox.control.setFaults([{ kind: 'slow', ms: 600_000, match: { method: 'POST' } }]);

  const badRun = await startRun(house.client, badJob);
  for (let crash = 1; crash <= 3; crash++) await crashAtSlowCall();
  const goodRun = await startRun(house.client, goodJob);
  for await (const _event of follow(house.client, goodRun));
  expect(await readRun(house.client, goodRun)).toMatchObject({ state: 'SUCCEEDED' });
  expect((await readRun(house.client, badRun)).state).not.toBe('PAUSED');

  for (const pid of house.server.workers) await endProcess(pid, 'SIGKILL');
  const put = await until(
    () => readRun(house.client, badRun),
    ({ state }) => state === 'PAUSED',
  );
  expect(put.stateReason).toMatchObject({
    code: 'INTERNAL_ERROR',
    message: expect.stringMatching(/ended 4 times in a row.*resume it/s) as string,
  });
  const workers = await until(
    () => house.server.workers,
    ({ length }) => length === 1,
  );
  const again = await startRun(house.client, goodJob);
  for await (const _event of follow(house.client, again));
  expect(await readRun(house.client, again)).toMatchObject({ state: 'SUCCEEDED' });
  expect([house.server.workers, isAlive(workers[0]!)]).toEqual([workers, true]);

  house.sandbox.control.setFaults([]);
  await resumeRun(house.client, badRun);
  for await (const _event of follow(house.client, badRun));
  expect(await readRun(house.client, badRun)).toMatchObject({ state: 'SUCCEEDED' });
  const there = await contentOf(house.sandbox);
  expect(differences(there.files, checksumsOf(files))).toEqual([]);
});

it('a scan whose worker is killed while it is at work counts every file once', async () => {
  const entries = {
    'a.pdf': 'equal',
    'in/copy of a.pdf': 'equal',
    'in/b.pdf': 'other',
    'in/deep/c.pdf': 'of another size',
  };
  const files = Object.entries(entries).map(([path, content]) => ({ path: `Scanned/${path}`, content }));
  await house.sandbox.control.seed(seeded.projectId, files);
  const input = {
    ...{ name: 'Scan', transferType: 'SCAN', policies: { readBack: true } },
    source: { connectionId: house.procoreId, at: { path: '/Scanned' } },
  };
  const create =
    'mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id } userErrors { message } } }';
  const { job } = await house.client.mutate<{ job: { id: string }; userErrors: [] }>(create, { input });
  house.sandbox.control.setFaults([{ kind: 'slow', ms: 600_000, match: { method: 'GET' }, nth: 3 }]);
  const id = await startRun(house.client, job.id);
  await crashAtSlowCall();
  house.sandbox.control.setFaults([]);
  for await (const _event of follow(house.client, id));
  expect(await readRun(house.client, id)).toMatchObject({ state: 'SUCCEEDED' });
  const ask = `query ($id: ID!) { run(id: $id) { scan { fileCount folderCount duplicates { fileCount paths } } } }`;
  const { run } = await house.client.request<{ run: unknown }>(ask, { id });
  const paths = ['/Scanned/a.pdf', '/Scanned/in/copy of a.pdf'];
  expect(run).toEqual({ scan: { fileCount: 4, folderCount: 2, duplicates: [{ fileCount: 2, paths }] } });
});
