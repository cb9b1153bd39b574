import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checksums } from '../support/files.js';
import type { GraphqlClient } from '../support/graphql.js';
import { Server } from '../support/server.js';
import { addJob, addShare, outcomesOf, runToEnd } from '../support/work.js';

const COPY = 'Demo: Harbour Pier 4 to Procore';
const SYNC = 'Demo: permits on both sides';
const SCAN = 'Demo: what is in the site folder';

interface DemoJob {
  id: string;
  name: string;
  source: { connection: { id: string } };
  destination: { connection: { id: string } } | null;
}

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

async function demoJobs(): Promise<DemoJob[]> {
  const fields = 'id name source { connection { id } } destination { connection { id } }';
  const { jobs } = await client.request<{ jobs: { nodes: DemoJob[] } }>(`{ jobs(first: 10) { nodes { ${fields} } } }`);
  return jobs.nodes;
}

it(
  'starts furnished, copies its files to its own Procore, and is the same after a restart',
  { timeout: 240_000 },
  async () => {
    const before = await demoJobs();
    expect(before.map((job) => job.name)).toEqual([COPY, SYNC, SCAN]);
    await server.stop();
    await server.run();
    const [job, sync, scan] = await demoJobs();
    expect([job, sync, scan]).toEqual(before);

    const site = await checksums(join(server.dataDir, 'demo', 'Harbour Pier 4'));
    const run = await runToEnd(client, job?.id ?? '');
    expect(run).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
    expect(Object.keys(outcomesOf(run))).toEqual(['CREATED']);
    expect(run.statistics.calls.reduce((sum, each) => sum + each.throttled, 0)).toBe(0);

    const procore = { connectionId: job?.destination?.connection.id ?? '' };
    const back = await addJob(client, 'Back', procore, { connectionId: await addShare(client, target) });
    expect((await runToEnd(client, back)).state).toBe('SUCCEEDED');
    expect(Object.values(await checksums(target)).sort()).toEqual(Object.values(site).sort());

    const first = await runToEnd(client, sync?.id ?? '');
    expect([first.state, Object.keys(outcomesOf(first))]).toEqual(['SUCCEEDED', ['CREATED']]);
    const found = await runToEnd(client, scan?.id ?? '');
    expect(found.state).toBe('SUCCEEDED');
    const result = `{ run(id: "${found.id}") { scan { fileCount duplicateGroupCount } } }`;
    const { run: scanned } = await client.request<{ run: { scan: { fileCount: number } } }>(result);
    expect(scanned.scan.fileCount).toBe(Object.keys(site).length);
  },
);
