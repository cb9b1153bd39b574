import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

const UNDO = `mutation ($runId: ID!) {
  planUndo(runId: $runId) { plan { id undoes { id } } userErrors { code message field } }
}`;
const PLAN = `query ($id: ID!) {
  plan(id: $id) {
    taskState digest approvalState failure { code message } undoes { id number }
    summary { totals { action itemCount } warnings { severity message } }
    steps { nodes { action side kind sourcePath destinationPath reason message isDestructive } }
  }
}`;
const APPROVE =
  'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { plan { id } userErrors { code } } }';
const RUN = `query ($id: ID!) {
  run(id: $id) {
    state trigger plan { undoes { id } }
    items { nodes { sourcePath destinationPath outcome reason message } }
  }
}`;

interface PlanShown {
  taskState: string;
  digest: string;
  approvalState: string;
  failure: { code: string; message: string } | null;
  undoes: { id: string; number: number };
  summary: { totals: { action: string; itemCount: number }[]; warnings: { severity: string; message: string }[] };
  steps: {
    nodes: { action: string; destinationPath: string; reason: string; message: string; isDestructive: boolean }[];
  };
}
interface RunShown {
  state: string;
  trigger: string;
  plan: { undoes: { id: string } | null };
  items: { nodes: { destinationPath: string; outcome: string; reason: string; message: string }[] };
}

async function planUndo(app: ShareApp, runId: string): Promise<PlanShown & { id: string }> {
  const { planUndo: asked } = await app.ask<{ planUndo: { plan: { id: string } } }>(UNDO, { runId });
  const { id } = asked.plan;
  const planOf = async () => (await app.ask<{ plan: PlanShown }>(PLAN, { id })).plan;
  const plan = await app.until(planOf, ({ taskState }) => ['SUCCEEDED', 'FAILED'].includes(taskState));
  return { ...plan, id };
}

async function undo(app: ShareApp, jobId: string, runId: string): Promise<{ plan: PlanShown; run: RunShown }> {
  const plan = await planUndo(app, runId);
  if (plan.approvalState === 'PENDING') await app.ask(APPROVE, { id: plan.id, digest: plan.digest });
  const { id } = await app.runToEnd(jobId, { planId: plan.id });
  return { plan, run: (await app.ask<{ run: RunShown }>(RUN, { id })).run };
}

const at = (app: ShareApp, path: string) => join(app.folders.destination, path);
const told = ({ steps }: PlanShown) => steps.nodes.map((step) => `${step.action} ${step.destinationPath}`);

/** A mirror whose second run created, moved and deleted. */
async function mirror(app: ShareApp, policies: object = {}): Promise<{ jobId: string; runId: string }> {
  for (const path of ['f/a.txt', 'f/b.txt', 'gone/c.txt', 'moved.txt']) app.put(path, `bytes of ${path}`);
  const jobId = await app.createJob({ policies: { deletions: 'MIRROR', ...policies } });
  await app.runToEnd(jobId);
  app.remove('gone');
  app.remove('f/b.txt');
  app.put('new/n.txt', 'new');
  const run = await app.runToEnd(jobId);
  expect(run.state).toBe('SUCCEEDED');
  return { jobId, runId: run.id };
}

