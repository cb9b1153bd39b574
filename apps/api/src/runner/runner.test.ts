import { expect, it } from 'vitest';
import { openShareApp } from './testing.js';

const RUN = `query ($id: ID!) {
  run(id: $id) {
    number state trigger startedBy { displayName } startedAt finishedAt allowedActions stateReason { code message }
    plan { taskState digest summary { itemCount byteCount totals { action itemCount byteCount } } }
    statistics { itemsPlanned itemsDone bytesPlanned bytesDone itemsInFlight progress versionsDone
      outcomes { outcome itemCount byteCount } reasons { reason itemCount } calls { total } }
    items(first: 200) { totalCount nodes { sourcePath destinationPath kind outcome reason sha256 verifiedBy byteSize attempts { duration } } }
    events { sequence kind state }
    stages: events(kinds: [STATE]) { kind }
    samples { at itemsDone bytesDone }
  }
  activity { itemsDone bytesDone itemsFlagged }
}`;

interface Run {
  run: {
    statistics: Record<string, unknown>;
    items: { totalCount: number; nodes: Record<string, unknown>[] };
    events: { sequence: number; kind: string; state: string }[];
    stages: { kind: string }[];
    samples: Record<string, unknown>[];
  } & Record<string, unknown>;
  activity: unknown[];
}

it('copies a folder and tells what it did', async () => {
  await using app = await openShareApp();
  app.put('plans/a.txt', 'alpha');
  app.put('plans/b.txt', 'beta!!');
  app.put('c.txt', 'c');
  const jobId = await app.createJob();
  const { id, state } = await app.runToEnd(jobId);
  expect(state).toBe('SUCCEEDED');
  expect([app.get('plans/a.txt'), app.get('plans/b.txt'), app.get('c.txt')]).toEqual(['alpha', 'beta!!', 'c']);
  const { run, activity } = await app.ask<Run>(RUN, { id });
  expect(run.samples[0]).toMatchObject({ itemsDone: 0 });
  expect(run.samples.at(-1)).toMatchObject({ itemsDone: 4, bytesDone: 12 });
  expect(activity).toEqual([{ itemsDone: 4, bytesDone: 12, itemsFlagged: 0 }]);
  expect(run).toMatchObject({
    number: 1,
    trigger: 'MANUAL',
    startedBy: { displayName: 'admin' },
    stateReason: null,
    allowedActions: [],
  });
  expect(run['plan']).toMatchObject({ taskState: 'SUCCEEDED', summary: { itemCount: 4, byteCount: 12 } });
  expect(run.statistics).toMatchObject({
    itemsPlanned: 4,
    itemsDone: 4,
    bytesPlanned: 12,
    bytesDone: 12,
    progress: 1,
    versionsDone: 3,
  });
  expect(run.statistics['outcomes']).toEqual([{ outcome: 'CREATED', itemCount: 4, byteCount: 12 }]);
  expect(run.items.totalCount).toBe(4);
  expect(run.items.nodes.map((item) => item['destinationPath'])).toEqual([
    '/c.txt',
    '/plans',
    '/plans/a.txt',
    '/plans/b.txt',
  ]);
  expect(run.events.map(({ sequence }) => sequence)).toEqual(run.events.map((_event, index) => index + 1));
  expect(run.stages).toEqual(Array.from({ length: 6 }, () => ({ kind: 'STATE' })));
  expect(run.events.filter(({ kind }) => kind === 'STATE').map((event) => event.state)).toEqual([
    'QUEUED',
    'LISTING',
    'PLANNING',
    'TRANSFERRING',
    'VERIFYING',
    'SUCCEEDED',
  ]);
});

it('does nothing in a second run without changes, and only what changed in a third', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'alpha');
  app.put('b.txt', 'beta');
  const jobId = await app.createJob();
  await app.runToEnd(jobId);
  const second = await app.runToEnd(jobId);
  const { run } = await app.ask<Run>(RUN, { id: second.id });
  expect(run).toMatchObject({ number: 2, state: 'SUCCEEDED' });
  expect(run.items.nodes).toEqual([]);
  expect(run.statistics['outcomes']).toEqual([{ outcome: 'UNCHANGED', itemCount: 2, byteCount: 9 }]);
  app.put('b.txt', 'beta, longer');
  const third = await app.runToEnd(jobId);
  const { run: last } = await app.ask<Run>(RUN, { id: third.id });
  expect(last.items.nodes).toMatchObject([{ sourcePath: '/b.txt', outcome: 'UPDATED', reason: 'CONTENT_CHANGED' }]);
  expect(app.get('b.txt')).toBe('beta, longer');
});

