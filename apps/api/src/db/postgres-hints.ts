import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

type Receive = (channels: readonly string[]) => void;

/** The channel of Postgres that carries the channels of the hub. */
const CHANNEL = 'sluice_hints';
/** Channels of one notification, which may have 8,000 bytes. */
const MAX_CHANNELS = 100;
const RECONNECT_MS = 1_000;

/**
 * Hints between processes by NOTIFY, over a connection of their own that is opened again when it breaks. What is sent
 * meanwhile is lost, as hints may be.
 */
export class PostgresHints {
  private client: pg.Client | null = null;
  private readonly waiting = new Set<string>();
  private isSending = false;
  private readonly closing = new AbortController();
  private readonly loop: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly receive: Receive,
  ) {
    this.loop = this.keepOpen();
  }

  send(channels: readonly string[]): void {
    if (this.client === null) return;
    for (const channel of channels) this.waiting.add(channel);
    if (!this.isSending) void this.flush();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.client?.end().catch(() => undefined);
    await this.loop;
  }

  /** One statement after the other; what comes meanwhile goes with the next. */
  private async flush(): Promise<void> {
    this.isSending = true;
    for (let { client } = this; client !== null && this.waiting.size > 0; { client } = this) {
      const part = [...this.waiting].slice(0, MAX_CHANNELS);
      for (const channel of part) this.waiting.delete(channel);
      await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(part)]).catch(() => undefined);
    }
    this.waiting.clear();
    this.isSending = false;
  }

  private async keepOpen(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await this.listen().catch(() => undefined);
      this.client = null;
      await sleep(RECONNECT_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves or rejects once the connection has ended. */
  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 10_000, keepAlive: true });
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => resolve());
    });
    client.on('notification', ({ processId, payload }) => {
      if (processId !== (client as unknown as { processID: number }).processID) this.receive(channelsOf(payload));
    });
    await client.connect();
    if (this.closing.signal.aborted) return client.end();
    await client.query(`listen ${CHANNEL}`);
    this.client = client;
    await ended;
    await client.end().catch(() => undefined);
  }
}

/** Nothing of a payload that another program has sent. */
function channelsOf(payload: string | undefined): string[] {
  try {
    const given: unknown = JSON.parse(payload ?? '');
    return Array.isArray(given) ? given.filter((channel) => typeof channel === 'string') : [];
  } catch {
    return [];
  }
}
