import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@sluice/core/http';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Caller } from '../graphql/context.js';
import type { ServerLimits } from '../limits.js';
import { networkOf } from '../net/client-address.js';
import { TokenBucket } from './token-bucket.js';

const PING_MS = 12_000;

export interface PeerParts {
  address: string;
  limits: ServerLimits;
  clock: Clock;
  /** Whether a ping of this peer is within the limit of its address. */
  mayPing(): boolean;
}

/** One WebSocket connection: its caller, its address, and how much of its limits is used. */
export class Peer {
  readonly cookie: string | undefined;
  readonly address: string;
  /** Key under which limits per address count this connection. */
  readonly network: string;
  caller: Caller | null = null;
  /** Subscriptions that are open now. */
  countOpen: () => number = () => 0;
  private readonly begun: TokenBucket;
  private lastBegunAt = -Infinity;
  private isAlive = true;
  /** Those that wait until the network has taken what was sent. */
  private waiting: (() => void)[] = [];
  private readonly pings: NodeJS.Timeout;
  private readonly idle: NodeJS.Timeout;
  /** Below the WebSocket, whose frames are whole writes: without compression none is ever half written. */
  private readonly wire: Pick<Socket, 'write'>;

  constructor(
    private readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly parts: PeerParts,
  ) {
    const { address, limits, clock } = parts;
    this.wire = request.socket;
    this.cookie = request.headers.cookie;
    this.address = address;
    this.network = networkOf(address);
    this.begun = new TokenBucket(clock, limits.subscribeBurst, limits.subscribesPerSecond);
    // ws closes the connection itself, with the code of the fault.
    socket.on('error', () => undefined);
    socket.on('pong', () => (this.isAlive = true));
    socket.on('ping', () => this.countPing());
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

  /** Sends a message, see `textFrame`. A promise until the network has taken it; null when it took it at once. */
  send(frame: Buffer): Promise<void> | null {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return null;
    this.wire.write(frame, this.sent);
    return socket.bufferedAmount === 0 ? null : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Also called when what was sent is lost with its connection. */
  private readonly sent = (): void => {
    if (this.waiting.length === 0 || (this.socket.readyState === this.socket.OPEN && this.socket.bufferedAmount > 0))
      return;
    for (const goOn of this.waiting.splice(0)) goOn();
  };

  /** Seconds until one more subscription may begin; 0 when it may now. */
  secondsToSubscribe(): number {
    this.lastBegunAt = this.parts.clock.monotonic();
    return this.begun.take();
  }

  countPing(): void {
    if (!this.parts.mayPing()) this.close(4429, 'Too many pings');
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
    this.sent();
  }

  private ping(): void {
    if (!this.isAlive) return this.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** Closes the connection when no subscription is open and none began within the time for idle connections. */
  private closeIdle(): void {
    const isQuiet = this.lastBegunAt < this.parts.clock.monotonic() - this.parts.limits.idleSocket;
    if (isQuiet && this.countOpen() === 0) this.close(1000, 'Idle');
  }
}
