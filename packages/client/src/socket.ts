import { createClient, type Client, type ClientOptions } from 'graphql-ws';
import { GraphqlError, TransportError, type ReplyError } from './errors.js';
import type { StreamReply } from './resume.js';

const CONNECT_MS = 20_000;
const ACKNOWLEDGE_MS = 10_000;
const PING_EVERY_MS = 15_000;
const PONG_MS = 10_000;
/** The server refuses the identity. */
const REFUSED = 4403;
/** Closes after which the same message would only be refused again. */
const FINAL_CLOSES: ReadonlySet<unknown> = new Set([4400, 4406, 4409, 1009]);

/** The constructor of a WebSocket, as browsers and `ws` have it. */
export type WebSocketType = NonNullable<ClientOptions['webSocketImpl']>;

/** Subscriptions over one WebSocket, which is open while there are any. A break ends all of them; nothing is tried again here. */
export class Sockets {
  private client: Promise<Client> | null = null;

  constructor(
    /** Address of the endpoint, `ws:` or `wss:`. */
    private readonly endpoint: string,
    private readonly token: string | null,
    private readonly webSocket: WebSocketType | null,
  ) {}

  async *open(query: string, variables: object, signal: AbortSignal): AsyncGenerator<StreamReply> {
    const client = await (this.client ??= this.connect());
    const messages = client.iterate({ query, variables: { ...variables } });
    const leave = () => void messages.return?.();
    signal.addEventListener('abort', leave);
    try {
      signal.throwIfAborted();
      for await (const { data, errors } of messages) yield { data, errors };
    } catch (error) {
      signal.throwIfAborted();
      throw this.failureOf(error);
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }

  async close(): Promise<void> {
    await (await this.client)?.dispose();
    this.client = null;
  }

  private async connect(): Promise<Client> {
    const watch = new Watch(() => client.terminate());
    const client = createClient({
      url: this.endpoint,
      webSocketImpl: this.webSocket ?? (await standardWebSocket()),
      ...(this.token === null ? {} : { connectionParams: { authorization: `Bearer ${this.token}` } }),
      retryAttempts: 0,
      keepAlive: PING_EVERY_MS,
      connectionAckWaitTimeout: ACKNOWLEDGE_MS,
      on: watch.listeners,
    });
    return client;
  }

  private failureOf(error: unknown): Error {
    if (Array.isArray(error)) return new GraphqlError(error as ReplyError[]);
    const code = (error as { code?: unknown } | null)?.code;
    if (code === REFUSED) return refusal();
    const told = typeof code === 'number' ? ` (${code})` : '';
    if (FINAL_CLOSES.has(code))
      return new TransportError('MALFORMED', `${this.endpoint} does not take the messages of this client${told}.`);
    return new TransportError('UNREACHABLE', `The connection to ${this.endpoint} broke${told}.`);
  }
}

function refusal(): GraphqlError {
  const message = 'The token is refused: it is unknown, revoked or past its end.';
  return new GraphqlError([{ message, extensions: { code: 'UNAUTHENTICATED' } }]);
}

/** That of the runtime, or on Node.js 20, which has none, that of `ws`. */
async function standardWebSocket(): Promise<WebSocketType> {
  return globalThis.WebSocket ?? (await import('ws')).WebSocket;
}

/** Ends a socket that does not open, or that does not answer a ping in time. */
class Watch {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly terminate: () => void) {}

  readonly listeners: NonNullable<ClientOptions['on']> = {
    connecting: () => this.expect(CONNECT_MS),
    connected: () => this.rest(),
    ping: (isReceived) => (isReceived ? undefined : this.expect(PONG_MS)),
    pong: (isReceived) => (isReceived ? this.rest() : undefined),
    closed: () => this.rest(),
    error: () => this.rest(),
  };

  private expect(ms: number): void {
    this.rest();
    this.timer = setTimeout(this.terminate, ms);
  }

  private rest(): void {
    clearTimeout(this.timer);
  }
}
