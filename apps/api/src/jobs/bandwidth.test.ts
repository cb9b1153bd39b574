import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

const MIB = 2 ** 20;
const FILES = 40;
const SIZE = 2 * MIB;

let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp();
  for (let number = 0; number < FILES; number++)
    writeFileSync(join(app.folders.source, `${number}.bin`), randomBytes(SIZE));
});
afterAll(() => app[Symbol.asyncDispose]());

const EVERY_DAY = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const FIELDS = 'bandwidth { window { days from to } timeZone uploadBytesPerSecond downloadBytesPerSecond }';
const UPDATE = `mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) {
  job { policies { ${FIELDS} } } userErrors { code message field } } }`;
let count = 0;
const createJob = (bandwidth: object[] | null, destination: string) =>
  app.createJob({
    name: `Job ${++count}`,
    policies: { bandwidth },
    destination: { connectionId: app.connections.destination, at: { path: `/${destination}` } },
  });
const update = async (id: string, bandwidth: object[] | null) =>
  (await app.send<{ jobUpdate: object }>(UPDATE, { id, input: { policies: { bandwidth } } })).data?.jobUpdate;

const bytesOf = async (id: string) => {
  const query = `query ($id: ID!) { run(id: $id) { state statistics { bytesDone bytesInFlight } } }`;
  const { run } = await app.ask<{ run: { state: string; statistics: { bytesDone: number } } }>(query, { id });
  return { state: run.state, bytes: run.statistics.bytesDone };
};
const start = async (id: string) =>
  (
    await app.ask<{ runStart: { run: { id: string } } }>(
      'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code message } } }',
      { id },
    )
  ).runStart.run.id;

it('keeps limits as they were given, and removes them with null', async () => {
  const limits = [
    {
      window: { days: ['MONDAY', 'FRIDAY'], from: '08:00', to: '18:00' },
      timeZone: 'Europe/Berlin',
      uploadBytesPerSecond: 1_000_000,
      downloadBytesPerSecond: null,
    },
    { window: null, timeZone: 'UTC', uploadBytesPerSecond: null, downloadBytesPerSecond: 5_000_000 },
  ];
  const id = await createJob(null, 'kept');
  expect(await update(id, limits)).toEqual({ job: { policies: { bandwidth: limits } }, userErrors: [] });
  expect(await update(id, null)).toEqual({ job: { policies: { bandwidth: [] } }, userErrors: [] });
});

it.each([
  [[{}], 'REQUIRED', '0'],
  [[{ uploadBytesPerSecond: 1_023 }], 'OUT_OF_RANGE', '0.uploadBytesPerSecond'],
  [[{ downloadBytesPerSecond: -1 }], 'OUT_OF_RANGE', '0.downloadBytesPerSecond'],
  [[{ uploadBytesPerSecond: 5_000, window: { days: [], from: '08:00', to: '09:00' } }], 'REQUIRED', '0.window.days'],
])('refuses the limits %j at their field', async (limits, code, field) => {
  const id = await createJob(null, 'refused');
  const path = ['input', 'policies', 'bandwidth', ...field.split('.')];
  expect(await update(id, limits)).toMatchObject({ job: null, userErrors: [{ code, field: path }] });
});

it('refuses more than 20 limits', async () => {
  const many = Array.from({ length: 21 }, () => ({ uploadBytesPerSecond: 5_000 }));
  expect(await update(await createJob(null, 'many'), many)).toMatchObject({ userErrors: [{ code: 'TOO_LONG' }] });
});

it('holds a running job to its limit, lets it go within seconds when the limit is taken away, and loses nothing', async () => {
  const id = await createJob([{ uploadBytesPerSecond: 1_000_000 }], 'limited');
  const begun = performance.now();
  const runId = await start(id);
  const early = await app.until(
    () => bytesOf(runId),
    ({ bytes, state }) => bytes > 0 || state === 'SUCCEEDED',
  );
  expect(early.state).toBe('TRANSFERRING');
  expect(performance.now() - begun).toBeGreaterThan((early.bytes / 1_000_000) * 1_000 - 500);
  await update(id, []);
  const end = await app.until(
    () => bytesOf(runId),
    ({ state }) => state === 'SUCCEEDED',
  );
  expect(end).toEqual({ state: 'SUCCEEDED', bytes: FILES * SIZE });
});

it('breaks off transfers that go by a limit which is given while they run, and goes on within it', async () => {
  const windows = { days: EVERY_DAY, from: '00:00', to: '00:00' };
  const id = await createJob(null, 'later');
  const runId = await start(id);
  await app.until(
    () => bytesOf(runId),
    ({ state }) => state === 'TRANSFERRING',
  );
  await update(id, [{ window: windows, uploadBytesPerSecond: 50_000_000 }]);
  const end = await app.until(
    () => bytesOf(runId),
    ({ state }) => state === 'SUCCEEDED',
  );
  expect(end).toEqual({ state: 'SUCCEEDED', bytes: FILES * SIZE });
});