it('restricts a run to paths below the source', async () => {
  await using app = await openShareApp();
  app.put('in/a.txt', 'a');
  app.put('out/b.txt', 'b');
  const jobId = await app.createJob();
  const { id } = await app.runToEnd(jobId, { onlyPaths: ['/in'] });
  const { run } = await app.ask<Run>(RUN, { id });
  expect(run.items.nodes.map((item) => item['sourcePath'])).toEqual(['/in', '/in/a.txt']);
});

const PLAN = `query ($id: ID!) { plan(id: $id) {
  taskState digest approvalState expiresAt run { id } summary { totals { action itemCount } callEstimates { callsNeeded } warnings { severity message } }
  steps(first: 50) { totalCount nodes { action sourcePath destinationPath reason message byteCount isDestructive } }
} }`;
const PLAN_CREATE = 'mutation ($id: ID!) { planCreate(jobId: $id) { plan { id } userErrors { code message } } }';

interface Plan {
  plan: { taskState: string; digest: string; steps: { totalCount: number; nodes: { sourcePath: string }[] } } & Record<
    string,
    unknown
  >;
}

async function makePlan(app: Awaited<ReturnType<typeof openShareApp>>, jobId: string) {
  const { planCreate } = await app.ask<{ planCreate: { plan: { id: string } } }>(PLAN_CREATE, { id: jobId });
  const { id } = planCreate.plan;
  const read = async () => (await app.ask<Plan>(PLAN, { id })).plan;
  return { id, plan: await app.until(read, ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED') };
}

it('makes a plan that writes nothing, and a run carries out exactly this plan', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'alpha');
  app.put('gone.txt', 'gone');
  const jobId = await app.createJob();
  const { id: planId, plan } = await makePlan(app, jobId);
  expect(plan).toMatchObject({ taskState: 'SUCCEEDED', approvalState: 'NOT_REQUIRED', run: null });
  expect(plan.steps.nodes.map((step) => step.sourcePath)).toEqual(['/a.txt', '/gone.txt']);
  expect(() => app.get('a.txt')).toThrow();
  app.put('a.txt', 'alpha, changed since');
  app.put('new.txt', 'not in the plan');
  app.remove('gone.txt');
  const { id, state } = await app.runToEnd(jobId, { planId });
  expect(state).toBe('SUCCEEDED');
  expect(app.get('a.txt')).toBe('alpha, changed since');
  expect(() => app.get('new.txt')).toThrow();
  const { run } = await app.ask<Run>(RUN, { id });
  expect(run.items.nodes).toMatchObject([
    { sourcePath: '/a.txt', outcome: 'CREATED', byteSize: 20 },
    { sourcePath: '/gone.txt', outcome: 'SKIPPED' },
  ]);
  const after = await app.ask<Plan>(PLAN, { id: planId });
  expect(after.plan).toMatchObject({ digest: plan.digest, run: { id } });
});

it('waits for the approval of its plan, goes on after it and ends after a rejection', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'alpha');
  const jobId = await app.createJob({ approval: 'ALWAYS' });
  const start = async () => {
    const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(
      'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }',
      { id: jobId },
    );
    await app.until(
      () => app.runState(runStart.run.id),
      (state) => state === 'AWAITING_APPROVAL',
    );
    const { run } = await app.ask<{
      run: { plan: { id: string; digest: string; approvalState: string }; stateReason: { code: string } };
    }>('query ($id: ID!) { run(id: $id) { stateReason { code } plan { id digest approvalState } } }', {
      id: runStart.run.id,
    });
    expect(run).toMatchObject({ stateReason: { code: 'APPROVAL_REQUIRED' }, plan: { approvalState: 'PENDING' } });
    return { runId: runStart.run.id, plan: run.plan };
  };
  const first = await start();
  const reject =
    'mutation ($id: ID!) { planReject(id: $id, comment: "No.") { plan { approvalState comment decidedBy { displayName } run { state } } userErrors { code } } }';
  expect(await app.ask(reject, { id: first.plan.id })).toMatchObject({
    planReject: {
      plan: {
        approvalState: 'REJECTED',
        comment: 'No.',
        decidedBy: { displayName: 'admin' },
        run: { state: 'CANCELED' },
      },
    },
  });
  expect(() => app.get('a.txt')).toThrow();
  const second = await start();
  const approve =
    'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { plan { approvalState } userErrors { code field } } }';
  const other = await app.send(approve, { id: second.plan.id, digest: 'another' });
  expect(other.data).toEqual({
    planApprove: { plan: null, userErrors: [{ code: 'PLAN_OUTDATED', field: ['digest'] }] },
  });
  await app.ask(approve, { id: second.plan.id, digest: second.plan.digest });
  expect(
    await app.until(
      () => app.runState(second.runId),
      (state) => state === 'SUCCEEDED',
    ),
  ).toBe('SUCCEEDED');
  expect(app.get('a.txt')).toBe('alpha');
});

