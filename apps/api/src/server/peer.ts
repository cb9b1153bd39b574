import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Caller } from '../graphql/context.js';

const PING_MS = 12_000;

/** One WebSocket connection: who is behind it, and what it has used of its limits. */
export class Peer {
  readonly id = randomUUID();
  readonly cookie: string | undefined;
  readonly address: string;
  caller: Caller | null = null;
  /** Subscriptions that are open now. */
  countOpen: () => number = () => 0;
  private begun: number[] = [];
  private isAlive = true;
  private readonly pings: NodeJS.Timeout;
  private readonly idle: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly limits: Limits,
  ) {
    this.cookie = request.headers.cookie;
    this.address = request.socket.remoteAddress ?? '';
    // ws closes the connection itself, with the code of the fault.
    socket.on('error', () => undefined);
    socket.on('pong', () => (this.isAlive = true));
    this.pings = setInterval(() => this.ping(), PING_MS);
    this.pings.unref();
    this.idle = setInterval(() => this.closeIdle(), limits.idleSocket);
    this.idle.unref();
  }

  /** What the protocol reads from and writes to; `send` resolves when the network has taken the message. */
  transport(): ProtocolSocket {
    const { socket } = this;
    return {
      protocol: socket.protocol,
      send: (data) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) return resolve();
          socket.send(data, (error) => (error ? reject(error) : resolve()));
        }),
      close: (code = 1000, reason = '') => this.close(code, reason),
      onMessage: (receive) =>
        socket.on('message', (data: Buffer) => {
          receive(data.toString()).catch(() => this.close(1013, 'Try again later'));
        }),
    };
  }

  /** Whether one more subscription may begin beside those that are open. */
  maySubscribe(open: number): boolean {
    const now = Date.now();
    this.begun = [...this.begun.filter((time) => time > now - 1_000), now];
    return this.begun.length <= this.limits.subscribesPerSecond && open <= this.limits.maxSubscriptionsPerSocket;
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  stop(): void {
    clearInterval(this.pings);
    clearInterval(this.idle);
  }

  private ping(): void {
    if (!this.isAlive) return this.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** Without a subscription since the last look. */
  private closeIdle(): void {
    const isQuiet = (this.begun.at(-1) ?? 0) < Date.now() - this.limits.idleSocket;
    if (isQuiet && this.countOpen() === 0) this.close(1000, 'Idle');
  }
}
