import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openShareApp, type ShareApp } from './testing.js';

const START = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
const RESUME = 'mutation ($id: ID!) { runResume(id: $id) { run { state } userErrors { code } } }';
const STATE =
  'query ($id: ID!) { run(id: $id) { state stateReason { code message } statistics { outcomes { outcome itemCount } } } }';
const TEST = 'mutation ($id: ID!) { connectionTest(id: $id) { connection { id } userErrors { code } } }';
const UPDATE =
  'mutation ($id: ID!, $version: Int!, $input: JobUpdateInput!) { jobUpdate(id: $id, expectedVersion: $version, input: $input) { job { version } userErrors { code message } } }';
const LEDGER = 'query ($id: ID!) { job(id: $id) { ledgerItemCount version } }';

interface Run {
  state: string;
  stateReason: { code: string; message: string } | null;
  statistics: { outcomes: { outcome: string; itemCount: number }[] };
}

const runOf = async (app: ShareApp, id: string) => (await app.ask<{ run: Run }>(STATE, { id })).run;
const start = async (app: ShareApp, id: string) =>
  (await app.ask<{ runStart: { run: { id: string } } }>(START, { id })).runStart.run.id;
const jobOf = async (app: ShareApp, id: string) =>
  (await app.ask<{ job: { ledgerItemCount: number; version: number } }>(LEDGER, { id })).job;
const created = ({ statistics }: Run) =>
  statistics.outcomes.find(({ outcome }) => outcome === 'CREATED')?.itemCount ?? 0;

const placesOf = async (app: ShareApp, id: string) => {
  const query = 'query ($id: ID!) { job(id: $id) { destination { path } } }';
  const { job } = await app.ask<{ job: { destination: { path: string } } }>(query, { id });
  return { destination: job.destination.path };
};

async function copiedJob(app: ShareApp): Promise<string> {
  for (const name of ['a.txt', 'b.txt']) app.put(`place/${name}`, `bytes of ${name}`);
  const { source } = app.connections;
  const jobId = await app.createJob({ source: { connectionId: source, at: { path: '/place' } } });
  expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED');
  return jobId;
}

it('another folder at the place of the source pauses the run with a question, which only a person answers', async () => {
  await using app = await openShareApp();
  const jobId = await copiedJob(app);
  renameSync(join(app.folders.source, 'place'), join(app.folders.source, 'former'));
  app.put('place/a.txt', 'bytes of a.txt');
  const id = await start(app, jobId);
  const paused = await app.until(
    () => runOf(app, id),
    ({ state }) => state === 'PAUSED',
  );
  expect(paused).toMatchObject({ state: 'PAUSED', stateReason: { code: 'APPROVAL_REQUIRED' } });
  expect(paused.stateReason?.message).toContain('resume the run');
  await app.ask(TEST, { id: app.connections.source });
  const other = await app.createJob({
    name: 'Other',
    destination: { connectionId: app.connections.destination, at: { path: '/other' } },
  });
  await app.runToEnd(other);
  expect((await runOf(app, id)).state).toBe('PAUSED');
  await app.ask(RESUME, { id });
  const ended = await app.until(
    () => runOf(app, id),
    ({ state }) => state === 'SUCCEEDED',
  );
  expect(created(ended)).toBe(0);
});

it.each([
  ['source', ['source'], 1],
  ['destination', ['destination'], 2],
  ['source and destination', ['source', 'destination'], 1],
] as const)(
  'a job that is moved to another %s uses no ledger of the old place, and that one again when it is moved back',
  async (_, sides, count) => {
    await using app = await openShareApp();
    const jobId = await copiedJob(app);
    app.put('elsewhere/c.txt', 'other');
    const move = async (paths: { source: string; destination: string }) => {
      const { version } = await jobOf(app, jobId);
      const places = sides.map((side) => [side, { connectionId: app.connections[side], at: { path: paths[side] } }]);
      await app.ask(UPDATE, { id: jobId, version, input: Object.fromEntries(places) as object });
      const run = await app.runToEnd(jobId);
      expect(run.state).toBe('SUCCEEDED');
      return runOf(app, run.id);
    };
    const { destination } = await placesOf(app, jobId);
    expect(created(await move({ source: '/elsewhere', destination: '/elsewhere' }))).toBe(count);
    expect(await jobOf(app, jobId)).toMatchObject({ ledgerItemCount: count });
    const back = await move({ source: '/place', destination });
    expect(back.statistics.outcomes).toMatchObject([{ outcome: 'UNCHANGED', itemCount: 2 }]);
    expect(await jobOf(app, jobId)).toMatchObject({ ledgerItemCount: 2 });
  },
);
