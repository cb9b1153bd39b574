import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

interface Message {
  payload?: { data?: Record<string, { kind: string }> };
}

/** Figures and snapshots are told anew after a break; all other events are told once. */
const PASSING = new Set(['SNAPSHOT', 'STATISTICS']);

/**
 * Stands between a client and the live events of a run. Each of its first connections breaks when more durable events come
 * than its number in `breaks`; those that follow stay. After the first, connections wait for `letOthersIn`.
 */
export class BreakingProxy {
  /** Kind of every event that passed, by connection. */
  readonly passed: string[][] = [];

  /** Lets the connections after the first reach the server. */
  letOthersIn: () => void = () => undefined;
  private readonly othersMayEnter = new Promise<void>((resolve) => (this.letOthersIn = resolve));

  private constructor(
    private readonly server: WebSocketServer,
    private readonly upstream: string,
    private readonly breaks: readonly number[],
  ) {
    server.on('connection', (client) => this.connect(client));
  }

  static async start(upstream: string, breaks: readonly number[]): Promise<BreakingProxy> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false });
    await once(server, 'listening');
    return new BreakingProxy(server, upstream, breaks);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    this.server.close();
    await once(this.server, 'close');
  }

  private connect(client: WebSocket): void {
    const mostEvents = this.breaks[this.passed.length] ?? Infinity;
    const events: string[] = [];
    const mayEnter = this.passed.length === 0 ? Promise.resolve() : this.othersMayEnter;
    this.passed.push(events);
    const server = new WebSocket(`${this.upstream.replace(/^http/, 'ws')}/graphql`, client.protocol);
    const connected = once(server, 'open');
    const end = (): void => {
      client.terminate();
      server.terminate();
    };
    for (const side of [client, server]) side.on('close', end).on('error', end);
    client.on(
      'message',
      (data: Buffer) => void Promise.all([connected, mayEnter]).then(() => server.send(data.toString()), end),
    );
    server.on('message', (data: Buffer) => {
      const { payload } = JSON.parse(data.toString()) as Message;
      const kinds = Object.values(payload?.data ?? {}).map(({ kind }) => kind);
      const durable = [...events, ...kinds].filter((kind) => !PASSING.has(kind));
      if (durable.length > mostEvents) return end();
      if (client.readyState !== client.OPEN) return;
      events.push(...kinds);
      client.send(data.toString());
    });
  }
}
