import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { openTestApp, type TestApp } from '../testing.js';
import { connectSocket, openSocket } from './testing.js';

/** `npm run cuts:api` is the long form: 10,000 cycles. */
const CYCLES = Number(process.env['SLUICE_CYCLES'] ?? 300);
const WARM_UP = 100;
/** Of compiled code and caches, which do not grow with the cycles; a subscription that stays behind holds some kilobytes. */
const HEAP_BYTES = 2 * 2 ** 20;
const HEAP_BYTES_PER_CYCLE = 100;

const FOLLOW = 'subscription { jobChanged(jobId: "job_1") { cursor subjectId } }';
const SUBSCRIBE = { id: '1', type: 'subscribe', payload: { query: FOLLOW } };

/** Ways to leave: before the acknowledgement, at once after the subscription, once it follows, orderly, and in the middle of an end. */
const WAYS = [
  async (address: string, cookie: string) => {
    const socket = await connectSocket(address, { cookie });
    socket.send({ type: 'connection_init' });
    socket.socket.terminate();
  },
  async (address: string, cookie: string) => {
    const socket = await openSocket(address, cookie);
    socket.send(SUBSCRIBE);
    socket.socket.terminate();
  },
  async (address: string, cookie: string) => {
    const socket = await openSocket(address, cookie);
    socket.send(SUBSCRIBE);
    socket.send({ type: 'ping' });
    await socket.next('pong');
    socket.socket.terminate();
  },
  async (address: string, cookie: string) => {
    const socket = await openSocket(address, cookie);
    socket.send(SUBSCRIBE);
    socket.close();
    await socket.closed;
  },
  async (address: string, cookie: string) => {
    const socket = await openSocket(address, cookie);
    socket.send(SUBSCRIBE);
    socket.send({ id: '1', type: 'complete' });
    socket.socket.terminate();
  },
];

function collectGarbage(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const connectionsOf = ({ app }: TestApp) =>
  new Promise<number>((resolve, reject) =>
    app.http.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

it('clients that connect, subscribe and break off leave no follower, connection or memory behind', async () => {
  // A quick machine does more cycles within a minute than one address may send pings.
  const limits = { ...DEFAULT_LIMITS, maxSocketsPerActor: 1_000, maxSocketsPerAddress: 1_000, pingsPerMinute: 100_000 };
  await using test = await openTestApp({ limits, role: 'api' });
  const address = await test.app.listen();
  const { hub } = test.app.base;
  const followers = hub.followerCount;
  const cycles = async (count: number) => {
    for (let begun = 0; begun < count; begun += WAYS.length) {
      await Promise.all(WAYS.map((leave) => leave(address, String(test.admin.cookie))));
    }
    await expect.poll(() => hub.followerCount).toBe(followers);
    await expect.poll(() => connectionsOf(test)).toBe(0);
  };
  await cycles(WARM_UP);
  const before = collectGarbage();
  await cycles(CYCLES);
  expect(collectGarbage() - before).toBeLessThan(HEAP_BYTES + HEAP_BYTES_PER_CYCLE * CYCLES);
}, 600_000);
