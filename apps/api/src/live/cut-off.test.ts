import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import { openSocket, type RawSocket } from '../server/testing.js';
import { openTestApp, type TestApp } from '../testing.js';

/** `npm run cuts:api` is the long form: 1,000 cuts over 20 restarts. */
const CUTS = Number(process.env['SLUICE_CUTS'] ?? 48);
const RESTARTS = Number(process.env['SLUICE_CUT_RESTARTS'] ?? 4);
const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? 20_261_127);
const EVENTS_PER_CUT = 3;
const MAX_TURNS = 12;

interface Event {
  cursor: string;
  topic: string;
  change: string;
  subjectId: string;
}

const FIELDS = 'cursor topic change subjectId';
const LIST = `query ($after: String) { changeEvents(first: 500, after: $after) { ${FIELDS} } }`;
const FOLLOW = `subscription ($after: String) { changes(after: $after) { ${FIELDS} } }`;
const OLDEST = Buffer.from('e1:0').toString('base64url');

/** A client that keeps what it has been told, and goes on from there each time that it comes back. */
class Client {
  readonly seen: Event[] = [];

  async follow(test: TestApp): Promise<{ next: () => Promise<void>; socket: RawSocket }> {
    const { port } = test.app.http.server.address() as AddressInfo;
    const socket = await openSocket(`http://127.0.0.1:${port}`, test.admin.cookie);
    const variables = { after: this.seen.at(-1)?.cursor ?? OLDEST };
    socket.send({ id: '1', type: 'subscribe', payload: { query: FOLLOW, variables } });
    const next = async () => {
      const { payload } = await socket.next('next');
      this.seen.push((payload as { data: { changes: Event } }).data.changes);
    };
    return { next, socket };
  }
}

async function wholeLog(test: TestApp): Promise<Event[]> {
  const found: Event[] = [];
  for (;;) {
    const reply = await test.send<{ changeEvents: Event[] }>(LIST, { after: found.at(-1)?.cursor });
    if (reply.errors || reply.data === null) throw new Error(JSON.stringify(reply.errors));
    if (reply.data.changeEvents.length === 0) return found;
    found.push(...reply.data.changeEvents);
  }
}

it('a client that is cut off at any moment, also by restarts of the server, puts the whole log together', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-cut-off-'));
  const random = seeded(SEED);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const client = new Client();
  let made = 0;
  try {
    for (let restart = 0; restart < RESTARTS; restart++) {
      await using test = await openTestApp({ dataFolder }, { work: { poll: 60_000 } });
      await test.app.listen();
      const { changes, db } = test.app.base;
      const record = () =>
        db.transact((tx) => changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: `job_${made++}` }));
      const last = Math.ceil((CUTS * (restart + 1)) / RESTARTS);
      while (made < last * EVENTS_PER_CUT) {
        const { next, socket } = await client.follow(test);
        const records = Promise.all(Array.from({ length: EVENTS_PER_CUT }, record));
        // Cut off after some of its events and some turns more; what else was sent is lost with the socket.
        for (let count = upTo(EVENTS_PER_CUT); count > 0; count--) await next();
        for (let turn = upTo(MAX_TURNS); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
        socket.socket.terminate();
        await records;
      }
      if (restart < RESTARTS - 1) continue;
      const log = await wholeLog(test);
      const { next, socket } = await client.follow(test);
      while (client.seen.length < log.length) await next();
      socket.close();
      expect(log.length).toBe(CUTS * EVENTS_PER_CUT);
      expect(client.seen).toEqual(log);
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}, 600_000);
