import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figure } from '../engine/figure.js';
import { ClientProcess } from './client-process.js';
import { openFilledApp, type FilledApp } from './filled-app.js';
import { followJob, recordChange } from './following.js';

const READERS = 10;
const EVENTS = 1_500;
const JOB = 'job_000';
const MIB = 1024 * 1024;
const BOUND_MIB = 1;

/** So large that the network does not take them all for a reader who does not read: about 12 KB. */
const REMARK = 'x'.repeat(1_000);
const LARGE = `subscription ($id: ID!) { jobChanged(jobId: $id) { cursor ${Array.from(
  { length: 12 },
  (_, index) => `a${index}: subject { ... on Job { name description } }`,
).join(' ')} } }`;

/** Memory of the server for subscribers that take no message from their connections while events go on. */
export async function measureSlowReaders(): Promise<Figure[]> {
  await using filled = await openFilledApp();
  const client = new ClientProcess();
  try {
    const describe =
      'mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) { job { id } } }';
    await filled.test.send(describe, { id: JOB, input: { description: REMARK } });
    // The process keeps the newest events once somebody follows, whatever the number of followers.
    await followJob(filled, client, { query: LARGE, id: () => JOB, subscribers: 1 });
    await tell(filled, client);
    const before = await memory();
    await followJob(filled, client, { query: LARGE, id: () => JOB, subscribers: READERS, isReading: false });
    await tell(filled, client);
    const found = ((await memory()) - before) / READERS / MIB;
    return [{ name: 'a subscriber that never reads: memory', found, unit: 'MiB', atMost: BOUND_MIB }];
  } finally {
    await client.end();
  }
}

/** Records events, each once the one who reads has the former one. */
async function tell(filled: FilledApp, client: ClientProcess): Promise<void> {
  for (let event = 0; event < EVENTS; event++) {
    const told = client.do({ kind: 'messages', count: 1 });
    await recordChange(filled, JOB);
    await told;
  }
}

/** Bytes that the process holds once what is not needed is gone. */
async function memory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round++) {
    await delay(50);
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
