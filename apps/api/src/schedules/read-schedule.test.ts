import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { openShareApp, QUICK_WORK, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
/** How far the application's time of day is ahead. */
let aheadMs = 0;
beforeAll(async () => {
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  app = await openShareApp(
    { limits: { ...DEFAULT_LIMITS, sessionIdle: 30 * 86_400_000 } },
    { work: QUICK_WORK, overrides: { clock } },
  );
  app.put('a.txt', 'alpha');
});
afterAll(() => app[Symbol.asyncDispose]());

const FIELDS = 'cron intervalAfterEnd timeZone windows { days from to } isEnabled nextStarts(count: 2)';
const JOB = `query ($id: ID!) { job(id: $id) { version nextStartAt schedule { ${FIELDS} }
  latestRun { id number trigger state stateReason { code message } waitingUntil startedBy { displayName } } } }`;
const UPDATE = `mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) {
  job { nextStartAt schedule { ${FIELDS} } } userErrors { code message field } } }`;
const PREVIEW = `query ($schedule: ScheduleInput!, $count: Int! = 10) { schedulePreview(schedule: $schedule, count: $count) }`;
const NIGHTLY = { starts: { cron: '30 2 * * MON-FRI' }, timeZone: 'Europe/Berlin' };
const EVERY_DAY = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

interface JobAnswer {
  job: {
    version: number;
    nextStartAt: string | null;
    schedule: { nextStarts: string[] } | null;
    latestRun: { id: string; number: number; trigger: string; state: string; startedBy: object | null } | null;
  };
}
const read = async (id: string) => (await app.ask<JobAnswer>(JOB, { id })).job;
const update = (id: string, input: object) => app.send<{ jobUpdate: object }>(UPDATE, { id, input });
let count = 0;
const createJob = (schedule: object | null) => app.createJob({ name: `Job ${++count}`, schedule });

it('keeps a schedule as it was given, and shows the next start with the job', async () => {
  const window = { days: ['SATURDAY', 'SUNDAY'], from: '20:00', to: '06:00' };
  const id = await createJob({ ...NIGHTLY, windows: [window] });
  const { schedule, nextStartAt } = await read(id);
  expect(schedule).toMatchObject({
    cron: '30 2 * * MON-FRI',
    intervalAfterEnd: null,
    timeZone: 'Europe/Berlin',
    windows: [window],
    isEnabled: true,
  });
  expect(schedule?.nextStarts).toHaveLength(2);
  expect(nextStartAt).toBe(schedule?.nextStarts[0]);
  const { schedulePreview } = await app.ask<{ schedulePreview: string[] }>(PREVIEW, { schedule: NIGHTLY, count: 2 });
  expect(schedulePreview).toEqual(schedule?.nextStarts);
});

it('changes, switches off and removes a schedule; what is absent stays', async () => {
  const id = await createJob(NIGHTLY);
  await update(id, { description: 'Another matter.' });
  expect(await read(id)).toMatchObject({ schedule: { cron: '30 2 * * MON-FRI' } });
  const interval = { starts: { intervalAfterEnd: 'PT6H' }, isEnabled: false };
  expect((await update(id, { schedule: interval })).data?.jobUpdate).toMatchObject({
    job: {
      nextStartAt: null,
      schedule: { cron: null, intervalAfterEnd: 'PT6H', timeZone: 'UTC', isEnabled: false, nextStarts: [] },
    },
  });
  expect((await update(id, { schedule: null })).data?.jobUpdate).toMatchObject({ job: { schedule: null } });
  const { version } = await read(id);
  expect(version).toBe(4);
});

it('holds the starts of a suspended job, and gives them to a copy, which is suspended', async () => {
  const id = await createJob(NIGHTLY);
  const start = (await read(id)).nextStartAt;
  await app.ask('mutation ($id: ID!) { jobSuspend(id: $id) { userErrors { code } } }', { id });
  expect(await read(id)).toMatchObject({ nextStartAt: null, schedule: { nextStarts: [] } });
  await app.ask('mutation ($id: ID!) { jobResume(id: $id) { userErrors { code } } }', { id });
  expect((await read(id)).nextStartAt).toBe(start);
  const copied = await app.ask<{ jobDuplicate: { job: { nextStartAt: string | null; schedule: object } } }>(
    `mutation ($id: ID!) { jobDuplicate(id: $id, name: "Copy of it") { job { nextStartAt schedule { cron } } userErrors { code } } }`,
    { id },
  );
  expect(copied.jobDuplicate.job).toEqual({ nextStartAt: null, schedule: { cron: '30 2 * * MON-FRI' } });
});

it('refuses what cannot be a schedule at its field', async () => {
  const id = await createJob(null);
  const refused = async (schedule: object) => (await update(id, { schedule })).data?.jobUpdate;
  expect(await refused({ starts: { cron: '0 25 * * *' } })).toMatchObject({
    job: null,
    userErrors: [{ code: 'INVALID', field: ['input', 'schedule', 'starts', 'cron'] }],
  });
  expect(await refused({ starts: { intervalAfterEnd: 'PT0S' } })).toMatchObject({
    userErrors: [{ code: 'OUT_OF_RANGE', field: ['input', 'schedule', 'starts', 'intervalAfterEnd'] }],
  });
  const windows = [{ days: [], from: '08:00', to: '09:00' }];
  expect(await refused({ ...NIGHTLY, windows })).toMatchObject({
    userErrors: [{ code: 'REQUIRED', field: ['input', 'schedule', 'windows', '0', 'days'] }],
  });
  expect((await read(id)).schedule).toBeNull();
});

it.each([
  [{ schedule: { starts: { cron: '0 25 * * *' } } }, ['schedule', 'starts', 'cron'], 'hour: 25'],
  [{ schedule: NIGHTLY, count: 0 }, ['count'], 'from 1 to 50'],
  [{ schedule: NIGHTLY, count: 51 }, ['count'], 'from 1 to 50'],
  [{ schedule: { starts: {} } }, ['schedule', 'starts'], 'Exactly one'],
  [{ schedule: { ...NIGHTLY, timeZone: 'Mars/Olympus' } }, ['schedule', 'timeZone'], 'time zone'],
])('refuses a preview of %j', async (variables, field, sentence) => {
  const { errors } = await app.send(PREVIEW, variables);
  expect(errors).toMatchObject([{ message: expect.stringMatching(sentence) as unknown, extensions: { field } }]);
});

it('orders jobs by their next start, those without one last', async () => {
  await createJob(null);
  await createJob({ starts: { cron: '0 0 29 2 *' } });
  const { jobs } = await app.ask<{ jobs: { nodes: { nextStartAt: string | null }[] } }>(
    '{ jobs(orderBy: NEXT_START_AT) { nodes { nextStartAt } } }',
  );
  const starts = jobs.nodes.map(({ nextStartAt }) => nextStartAt ?? '9999');
  expect(starts).toEqual([...starts].sort());
  expect(new Set(starts).size).toBeGreaterThan(2);
});

it('starts runs by itself: by cron when its time comes, and by an interval after each end', async () => {
  const nightly = await createJob({ starts: { cron: '0 3 * * *' } });
  aheadMs += 24 * 3_600_000;
  const run = await app.until(
    () => read(nightly),
    ({ latestRun }) => latestRun?.state === 'SUCCEEDED',
  );
  expect(run.latestRun).toMatchObject({ number: 1, trigger: 'SCHEDULE', startedBy: null });
  expect(Date.parse(run.nextStartAt ?? '')).toBeGreaterThan(Date.now() + aheadMs);
  expect(app.get('a.txt')).toBe('alpha');
  const resting = await createJob({ starts: { intervalAfterEnd: 'PT1S' } });
  const second = await app.until(
    () => read(resting),
    ({ latestRun }) => latestRun?.number === 2,
  );
  expect(second.latestRun?.trigger).toBe('SCHEDULE');
  await update(resting, { schedule: null });
});

it('waits outside the windows of its job and goes on by itself when one opens', async () => {
  const HOUR_MS = 3_600_000;
  const now = Date.now() + aheadMs;
  const minuteOfDay = (offset: number) => new Date(now + offset).toISOString().slice(11, 16);
  const windows = [{ days: EVERY_DAY, from: minuteOfDay(2 * HOUR_MS), to: minuteOfDay(4 * HOUR_MS) }];
  // None of its starts falls into the hours of this test, whenever that is run.
  const id = await createJob({ starts: { cron: '0 0 29 2 *' }, timeZone: 'UTC', windows });
  const start = (input: object) =>
    app.ask<{ runStart: { run: { id: string } } }>(
      'mutation ($id: ID!, $input: RunStartInput) { runStart(jobId: $id, input: $input) { run { id } userErrors { code message } } }',
      { id, input },
    );
  expect((await app.runToEnd(id, { ignoreWindows: true })).state).toBe('SUCCEEDED');
  await start({});
  const waiting = await app.until(
    () => read(id),
    ({ latestRun }) => latestRun?.state === 'AWAITING_WINDOW',
  );
  const opens = new Date(now + 2 * HOUR_MS).toISOString().slice(0, 16);
  expect(waiting.latestRun).toMatchObject({
    number: 2,
    stateReason: { message: expect.stringContaining('next window') as unknown },
    waitingUntil: `${opens}:00.000Z`,
  });
  aheadMs += 2 * HOUR_MS;
  const ended = await app.until(
    () => read(id),
    ({ latestRun }) => latestRun?.state === 'SUCCEEDED',
  );
  expect(ended.latestRun).toMatchObject({ number: 2, waitingUntil: null, stateReason: null });
});
