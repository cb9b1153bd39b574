import { exec } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoJobs } from '../support/demo.js';
import { checksums } from '../support/files.js';
import type { GraphqlClient } from '../support/graphql.js';
import { Server } from '../support/server.js';
import { addJob, addShare, outcomesOf, readItems, readRun, runToEnd, startRun } from '../support/work.js';

const COPY = 'Demo: Harbour Pier 4 to Procore';
const SYNC = 'Demo: permits on both sides';
const SCAN = 'Demo: what is in the site folder';

let server: Server;
let client: GraphqlClient;
let target: string;
beforeAll(async () => {
  server = await Server.start({ env: { SLUICE_DEMO: '1', SLUICE_ALLOW_PRIVATE_HOSTS: '0' } });
  client = await server.client();
  target = await mkdtemp(join(tmpdir(), 'sluice-demo-back-'));
});
afterAll(async () => {
  await server?.dispose();
  await rm(target, { recursive: true, force: true });
});

it('starts furnished, copies its files to its own Procore, and is the same after a restart', async () => {
  const before = await demoJobs(client);
  expect(before.map((job) => job.name)).toEqual([COPY, SYNC, SCAN]);
  await server.stop();
  await server.run();
  const [job, sync, scan] = await demoJobs(client);
  expect([job, sync, scan]).toEqual(before);

  const site = await checksums(join(server.dataDir, 'demo', 'Harbour Pier 4'));
  const run = await runToEnd(client, job?.id ?? '');
  expect(run.state).toBe('SUCCEEDED_WITH_ISSUES');
  expect(outcomesOf(run)).toEqual({ CREATED: expect.any(Number) as number, FLAGGED: 1 });
  const flagged = (await readItems(client, run.id)).filter(({ outcome }) => outcome === 'FLAGGED');
  expect(flagged).toMatchObject([{ reason: 'PATH_TOO_LONG' }]);
  expect(run.statistics.calls.reduce((sum, each) => sum + each.throttled, 0)).toBe(0);

  const procore = { connectionId: job?.destination?.connection.id ?? '' };
  const back = await addJob(client, 'Back', procore, { connectionId: await addShare(client, target) });
  expect((await runToEnd(client, back)).state).toBe('SUCCEEDED');
  const arrived = Object.entries(site).filter(([path]) => !flagged[0]?.sourcePath?.endsWith(path));
  expect(Object.values(await checksums(target)).sort()).toEqual(arrived.map(([, hash]) => hash).sort());

  const found = await runToEnd(client, scan?.id ?? '');
  expect(found.state).toBe('SUCCEEDED');
  const result = `{ run(id: "${found.id}") { scan { fileCount duplicateGroupCount } } }`;
  const { run: scanned } = await client.request<{ run: { scan: { fileCount: number } } }>(result);
  expect(scanned.scan.fileCount).toBe(Object.keys(site).length);
});

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm run demo:changes` prints, without the look whether all is built. */
async function changeDemo(args = ''): Promise<string> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<'demo:changes', string>;
  };
  const env = { ...process.env, SLUICE_DATA: server.dataDir };
  return (await promisify(exec)(`${scripts['demo:changes']} ${args}`, { cwd: root, env })).stdout;
}

async function told(runId: string): Promise<string[]> {
  const items = await readItems(client, runId);
  const lines = items.map(
    (item) => `${item.outcome} ${item.reason} ${item.destinationPath?.split('/').slice(2).join('/')}`,
  );
  return lines.map((line) => line.replace(/\d{4}-[\d -]+/, '…')).sort();
}

it('has a command whose changes show an edit each way, a conflict, a move, a renamed folder and a deletion, and then the guard', async () => {
  const sync = (await demoJobs(client)).find(({ name }) => name === SYNC)?.id ?? '';
  await expect(changeDemo()).rejects.toThrow('Procore has none of these files yet');
  const first = await runToEnd(client, sync);
  expect([first.state, Object.keys(outcomesOf(first))]).toEqual(['SUCCEEDED', ['CREATED']]);
  expect(await changeDemo()).toContain(`Now run the job “${SYNC}”`);
  await expect(changeDemo()).rejects.toThrow('The two sides differ already');
  const run = await runToEnd(client, sync);
  expect(await told(run.id)).toEqual([
    'CREATED CONFLICT 03 Noise at night/Conditions (conflict …).txt',
    'CREATED CONFLICT 03 Noise at night/Conditions.txt',
    'DELETED DELETED_ON_OTHER_SIDE 03 Noise at night/Noise at night.pdf',
    'MOVED PLACE_CHANGED 01 Building permit/Road closure Quay Street.pdf',
    'RENAMED PLACE_CHANGED 05 Tower crane over public ground',
    'UPDATED CONTENT_CHANGED 01 Building permit/Conditions.txt',
    'UPDATED CONTENT_CHANGED 02 Water rights/Conditions.txt',
  ]);
  // Of what was moved no byte went over.
  expect([run.state, run.statistics.bytesDone < 300]).toEqual(['SUCCEEDED', true]);
  const text = 'No piling after 22:00.\n';
  expect(
    await readFile(join(server.dataDir, 'demo/Harbour Pier 4/03 Permits/03 Noise at night/Conditions.txt'), 'utf8'),
  ).toBe(text);
  await expect(changeDemo()).rejects.toThrow('These changes were made before');

  expect(await changeDemo('--many-deletions')).toContain('4 folders are deleted');
  const guarded = await startRun(client, sync);
  const state = async () => (await readRun(client, guarded)).state;
  await expect.poll(state).toBe('AWAITING_APPROVAL');
});
