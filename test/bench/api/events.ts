import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from '../engine/figure.js';
import { median } from '../engine/figure.js';
import { printTable } from '../table.js';
import { ClientProcess } from './client-process.js';
import { compareCpu, cpuOf } from './cpu.js';
import { CHANGE, DocumentedServer } from './documented-server.js';
import { openFilledApp, SUBSCRIBERS, type FilledApp } from './filled-app.js';
import { followJob, recordChange, untilFollowed, untilLeft } from './following.js';

const ROUNDS = 5;
/** So many that the median does not change from run to run by more than a tenth. */
const FAN_OUT_ROUNDS = 15;
const EVENTS = 6;
const JOB = 'job_000';
const PACED_SECONDS = 5;
const PACED_EVENTS_A_SECOND = 4;
const BOUNDS = { fanOut: 1 / 3, paced: 15, statements: 1 };

/** What an event costs with 1,000 subscribers on connections of their own. */
export async function measureEvents(): Promise<Figure[]> {
  await using filled = await openFilledApp();
  return [...(await measureFanOut(filled)), await measureNobody(filled)];
}

async function measureFanOut(filled: FilledApp): Promise<Figure[]> {
  const [ours, theirs] = [new ClientProcess(), new ClientProcess()];
  const documented = new DocumentedServer();
  const { hub } = filled.test.app.base;
  const before = hub.followerCount;
  const tell = (client: ClientProcess, publish: () => unknown) => async () => {
    for (let event = 0; event < EVENTS; event++) {
      const told = client.do({ kind: 'messages', count: SUBSCRIBERS });
      await publish();
      await told;
    }
  };
  const tellProduct = tell(ours, () => recordChange(filled, JOB));
  try {
    await followJob(filled, ours, { query: CHANGE, id: () => JOB });
    await tellProduct();
    // Before the other side, whose garbage would be collected meanwhile.
    const paced = await measurePaced(filled, ours);
    const variables = Array.from({ length: SUBSCRIBERS }, () => ({ id: JOB }));
    const order = { kind: 'subscribe', headers: {}, query: CHANGE, variables, isReading: true } as const;
    await theirs.do({ ...order, url: await documented.start() });
    await untilFollowed(() => documented.followerCount, SUBSCRIBERS);
    const change = await changeOf(filled);
    const works = { product: tellProduct, documented: tell(theirs, () => documented.publish(change)) };
    const { product, documented: reference } = await compareCpu(works, FAN_OUT_ROUNDS);
    const each = (spent: number): string => ((spent * 1_000) / EVENTS / SUBSCRIBERS).toFixed(1);
    printTable([
      ['a message', 'µs of CPU'],
      ['product', each(product)],
      ['graphql-ws as documented', each(reference)],
    ]);
    return [
      {
        name: `event to ${SUBSCRIBERS} subscribers: CPU against graphql-ws as documented`,
        found: product / reference,
        unit: '×',
        atMost: BOUNDS.fanOut,
      },
      paced,
    ];
  } finally {
    await documented.close();
    await Promise.all([ours.end(), theirs.end()]);
    await untilLeft(() => hub.followerCount, before);
  }
}

async function measurePaced(filled: FilledApp, client: ClientProcess): Promise<Figure> {
  const events = PACED_SECONDS * PACED_EVENTS_A_SECOND;
  const told = client.do({ kind: 'messages', count: events * SUBSCRIBERS });
  const begun = performance.now();
  const spent = await cpuOf(async () => {
    for (let event = 1; event <= events; event++) {
      await recordChange(filled, JOB);
      await delay(begun + (event * 1_000) / PACED_EVENTS_A_SECOND - performance.now());
    }
  });
  const found = (100 * spent) / (performance.now() - begun);
  await told;
  const name = `${PACED_EVENTS_A_SECOND} events a second to ${SUBSCRIBERS} subscribers`;
  return { name, found, unit: '% of a core', atMost: BOUNDS.paced };
}

/** Statements of one event beside those that record it, while all follow other jobs. */
async function measureNobody(filled: FilledApp): Promise<Figure> {
  const { counter } = filled;
  const record = () => recordChange(filled, JOB);
  const alone = (await counter.of(record)).length;
  const client = new ClientProcess();
  const perEvent: number[] = [];
  try {
    await followJob(filled, client, { query: CHANGE, id: (index) => `job_other_${index}` });
    for (let round = 0; round < ROUNDS; round++) {
      const statements = await counter.of(async () => {
        await record();
        // Whoever is woken reads within these turns.
        for (let turn = 0; turn < 50; turn++) await delay(1);
      });
      perEvent.push(statements.length - alone);
    }
  } finally {
    await client.end();
  }
  const name = `event that concerns none of ${SUBSCRIBERS} subscribers: statements`;
  return { name, found: median(perEvent), unit: '', atMost: BOUNDS.statements };
}

/** The change as the product tells it, for the other side to tell the same. */
async function changeOf({ test }: FilledApp): Promise<Record<string, unknown>> {
  const selection = CHANGE.slice(CHANGE.indexOf('cursor'), CHANGE.lastIndexOf('}', CHANGE.length - 2));
  const { data, errors } = await test.send<{ changeEvents: Record<string, unknown>[] }>(
    `{ changeEvents(topics: [JOB], first: 1) { ${selection} } }`,
  );
  const [change] = data?.changeEvents ?? [];
  if (change === undefined) throw new Error(`No change was found: ${JSON.stringify(errors)}`);
  return change;
}
