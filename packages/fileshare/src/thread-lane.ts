import { Worker } from 'node:worker_threads';
import { PlatformError } from '@sluice/core/platform';
import { errorOf } from './disk/fault.js';
import type { Reply, Request } from './disk/messages.js';
import type { Lane, Steps } from './lane.js';

/** As many calls of a share are under way at once; a share that does not answer holds no other thread of the process. */
const THREADS = 4;

/** A thread that had nothing to do for so long ends; the next call starts another. */
const IDLE_MS = 30_000;

/** Memory of each thread for what lives a moment only; with Node's own size the threads of a share would hold more than a run does. */
const YOUNG_MIB = 12;

/** The compiled program: threads are started by Node, which reads no TypeScript. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/disk/thread.js' : './disk/thread.js',
  import.meta.url,
);

interface Waiting {
  resolve(reply: { value: unknown; done?: boolean }): void;
  reject: (error: Error) => void;
}

type Asked = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** One thread with what it is asked for and has not answered yet. */
class Thread {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker = new Worker(PROGRAM, {
    // A file that one thread opens another may close.
    trackUnmanagedFds: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  private asked = 0;
  private idling: NodeJS.Timeout | undefined;
  /** Streams that are opened here and not at their end: their next step is asked of this thread. */
  readonly streams = new Set<number>();

  constructor(
    private readonly idleMs: number,
    private readonly onEnd: (thread: Thread) => void,
  ) {
    this.worker.unref();
    this.worker.on('message', (reply: Reply) => this.settle(reply));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => {
      this.fail(closed());
      this.onEnd(this);
    });
  }

  get load(): number {
    return this.waiting.size;
  }

  ask(request: Asked, transfer: ArrayBuffer[] = []): Promise<{ value: unknown; done?: boolean }> {
    const id = (this.asked += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.ref();
      clearTimeout(this.idling);
      this.worker.postMessage({ id, ...request }, transfer);
    });
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) this.rest();
    if ('fault' in reply) waiting?.reject(errorOf(reply.fault));
    else waiting?.resolve(reply);
  }

  /** A thread that has nothing to do keeps no process alive, and not itself for long. */
  private rest(): void {
    this.worker.unref();
    this.idling = setTimeout(() => this.endIfIdle(), this.idleMs).unref();
  }

  private endIfIdle(): void {
    if (this.waiting.size > 0 || this.streams.size > 0) return;
    this.onEnd(this);
    void this.end();
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  /** Whoever still waits for the thread waits no longer, also if it hangs. */
  async end(): Promise<void> {
    this.fail(closed());
    await this.worker.terminate();
  }
}

function closed(): PlatformError {
  return new PlatformError('UNREACHABLE', 'The share was closed.');
}

/** Makes the calls in threads of its own, which start when they are needed. */
export class ThreadLane implements Lane {
  private readonly threads = new Set<Thread>();
  private opened = 0;

  constructor(private readonly idleMs = IDLE_MS) {}

  /** Threads that are there now. */
  get size(): number {
    return this.threads.size;
  }

  async call(name: string, ...args: unknown[]): Promise<never> {
    const { value } = await this.thread().ask({ type: 'call', name, args });
    return value as never;
  }

  stream(name: string, ...args: unknown[]): Steps<never, never> {
    const stream = (this.opened += 1);
    let thread: Thread | null = null;
    return {
      next: async (wish = 'GO_ON') => {
        const request: Asked = thread ? { type: 'next', stream, wish } : { type: 'open', stream, name, args };
        thread ??= this.thread();
        thread.streams.add(stream);
        const step = await thread.ask(request).catch((cause: unknown) => {
          thread?.streams.delete(stream);
          throw cause;
        });
        if (step.done) thread.streams.delete(stream);
        return step as { done: true; value: never };
      },
      return: async () => {
        thread?.streams.delete(stream);
        await thread?.ask({ type: 'return', stream });
      },
    };
  }

  /** The one with the least to do; another is started while all have something. */
  private thread(): Thread {
    const [idlest] = [...this.threads].sort((one, other) => one.load - other.load);
    if (idlest && (idlest.load === 0 || this.threads.size >= THREADS)) return idlest;
    const started = new Thread(this.idleMs, (ended) => this.threads.delete(ended));
    this.threads.add(started);
    return started;
  }

  /** Does not wait for threads that hang in a call. */
  async close(): Promise<void> {
    const threads = [...this.threads];
    this.threads.clear();
    const endings = threads.map((thread) => ({ isIdle: thread.load === 0, ended: thread.end() }));
    await Promise.all(endings.flatMap(({ isIdle, ended }) => (isIdle ? [ended] : [])));
  }
}
