import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { openShareApp, type ShareApp } from './testing.js';

const START = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
const RUN = 'query ($id: ID!) { run(id: $id) { state plan { id digest approvalState } } }';
const APPROVE =
  'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { plan { id } userErrors { code } } }';

interface Run {
  state: string;
  plan: { id: string; digest: string; approvalState: string };
}

const FILES = Array.from({ length: 12 }, (_, index) => `f/${index}.txt`);

async function mirroredJob(app: ShareApp, guard: Record<string, unknown> = {}): Promise<string> {
  for (const path of [...FILES, 'kept.txt']) app.put(path, `bytes of ${path}`);
  const jobId = await app.createJob({ policies: { deletions: 'MIRROR', ...guard } });
  expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED');
  return jobId;
}

const at = (app: ShareApp, path: string) => join(app.folders.destination, path);

it('a copy with MIRROR moves what was deleted at the source to the dated trash folder of the job', async () => {
  await using app = await openShareApp();
  const jobId = await mirroredJob(app);
  app.remove('f/0.txt');
  expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED');
  expect(existsSync(at(app, 'f/0.txt'))).toBe(false);
  const [run] = readdirSync(at(app, '.sluice-trash'));
  expect(readFileSync(at(app, `.sluice-trash/${run!}/f/0.txt`), 'utf8')).toBe('bytes of f/0.txt');
  expect(readdirSync(at(app, 'f'))).toHaveLength(FILES.length - 1);
});

it('with SLUICE_TRASH_DAYS a run empties the trash of what former runs of its job left, once they can be undone no longer', async () => {
  await using app = await openShareApp({ limits: { ...DEFAULT_LIMITS, trashRetention: 1 } });
  const jobId = await mirroredJob(app);
  const trash = () => readdirSync(at(app, '.sluice-trash'));
  app.remove('f/0.txt');
  await app.runToEnd(jobId);
  const [removal] = trash();
  await app.runToEnd(jobId);
  expect(trash()).toEqual([removal]);
  const { db } = app.app.base;
  await db.transact(async (tx) => void (await tx.update(db.tables.plans).set({ isPruned: true })));
  mkdirSync(at(app, '.sluice-trash/2020-01-01T00-00-00-000Z'));
  await app.runToEnd(jobId);
  expect(trash()).toEqual(['2020-01-01T00-00-00-000Z']);
});

it('with deletePermanently what was deleted at the source is deleted for good, as the job and the plan say', async () => {
  await using app = await openShareApp();
  const jobId = await mirroredJob(app, { deletePermanently: true });
  const { job } = await app.ask<{ job: { issues: { field: string[]; message: string }[] } }>(
    'query ($id: ID!) { job(id: $id) { issues { field message } } }',
    { id: jobId },
  );
  const message = 'What the job deletes or replaces at the destination is gone for good: it cannot be put back.';
  expect(job.issues).toContainEqual({ field: ['policies', 'deletePermanently'], message });
  app.remove('f/0.txt');
  const { id, state } = await app.runToEnd(jobId);
  expect(state).toBe('SUCCEEDED');
  expect(existsSync(at(app, 'f/0.txt'))).toBe(false);
  expect(existsSync(at(app, '.sluice-trash'))).toBe(false);
  const items = 'query ($id: ID!) { run(id: $id) { items { nodes { outcome message } } } }';
  const told = 'It was deleted at the source. It is deleted for good and cannot be put back.';
  expect(await app.ask(items, { id })).toEqual({
    run: { items: { nodes: [{ outcome: 'DELETED', message: told }] } },
  });
});

it('above the guard nothing is deleted before a person has approved the plan', async () => {
  await using app = await openShareApp();
  const jobId = await mirroredJob(app);
  app.remove('f');
  const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(START, { id: jobId });
  const { id } = runStart.run;
  const runOf = async () => (await app.ask<{ run: Run }>(RUN, { id })).run;
  const waiting = await app.until(runOf, ({ state }) => state === 'AWAITING_APPROVAL');
  expect(waiting).toMatchObject({ state: 'AWAITING_APPROVAL', plan: { approvalState: 'PENDING' } });
  expect(readdirSync(at(app, 'f'))).toHaveLength(FILES.length);
  await app.ask(APPROVE, { id: waiting.plan.id, digest: waiting.plan.digest });
  await app.until(runOf, ({ state }) => state === 'SUCCEEDED');
  expect(existsSync(at(app, 'f'))).toBe(false);
  expect(existsSync(at(app, 'kept.txt'))).toBe(true);
});

it.each([
  ['more than maxItems and maxShare allow', { maxItems: 1, maxShare: 0.1 }, 'AWAITING_APPROVAL'],
  ['as many as maxItems allows', { maxItems: 2, maxShare: 0 }, 'SUCCEEDED'],
  ['as many as maxShare allows', { maxItems: 0, maxShare: 0.5 }, 'SUCCEEDED'],
])(
  'of the guard of a job: two deletions are %s',
  async (_name, deletionGuard, expected) => {
    await using app = await openShareApp();
    const jobId = await mirroredJob(app, { deletionGuard });
    for (const path of FILES.slice(0, 2)) app.remove(path);
    const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(START, { id: jobId });
    const runOf = async () => (await app.ask<{ run: Run }>(RUN, { id: runStart.run.id })).run;
    const ended = await app.until(runOf, ({ state }) => ['AWAITING_APPROVAL', 'SUCCEEDED', 'FAILED'].includes(state));
    expect(ended.state).toBe(expected);
    expect(readdirSync(at(app, 'f'))).toHaveLength(expected === 'SUCCEEDED' ? FILES.length - 2 : FILES.length);
  },
  90_000,
);
