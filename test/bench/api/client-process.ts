import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the client process is told to do. */
export type Order =
  | { kind: 'requests'; url: string; headers: Record<string, string>; body: string; count: number }
  | {
      kind: 'subscribe';
      url: string;
      headers: Record<string, string>;
      query: string;
      /** One connection with one subscription for each. */
      variables: Record<string, unknown>[];
      isReading: boolean;
    }
  | { kind: 'messages'; count: number }
  | { kind: 'leave' };

/** A process that sends requests and follows subscriptions. */
export class ClientProcess {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('client.js', import.meta.url)));

  /** Resolves once the order is carried out; `messages` once so many have come since it was given. */
  async do(order: Order): Promise<void> {
    this.child.send(order);
    const ended = new AbortController();
    const end = once(this.child, 'exit', { signal: ended.signal }).then(
      () => [{ isDone: false, error: 'The client process ended.' }],
      () => [{ isDone: false, error: '' }],
    );
    const [reply] = (await Promise.race([once(this.child, 'message'), end])) as [{ isDone: boolean; error?: string }];
    ended.abort();
    if (!reply.isDone) throw new Error(reply.error);
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
