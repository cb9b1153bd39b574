import { expect, it } from 'vitest';
import type { ScanContext } from '@sluice/core/run';
import { coreEngine, type Engine } from './engine.js';
import { openShareApp, QUICK_WORK, type ShareApp } from './testing.js';

const RUN = `query ($id: ID!) {
  run(id: $id) {
    state trigger allowedActions
    statistics { itemsDiscovered bytesDiscovered itemsPlanned itemsDone bytesDone progress calls { total } }
    scan {
      fileCount folderCount emptyFolderCount byteCount isComplete isCompared
      extensions { label fileCount byteCount } sizeClasses { label fileCount } ageClasses { label fileCount }
      depths { label fileCount byteCount } longestPaths
      nameProblems { platform limit itemCount examples }
      duplicateGroupCount duplicateByteCount duplicates { byteSize fileCount paths sha256 }
      losses(destination: { platform: PROCORE }) { severity limit capability itemCount message }
    }
    items { nodes { sourcePath destinationPath outcome reason } }
    events { kind state }
  }
}`;

interface Reply {
  run: {
    state: string;
    statistics: Record<string, unknown>;
    scan: (Record<string, unknown> & { losses: { limit: string | null; itemCount: number | null }[] }) | null;
    events: { kind: string; state: string }[];
  };
}

const scanJob = (app: ShareApp, changes: Record<string, unknown> = {}) =>
  app.createJob({ name: 'Scan', transferType: 'SCAN', destination: null, ...changes });

it('analyses one place, and tells what another platform would lose', async () => {
  await using app = await openShareApp();
  app.put('plans/a.pdf', 'alpha');
  app.put('plans/copy of a.pdf', 'alpha');
  app.put('plans/b.pdf', 'other');
  app.put('what?.txt', 'question');
  app.put('empty.txt', '');
  const { id, state } = await app.runToEnd(await scanJob(app));
  expect(state).toBe('SUCCEEDED');
  const { run } = await app.ask<Reply>(RUN, { id });
  expect(run.scan).toMatchObject({
    ...{ fileCount: 5, folderCount: 1, emptyFolderCount: 0, byteCount: 23, isComplete: true, isCompared: true },
    extensions: [
      { label: '.pdf', fileCount: 3, byteCount: 15 },
      { label: '.txt', fileCount: 2, byteCount: 8 },
    ],
    depths: [
      { label: '1', fileCount: 2, byteCount: 8 },
      { label: '2', fileCount: 3, byteCount: 15 },
    ],
    nameProblems: [{ platform: 'PROCORE', limit: 'FORBIDDEN_CHARACTERS', itemCount: 1, examples: ['/what?.txt'] }],
    ...{ duplicateGroupCount: 1, duplicateByteCount: 5 },
    duplicates: [{ byteSize: 5, fileCount: 2 }],
  });
  expect(run.statistics).toMatchObject({ itemsDiscovered: 6, bytesDiscovered: 23, itemsPlanned: 3, itemsDone: 3 });
  expect(run.statistics).toMatchObject({ bytesDone: 15, progress: 1, calls: [] });
  const counted = run.scan?.losses.filter(({ itemCount }) => itemCount !== null);
  expect(counted).toEqual([
    expect.objectContaining({ severity: 'WARNING', limit: null, itemCount: 1 }),
    expect.objectContaining({ severity: 'INFO', limit: 'FORBIDDEN_CHARACTERS', itemCount: 1 }),
  ]);
  const states = run.events.filter(({ kind }) => kind === 'STATE').map((event) => event.state);
  expect(states).toEqual(['QUEUED', 'LISTING', 'VERIFYING', 'SUCCEEDED']);
  const undo = 'mutation ($id: ID!) { planUndo(runId: $id) { plan { id } userErrors { code field } } }';
  expect((await app.send(undo, { id })).data).toEqual({
    planUndo: { plan: null, userErrors: [{ code: 'INVALID', field: ['runId'] }] },
  });
});

