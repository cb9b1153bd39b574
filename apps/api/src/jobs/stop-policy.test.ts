import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp();
  app.put('a.txt', 'a');
});
afterAll(() => app[Symbol.asyncDispose]());

const JOB = 'query ($id: ID!) { job(id: $id) { state stopReason allowedActions policies { stopAfterRuns } } }';
const RESUME = 'mutation ($id: ID!) { jobResume(id: $id) { job { state stopReason } userErrors { message } } }';
const SUSPEND = 'mutation ($id: ID!) { jobSuspend(id: $id) { job { state } userErrors { code message } } }';
const UPDATE =
  'mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) { job { state } userErrors { message } } }';
const STOPPED = '{ jobs(filter: { states: [STOPPED] }) { totalCount } }';
const OTHERS = '{ jobs(filter: { states: [READY, DRAFT] }) { totalCount } }';

it('a job with stopAfterRuns is STOPPED after them, says why, and counts anew once it is resumed', async () => {
  const id = await app.createJob({ name: 'Twice', policies: { stopAfterRuns: 2 } });
  await app.runToEnd(id);
  expect(await app.ask(JOB, { id })).toMatchObject({ job: { state: 'READY', stopReason: null } });
  await app.runToEnd(id);
  expect(await app.ask(JOB, { id })).toEqual({
    job: {
      state: 'STOPPED',
      stopReason: 'It ends after 2 runs.',
      allowedActions: ['DELETE', 'UPDATE', 'RESUME'],
      policies: { stopAfterRuns: 2 },
    },
  });
  expect([await app.ask(STOPPED), await app.ask(OTHERS)]).toEqual([
    { jobs: { totalCount: 1 } },
    { jobs: { totalCount: 0 } },
  ]);
  await expect(app.runToEnd(id)).rejects.toThrow('The job has ended: It ends after 2 runs. Resume it first.');
  expect((await app.send(SUSPEND, { id })).data).toMatchObject({
    jobSuspend: { userErrors: [{ code: 'INVALID_STATE' }] },
  });
  expect(await app.ask(RESUME, { id })).toEqual({
    jobResume: { job: { state: 'READY', stopReason: null }, userErrors: [] },
  });
  await app.runToEnd(id);
  expect(await app.ask(JOB, { id })).toMatchObject({ job: { state: 'READY' } });
});

it('another limit counts the runs from then on', async () => {
  const id = await app.createJob({ name: 'Later', policies: { stopAfterUnchangedRuns: 5 } });
  await app.runToEnd(id);
  await app.runToEnd(id);
  await app.ask(UPDATE, { id, input: { policies: { stopAfterRuns: 2 } } });
  await app.runToEnd(id);
  expect(await app.ask(JOB, { id })).toMatchObject({ job: { state: 'READY' } });
  await app.runToEnd(id);
  expect(await app.ask(JOB, { id })).toMatchObject({ job: { state: 'STOPPED' } });
});
