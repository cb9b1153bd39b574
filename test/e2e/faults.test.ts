import type { FaultRule } from '@sluice/procore-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checksums, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, follow, readItems, readRun, runToEnd, startRun, type RunView } from '../support/work.js';

/** What goes wrong while files are written. A single fault heals within the run. */
const whileWriting: [string, FaultRule[]][] = [
  ['errors of the server', [{ kind: 'status', status: 502, probability: 0.15, match: { origin: 'api' } }]],
  ['pages instead of answers', [{ kind: 'html-body', status: 503, probability: 0.15, match: { origin: 'api' } }]],
  [
    'connections that break before the write',
    [{ kind: 'reset-before-commit', probability: 0.15, match: { method: 'POST' } }],
  ],
  [
    'connections that break after the write',
    [{ kind: 'reset-after-commit', probability: 0.15, match: { method: 'POST' } }],
  ],
  ['a storage that breaks off', [{ kind: 'reset-before-commit', probability: 0.15, match: { origin: 'storage' } }]],
  ['answers that are no JSON', [{ kind: 'garbage-json', count: 3, match: { origin: 'api', method: 'POST' } }]],
  ['slow answers', [{ kind: 'slow', ms: 300, probability: 0.1 }]],
  ['tokens that expire', [{ kind: 'expire-tokens', nth: 5, match: { origin: 'api' } }]],
  ['tokens that are revoked', [{ kind: 'revoke-tokens', nth: 5, match: { origin: 'api' } }]],
];

const whileReading: [string, FaultRule[]][] = [
  ['bodies that end early', [{ kind: 'short-body', probability: 0.2, match: { origin: 'storage' } }]],
  [
    'a storage that answers with errors',
    [{ kind: 'status', status: 500, probability: 0.2, match: { origin: 'storage' } }],
  ],
  ['file links that break', [{ kind: 'status', status: 503, probability: 0.2, match: { origin: 'files' } }]],
];

const whileListing: [string, FaultRule[]][] = [
  ['is refused', [{ kind: 'status', status: 403, match: { method: 'GET', route: '/(documents|folders)' } }]],
  ['is not found', [{ kind: 'status', status: 404, match: { method: 'GET', route: '/(documents|folders)' } }]],
  ['is empty', [{ kind: 'empty-list', match: { method: 'GET', route: '/(documents|folders)' } }]],
];

describe('a platform that misbehaves', () => {
  const files = evenTree(40, 4);
  let house: House;
  let originId: string;
  let count = 0;
  beforeAll(async () => {
    house = await House.open();
    const origin = await house.folder('origin');
    await plant(origin, files);
    originId = await addShare(house.client, origin);
  });
  afterEach(() => house.sandbox.control.setFaults([]));
  afterAll(() => house?.close());

  /** Copies the files into a folder of the project of their own. */
  const uploadJob = async (path: string) =>
    addJob(house.client, `To ${path}`, { connectionId: originId }, { connectionId: house.procoreId, path: `/${path}` });

  /** Runs under faults; what they flagged is tried again without them, as a person would. */
  async function runThroughFaults(jobId: string, faults: readonly FaultRule[]): Promise<RunView> {
    house.sandbox.control.setFaults(faults);
    const first = await runToEnd(house.client, jobId);
    if (faults.every((rule) => rule.kind !== 'slow'))
      expect(house.sandbox.control.counters().faultsFired).not.toEqual({});
    house.sandbox.control.setFaults([]);
    for (const item of await readItems(house.client, first.id)) {
      if (item.outcome === 'FLAGGED') expect(item.message, item.sourcePath ?? '').toMatch(/\w{3}.*[.]$/);
    }
    return first.state === 'SUCCEEDED' ? first : runToEnd(house.client, jobId);
  }

  const within = async (path: string) => {
    const { files: all, versions } = await contentOf(house.sandbox);
    const mine = <T>(record: Record<string, T>): Record<string, T> =>
      Object.fromEntries(
        Object.entries(record).flatMap(([each, value]) =>
          each.startsWith(`${path}/`) ? [[each.slice(path.length + 1), value]] : [],
        ),
      );
    return { files: mine(all), doubled: Object.entries(mine(versions)).filter(([, number]) => number !== 1) };
  };

  it.each(whileWriting)('writes every file once through %s', async (_name, faults) => {
    const path = `Case ${++count}`;
    const run = await runThroughFaults(await uploadJob(path), faults);
    expect(run.state).toBe('SUCCEEDED');
    expect(await within(path)).toEqual({ files: checksumsOf(files), doubled: [] });
  });

  it.each(whileReading)('reads every file whole through %s', async (_name, faults) => {
    const path = `Case ${++count}`;
    await runToEnd(house.client, await uploadJob(path));
    const target = await house.folder('target');
    const back = await addJob(
      house.client,
      `From ${path}`,
      { connectionId: house.procoreId, path: `/${path}` },
      { connectionId: await addShare(house.client, target) },
    );
    expect((await runThroughFaults(back, faults)).state).toBe('SUCCEEDED');
    expect(await checksums(target)).toEqual(checksumsOf(files));
  });

  it.each(whileListing)('deletes and doubles nothing when a listing %s', async (_name, faults) => {
    const path = `Case ${++count}`;
    const job = await uploadJob(path);
    expect((await runToEnd(house.client, job)).state).toBe('SUCCEEDED');
    house.sandbox.control.setFaults(faults);
    const runId = await startRun(house.client, job);
    for await (const { state } of follow(house.client, runId)) {
      // What passes by itself is waited for.
      if (state === 'PAUSED') house.sandbox.control.setFaults([]);
    }
    house.sandbox.control.setFaults([]);
    const run = await readRun(house.client, runId);
    if (run.state === 'FAILED') expect(run.stateReason?.message).toMatch(/\w{3}.*[.]$/);
    expect(await within(path)).toEqual({ files: checksumsOf(files), doubled: [] });
    expect((await runToEnd(house.client, job)).state).toBe('SUCCEEDED');
    expect(await within(path)).toEqual({ files: checksumsOf(files), doubled: [] });
  });
});
