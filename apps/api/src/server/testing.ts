import { WebSocket } from 'ws';

interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

export interface SocketError {
  message: string;
  extensions?: Record<string, unknown>;
}

/** A client that shows every message of the protocol. */
export class RawSocket {
  private readonly received: Message[] = [];
  private waiting: (() => void)[] = [];
  private end: { code: number; reason: string } | null = null;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()) as Message);
      this.waiting.splice(0).forEach((wake) => wake());
    });
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => {
        this.end = { code, reason: reason.toString() };
        this.waiting.splice(0).forEach((wake) => wake());
        resolve(this.end);
      }),
    );
    socket.on('error', () => undefined);
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message of the type that was not taken yet. Throws where the socket is closed before it comes. */
  next(type: string): Promise<Message> {
    return this.take((message) => message.type === type);
  }

  private async take(isMeant: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const index = this.received.findIndex(isMeant);
      const [message] = index < 0 ? [] : this.received.splice(index, 1);
      if (message !== undefined) return message;
      if (this.end !== null) throw new Error(`The socket was closed: ${this.end.code} ${this.end.reason}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Errors with which an operation is refused. */
  async refused(query: string, variables: Record<string, unknown> = {}, id = 'refused'): Promise<SocketError[]> {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return (await this.take((message) => message.type === 'error' && message.id === id)).payload as SocketError[];
  }

  close(): void {
    this.socket.close();
  }
}

/** Opens a socket to the server at an address. */
export async function connectSocket(
  address: string,
  headers: Record<string, string>,
  protocol = 'graphql-transport-ws',
) {
  const raw = new RawSocket(new WebSocket(`${address.replace('http', 'ws')}/graphql`, protocol, { headers }));
  await new Promise((resolve, reject) => {
    raw.socket.once('open', resolve);
    raw.socket.once('error', reject);
  });
  return raw;
}

/** The same, acknowledged, by a session's cookie or by a token in `connection_init`. */
export async function openSocket(address: string, cookie: string | undefined, token?: string): Promise<RawSocket> {
  const raw = await connectSocket(address, cookie === undefined ? {} : { cookie });
  raw.send({ type: 'connection_init', payload: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  await raw.next('connection_ack');
  return raw;
}