describe('the undo of a run', () => {
  it('gives a file on a share the content that a run replaced, and the plan tells how many bytes are kept', async () => {
    await using app = await openShareApp();
    app.put('a.txt', 'former');
    const jobId = await app.createJob();
    await app.runToEnd(jobId);
    app.put('a.txt', 'what is new');
    const { id } = await app.runToEnd(jobId);
    const { plan, run } = await undo(app, jobId, id);
    const kept = 'What is replaced is kept in the trash, so that an undo can bring it back: 11 bytes.';
    expect(plan.summary.warnings).toContainEqual({ severity: 'INFO', message: kept });
    expect(run.items.nodes).toEqual([expect.objectContaining({ outcome: 'UPDATED', reason: 'UNDONE' })]);
    expect(readFileSync(at(app, 'a.txt'), 'utf8')).toBe('former');
  });

  it('is planned, shown and carried out: plan, run and items tell the same story', async () => {
    await using app = await openShareApp();
    const { jobId, runId } = await mirror(app);
    const { plan, run } = await undo(app, jobId, runId);
    expect(plan.undoes).toEqual({ id: runId, number: 2 });
    expect(told(plan)).toEqual(
      ['CREATE /gone', 'CREATE /gone/c.txt', 'CREATE /f/b.txt', 'DELETE /new/n.txt', 'DELETE /new'].sort(
        (one, other) => told(plan).indexOf(one) - told(plan).indexOf(other),
      ),
    );
    expect(plan.summary.totals).toEqual(
      expect.arrayContaining([
        { action: 'CREATE', itemCount: 3 },
        { action: 'DELETE', itemCount: 2 },
      ]),
    );
    expect(plan.summary.warnings).toContainEqual({
      severity: 'INFO',
      message: expect.stringMatching(/^The next run of the job decides by its tables/) as string,
    });
    expect(run).toMatchObject({ state: 'SUCCEEDED', trigger: 'UNDO', plan: { undoes: { id: runId } } });
    const outcomes = { CREATE: 'CREATED', DELETE: 'DELETED' } as Record<string, string>;
    expect(run.items.nodes.map((item) => `${item.outcome} ${item.destinationPath} ${item.message}`).sort()).toEqual(
      plan.steps.nodes.map((step) => `${outcomes[step.action]} ${step.destinationPath} ${step.message}`).sort(),
    );
    expect(app.get('gone/c.txt')).toBe('bytes of gone/c.txt');
    expect(app.get('f/b.txt')).toBe('bytes of f/b.txt');
    expect(existsSync(at(app, 'new'))).toBe(false);
  });

  it('leaves what somebody changed since, and says so', async () => {
    await using app = await openShareApp();
    const { jobId, runId } = await mirror(app);
    writeFileSync(at(app, 'new/n.txt'), 'edited since');
    writeFileSync(at(app, 'f/b.txt'), 'another one');
    const { plan, run } = await undo(app, jobId, runId);
    expect(
      plan.steps.nodes
        .filter(({ action }) => action === 'REFUSE')
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual(['CONFLICT', 'NAME_TAKEN']);
    expect(run.state).toBe('SUCCEEDED_WITH_ISSUES');
    expect(app.get('new/n.txt')).toBe('edited since');
    expect(app.get('f/b.txt')).toBe('another one');
  });

  it('refuses what is in the trash no longer when its turn comes', async () => {
    await using app = await openShareApp();
    const { jobId, runId } = await mirror(app);
    rmSync(at(app, '.sluice-trash'), { recursive: true });
    const { run } = await undo(app, jobId, runId);
    expect(run.items.nodes).toContainEqual(
      expect.objectContaining({ destinationPath: '/f/b.txt', outcome: 'FLAGGED', reason: 'EDITED_AT_DESTINATION' }),
    );
    expect(run.state).toBe('SUCCEEDED_WITH_ISSUES');
  });

  it('of a run that MOVE carried out brings all back, in SQLite as it was recorded', async () => {
    await using app = await openShareApp();
    for (const path of ['f/a.txt', 'b.txt']) app.put(path, `bytes of ${path}`);
    const jobId = await app.createJob({ transferType: 'MOVE' });
    const { id } = await app.runToEnd(jobId);
    expect(readdirSync(app.folders.source)).toEqual(['.sluice-trash']);
    const { run } = await undo(app, jobId, id);
    expect(run.state).toBe('SUCCEEDED');
    expect(readFileSync(join(app.folders.source, 'f/a.txt'), 'utf8')).toBe('bytes of f/a.txt');
    expect(readdirSync(app.folders.destination).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('is undone itself, and a second undo of the same run does nothing', async () => {
    await using app = await openShareApp();
    const { jobId, runId } = await mirror(app);
    await undo(app, jobId, runId);
    const again = await planUndo(app, runId);
    expect(new Set(again.steps.nodes.map(({ action }) => action))).toEqual(new Set(['SKIP']));
    const { latestRun } = (
      await app.ask<{ job: { latestRun: { id: string } } }>('query ($id: ID!) { job(id: $id) { latestRun { id } } }', {
        id: jobId,
      })
    ).job;
    const { run } = await undo(app, jobId, latestRun.id);
    expect(run.state).toBe('SUCCEEDED');
    expect(existsSync(at(app, 'gone'))).toBe(false);
    expect(app.get('new/n.txt')).toBe('new');
  });

  it('counts for no limit of the job on its runs', async () => {
    await using app = await openShareApp();
    app.put('a.txt', 'a');
    const jobId = await app.createJob({ policies: { stopAfterRuns: 2 } });
    const { id } = await app.runToEnd(jobId);
    await undo(app, jobId, id);
    const { job } = await app.ask<{ job: { state: string } }>('query ($id: ID!) { job(id: $id) { state } }', {
      id: jobId,
    });
    expect(job.state).toBe('READY');
  });

  it('above the guard is approved like other plans', async () => {
    await using app = await openShareApp();
    for (let index = 0; index < 12; index += 1) app.put(`${index}.txt`, String(index));
    const jobId = await app.createJob();
    const { id } = await app.runToEnd(jobId);
    const plan = await planUndo(app, id);
    expect(plan.approvalState).toBe('PENDING');
    await expect(app.runToEnd(jobId, { planId: plan.id })).rejects.toThrow('Approve the plan first.');
    await app.ask(APPROVE, { id: plan.id, digest: plan.digest });
    expect((await app.runToEnd(jobId, { planId: plan.id })).state).toBe('SUCCEEDED');
    expect(readdirSync(app.folders.destination).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});

describe('a run that cannot be undone', () => {
  it('is told at its field', async () => {
    await using app = await openShareApp();
    await expect(app.ask(UNDO, { runId: 'run_1' })).rejects.toThrow(/"code":"NOT_FOUND".*"field":\["runId"\]/);
  });

  it('is asked for once by one key', async () => {
    await using app = await openShareApp();
    app.put('a.txt', 'a');
    const { id: runId } = await app.runToEnd(await app.createJob());
    const keyed =
      'mutation ($runId: ID!, $key: String) { planUndo(runId: $runId, idempotencyKey: $key) { plan { id } userErrors { code } } }';
    const asked = () => app.ask(keyed, { runId, key: '91fa' });
    expect(await asked()).toEqual(await asked());
    await expect(app.ask(keyed, { runId: 'run_2', key: '91fa' })).rejects.toThrow('IDEMPOTENCY');
  });

  it('is one between other folders than the job has now', async () => {
    await using app = await openShareApp();
    const { jobId, runId } = await mirror(app);
    const input = { destination: { connectionId: app.connections.destination, at: { path: '/elsewhere' } } };
    const update =
      'mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) { userErrors { code message } } }';
    await app.ask(update, { id: jobId, input });
    const { taskState, failure } = await planUndo(app, runId);
    expect({ taskState, message: failure?.message }).toMatchObject({
      taskState: 'FAILED',
      message: expect.stringContaining('Run 2 worked between other folders than the job does now.') as string,
    });
  });
});