it('fails with a reason when the source vanished, and leaves other runs alone', async () => {
  await using app = await openShareApp();
  app.put('sub/a.txt', 'alpha');
  const source = { connectionId: app.connections.source, at: { path: '/sub' } };
  const jobId = await app.createJob({ source });
  app.remove('sub');
  const { id, state } = await app.runToEnd(jobId);
  expect(state).toBe('FAILED');
  const { run } = await app.ask<Run>(RUN, { id });
  expect(run).toMatchObject({ stateReason: { code: 'REMOTE_NOT_FOUND' }, plan: { taskState: 'FAILED' } });
  expect(run.events.slice(-2)).toMatchObject([{ kind: 'LOG' }, { kind: 'STATE', state: 'FAILED' }]);
});

const ITEMS = `query ($id: ID!, $filter: RunItemFilter) { job(id: $id) {
  items(first: 10, filter: $filter) { totalCount nodes { id sourcePath outcome reason run { number } } }
  latestRun { state continues { number } trigger statistics { outcomes { outcome itemCount } } }
} }`;

interface JobItems {
  job: {
    items: { totalCount: number; nodes: { id: string; sourcePath: string; outcome: string }[] };
    latestRun: Record<string, unknown>;
  };
}

it('flags items, tries chosen ones again in a run of their own, and ignores others', async () => {
  await using app = await openShareApp();
  for (const name of ['full.txt', 'one.txt', 'two.txt']) app.put(name, name === 'full.txt' ? 'text' : '');
  const jobId = await app.createJob({ policies: { zeroByteFile: 'FLAG' } });
  expect((await app.runToEnd(jobId)).state).toBe('SUCCEEDED_WITH_ISSUES');
  const flagged = { id: jobId, filter: { outcomes: ['FLAGGED'] } };
  const { job } = await app.ask<JobItems>(ITEMS, flagged);
  expect(job.items.nodes).toMatchObject([
    { sourcePath: '/one.txt', reason: 'ZERO_BYTES', run: { number: 1 } },
    { sourcePath: '/two.txt', reason: 'ZERO_BYTES' },
  ]);
  app.put('one.txt', 'no longer empty');
  const retry =
    'mutation ($id: ID!, $items: RunItemSelectionInput!) { runItemsRetry(jobId: $id, items: $items) { run { id } userErrors { code field } } }';
  const ids = [job.items.nodes[0]?.id];
  const { runItemsRetry } = await app.ask<{ runItemsRetry: { run: { id: string } } }>(retry, {
    id: jobId,
    items: { ids },
  });
  await app.until(
    () => app.runState(runItemsRetry.run.id),
    (state) => state === 'SUCCEEDED',
  );
  const after = await app.ask<JobItems>(ITEMS, flagged);
  expect(after.job.items.nodes.map(({ sourcePath }) => sourcePath)).toEqual(['/two.txt']);
  expect(after.job.latestRun).toMatchObject({ trigger: 'RETRY', continues: { number: 1 }, state: 'SUCCEEDED' });
  expect((await app.send(retry, { id: jobId, items: { ids } })).data).toMatchObject({
    runItemsRetry: { run: null, userErrors: [{ code: 'NOT_FOUND', field: ['items', 'ids', '0'] }] },
  });
  const ignore =
    'mutation ($id: ID!) { runItemsIgnore(jobId: $id, items: { filter: {} }) { job { id } userErrors { code } } }';
  await app.ask(ignore, { id: jobId });
  const { job: last } = await app.ask<JobItems>(ITEMS, { id: jobId });
  expect(last.items.nodes).toMatchObject([
    { sourcePath: '/full.txt', outcome: 'CREATED', run: { number: 1 } },
    { sourcePath: '/one.txt', outcome: 'CREATED', run: { number: 2 } },
    { sourcePath: '/two.txt', outcome: 'SKIPPED', reason: 'IGNORED', run: { number: 1 } },
  ]);
});

it('finds jobs, plans, runs and items by their identifiers', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'a');
  const jobId = await app.createJob();
  const { id } = await app.runToEnd(jobId);
  const query = 'query ($id: ID!) { run(id: $id) { id job { id } plan { id } items { nodes { id } } } }';
  const { run } = await app.ask<{
    run: { id: string; job: { id: string }; plan: { id: string }; items: { nodes: { id: string }[] } };
  }>(query, { id });
  const ids = [run.job.id, run.plan.id, run.id, run.items.nodes[0]?.id, 'item_unknown'];
  const { nodes } = await app.ask<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
    ids,
  });
  expect(nodes).toMatchObject([
    { __typename: 'Job' },
    { __typename: 'Plan' },
    { __typename: 'Run' },
    { __typename: 'RunItem' },
    null,
  ]);
});