it('tells nothing of a place that nobody knows, and what a connection would lose by its own limits', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'alpha');
  const { id } = await app.runToEnd(await scanJob(app));
  const ask =
    'query ($id: ID!, $to: ID!) { run(id: $id) { scan { losses(destination: { connectionId: $to }) { message itemCount } } } }';
  const { run } = await app.ask<Reply>(ask, { id, to: app.connections.destination });
  expect(run.scan?.losses.filter(({ itemCount }) => itemCount !== null)).toEqual([]);
  const unknown = await app.send(ask, { id, to: 'con_unknown' });
  expect(unknown.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

it('has no destination, no plan, no part and no retry, and says so at the field', async () => {
  await using app = await openShareApp();
  app.put('a.txt', 'alpha');
  const create =
    'mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id destination { path } allowedActions } userErrors { code field } } }';
  const input = { name: 'Scan', transferType: 'SCAN', source: { connectionId: app.connections.source } };
  const policies = { conflict: 'FLAG', verification: 'SIZE', onBudgetExhausted: 'CARRY_OVER', retries: 5 };
  const destination = { connectionId: app.connections.destination };
  const refused = await app.send(create, { input: { ...input, destination, policies, approval: 'ALWAYS' } });
  expect(refused.data).toMatchObject({
    jobCreate: {
      job: null,
      userErrors: [
        { code: 'INVALID', field: ['input', 'destination'] },
        { code: 'INVALID', field: ['input', 'approval'] },
        { code: 'INVALID', field: ['input', 'policies', 'conflict'] },
        { code: 'INVALID', field: ['input', 'policies', 'retries'] },
        { code: 'INVALID', field: ['input', 'policies', 'verification'] },
        { code: 'INVALID', field: ['input', 'policies', 'onBudgetExhausted'] },
      ],
    },
  });
  const made = await app.ask<{ jobCreate: { job: { id: string } } }>(create, { input });
  const actions = ['DELETE', 'UPDATE', 'RUN', 'SUSPEND'];
  expect(made.jobCreate.job).toMatchObject({ destination: null, allowedActions: actions });
  const { id } = made.jobCreate.job;
  const refusals = `mutation ($id: ID!, $to: ID!) {
    plan: planCreate(jobId: $id) { userErrors { code field } }
    part: runStart(jobId: $id, input: { onlyPaths: ["/a.txt"] }) { userErrors { code field } }
    retry: runItemsRetry(jobId: $id, items: { filter: {} }) { userErrors { code field } }
    update: jobUpdate(id: $id, input: { destination: { connectionId: $to } }) { userErrors { code field } }
  }`;
  expect((await app.send(refusals, { id, to: app.connections.destination })).data).toEqual({
    plan: { userErrors: [{ code: 'INVALID', field: ['jobId'] }] },
    part: { userErrors: [{ code: 'INVALID', field: ['input', 'onlyPaths'] }] },
    retry: { userErrors: [{ code: 'INVALID', field: ['jobId'] }] },
    update: { userErrors: [{ code: 'INVALID', field: ['input', 'destination'] }] },
  });
});

/** An engine whose scans the test can hold while contents are compared. */
function heldEngine(): { engine: Engine; hold: boolean; contexts: ScanContext[] } {
  const held = { engine: coreEngine, hold: true, contexts: [] as ScanContext[] };
  held.engine = {
    ...coreEngine,
    executeScan: async (context) => {
      held.contexts.push(context);
      const unread: ScanContext['scans']['unread'] = async (after, limit) => {
        while (held.hold && !context.control.isStopping) await new Promise((resolve) => setTimeout(resolve, 5));
        return context.scans.unread(after, limit);
      };
      const { scans } = context;
      const methods = {
        reset: () => scans.reset(),
        addFiles: scans.addFiles.bind(scans),
        finish: () => scans.finish(),
      };
      const others = { keepFigures: scans.keepFigures.bind(scans), noteHashes: scans.noteHashes.bind(scans) };
      return coreEngine.executeScan({ ...context, scans: { ...methods, ...others, unread } });
    },
  };
  return held;
}

/** Starts a scan of two equal files. */
async function startScan(app: ShareApp) {
  app.put('a.txt', 'alpha');
  app.put('b.txt', 'alpha');
  const start = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(start, { id: await scanJob(app) });
  const { id } = runStart.run;
  const reaches = (wanted: string) =>
    app.until(
      () => app.runState(id),
      (state) => state === wanted,
    );
  return { id, reaches };
}

it('can be paused while it compares contents, shows no result then, and goes on without another listing', async () => {
  const held = heldEngine();
  await using app = await openShareApp({}, { work: { ...QUICK_WORK, engine: held.engine } });
  const { id, reaches } = await startScan(app);
  expect(await reaches('VERIFYING')).toBe('VERIFYING');
  await app.ask('mutation ($id: ID!) { runPause(id: $id) { userErrors { code } } }', { id });
  expect(await reaches('PAUSED')).toBe('PAUSED');
  expect((await app.ask<Reply>(RUN, { id })).run.scan).toBeNull();
  app.put('late.txt', 'came after the listing');
  held.hold = false;
  await app.ask('mutation ($id: ID!) { runResume(id: $id) { userErrors { code } } }', { id });
  expect(await reaches('SUCCEEDED')).toBe('SUCCEEDED');
  expect((await app.ask<Reply>(RUN, { id })).run.scan).toMatchObject({ fileCount: 2, duplicateGroupCount: 1 });
  expect(held.contexts.length).toBe(2);
});

it('ends without a result when it is canceled', async () => {
  const held = heldEngine();
  await using app = await openShareApp({}, { work: { ...QUICK_WORK, engine: held.engine } });
  const { id, reaches } = await startScan(app);
  await reaches('VERIFYING');
  await app.ask('mutation ($id: ID!) { runCancel(id: $id) { userErrors { code } } }', { id });
  expect(await reaches('CANCELED')).toBe('CANCELED');
  expect((await app.ask<Reply>(RUN, { id })).run.scan).toBeNull();
});
