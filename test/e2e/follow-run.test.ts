import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SluiceClient, type RunEvent } from '@sluice/client';
import { BreakingProxy } from '../support/breaking-proxy.js';
import { plant } from '../support/files.js';
import { House } from '../support/house.js';
import { addJob, addShare, follow, hasEnded, readRun, startRun } from '../support/work.js';

const program = fileURLToPath(new URL('../../examples/dist/follow-run.js', import.meta.url));
const files = Object.fromEntries(['A', 'B', 'C', 'D'].map((sheet) => [`${sheet}-101.txt`, `Sheet ${sheet}`]));

describe('following a run through trouble', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  /** A run that waits for its approval; afterwards Procore refuses each of its files. */
  async function waitingRun(name: string): Promise<{ runId: string; approve: () => Promise<unknown> }> {
    const { client, sandbox, procoreId } = house;
    const folder = await house.folder('drawings');
    await plant(folder, files);
    const source = { connectionId: await addShare(client, folder) };
    const jobId = await addJob(client, name, source, { connectionId: procoreId }, { retries: 1 });
    await client.mutate(
      'mutation ($id: ID!) { jobUpdate(id: $id, input: { approval: ALWAYS }) { userErrors { code message field } } }',
      { id: jobId },
    );
    const runId = await startRun(client, jobId);
    await expect.poll(async () => (await readRun(client, runId)).state).toBe('AWAITING_APPROVAL');
    const { run } = await client.request<{ run: { plan: { id: string; digest: string } } }>(
      'query ($id: ID!) { run(id: $id) { plan { id digest } } }',
      { id: runId },
    );
    sandbox.control.setFaults([
      {
        kind: 'status',
        status: 422,
        body: { errors: 'Refused' },
        match: { origin: 'api', method: 'POST', route: '/files' },
      },
    ]);
    const approve = () =>
      client.mutate(
        'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { userErrors { code message field } } }',
        { ...run.plan },
      );
    return { runId, approve };
  }

  it('follow-run.ts tells every event once, whatever breaks between them, also when the run ends meanwhile', async () => {
    const { runId, approve } = await waitingRun('Broken');
    // One event passes, then none, then two; in the end all the others.
    const proxy = await BreakingProxy.start(house.server.url, [1, 0, 2]);
    const before = await firstOf(follow(house.client, runId));
    const token = house.client.headers['authorization']?.replace('Bearer ', '');
    const child = spawn(process.execPath, [program, runId], { env: { URL: proxy.url, TOKEN: token } });
    let [shown, complaints] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    const exit = once(child, 'close');
    await expect.poll(() => proxy.passed[0]?.[0]).toBe('SNAPSHOT');
    await approve();
    await expect.poll(async () => hasEnded(await readRun(house.client, runId))).toBe(true);
    proxy.letOthersIn();
    expect((await exit)[0], complaints).toBe(0);
    await proxy.close();

    const durable: string[] = [];
    let state = 'AWAITING_APPROVAL';
    for await (const event of follow(house.client, runId, before.cursor)) {
      state = event.state ?? state;
      if (event.kind !== 'STATISTICS') durable.push(`${event.kind} ${state}`);
    }
    const lines = shown.trim().split('\n');
    const told = lines.filter((line) => !/^(SNAPSHOT|STATISTICS)/.test(line));
    expect(lines[0]).toBe('SNAPSHOT AWAITING_APPROVAL');
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(durable);
    expect(complaints.trim().split('\n')).toEqual(Array(3).fill('The connection broke; trying again.'));
    expect(proxy.passed).toHaveLength(4);
  });

  it('the client goes on behind the last event after a restart of the server', async () => {
    const { runId, approve } = await waitingRun('Restarted');
    const token = house.client.headers['authorization']?.replace('Bearer ', '');
    const client = new SluiceClient({ url: house.server.url, token });
    const told: RunEvent[] = [];
    let breaks = 0;
    for await (const event of client.follow(runId, { onBreak: () => (breaks += 1) })) {
      if (told.push(event) > 1) continue;
      await house.server.stop();
      await house.server.run();
      await approve();
    }
    await client.close();
    expect(breaks).toBeGreaterThan(0);
    const durable = told.filter(({ kind }) => kind !== 'STATISTICS').map(({ sequence }) => sequence);
    const [first = 0] = durable;
    expect(durable).toEqual(Array.from({ length: durable.length }, (_, index) => first + index));
    expect(told.at(-1)).toMatchObject({ kind: 'STATE', state: (await readRun(house.client, runId)).state });
  });

  it('follow-run.ts ends with an error when its token is refused', async () => {
    const child = spawn(process.execPath, [program, 'run_x'], {
      env: { URL: house.server.url, TOKEN: 'x'.repeat(40) },
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    expect((await once(child, 'close'))[0]).not.toBe(0);
    expect(complaints).toContain('The token is refused');
  });
});

async function firstOf<T>(values: AsyncIterable<T>): Promise<T> {
  for await (const value of values) return value;
  throw new Error('there was no value');
}
