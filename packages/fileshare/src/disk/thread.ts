import { parentPort } from 'node:worker_threads';
import { realDisk } from './disk.js';
import { faultOf } from './fault.js';
import { giveWay } from './give-way.js';
import { callsOn, streamsOn } from './operations.js';
import type { Reply, Request, Wish } from './messages.js';

/* The program of a thread of a share: makes the calls that it is asked for, one after the other. */

type Work = (...args: unknown[]) => unknown;
type Stream = Generator<unknown, unknown, Wish>;

const disk = realDisk();
const calls = callsOn(disk) as unknown as Record<string, Work>;
const streams = streamsOn(disk) as unknown as Record<string, (...args: unknown[]) => Stream>;
const open = new Map<number, Stream>();

function answer(request: Request): Reply {
  const { id } = request;
  try {
    return { id, ...done(request) };
  } catch (cause) {
    if (request.type !== 'call') open.delete(request.stream);
    return { id, fault: faultOf(cause) };
  }
}

function done(request: Request): { value: unknown; done?: boolean } {
  if (request.type === 'call') return { value: work(calls, request.name)(...request.args) };
  if (request.type === 'open') open.set(request.stream, work(streams, request.name)(...request.args));
  const stream = open.get(request.stream);
  if (!stream || request.type === 'return') {
    open.delete(request.stream);
    return { value: stream?.return(null).value ?? null, done: true };
  }
  const { value, done: isDone = false } = stream.next(request.type === 'next' ? request.wish : 'GO_ON');
  if (isDone) open.delete(request.stream);
  return { value, done: isDone };
}

function work<T>(table: Record<string, T>, name: string): T {
  const found = table[name];
  if (!found) throw new Error(`A thread of a share knows no ${name}.`);
  return found;
}

/** Bytes go to the other thread without a copy, if they have their memory for themselves. */
function owned(value: unknown): ArrayBuffer[] {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
}

giveWay();
parentPort?.on('message', (request: Request) => {
  const reply = answer(request);
  parentPort?.postMessage(reply, 'value' in reply ? owned(reply.value) : []);
});
