import { setTimeout as delay } from 'node:timers/promises';
import { SluiceClient, type RunEvent, type UserProblem } from '@sluice/client';
import type { House } from './house.js';

/** Under load a server may take long to start again; a client that gave up meanwhile would have failed by its own choice. */
const PATIENCE = { tries: 100, timeoutMs: 120_000 };
const SENDERS = 4;
/** The run needs the processors too. */
const PAUSE_MS = 25;

const ADD = `mutation ($input: ConnectionCreateInput!, $key: String) {
  connectionCreate(input: $input, idempotencyKey: $key) { connection { id } userErrors { code message field } } }`;
const LOOK = '{ jobs(first: 10) { nodes { id latestRun { state } } } }';

type Added = {
  connectionCreate: { connection: { id: string } | null; userErrors: UserProblem[] };
};

/** Requests of a client that tries again, by several senders one after the other, and a run that it follows, until `end`. */
export class Load {
  private isOver = false;
  private readonly client: SluiceClient;
  private readonly senders: Promise<void>[];
  private readonly following: Promise<void>;
  /** Identifiers of the connections that were added, by the name that each was given. */
  readonly added = new Map<string, string>();
  readonly events: RunEvent[] = [];
  answers = 0;
  breaks = 0;

  constructor(
    private readonly house: House,
    runId: string,
  ) {
    const token = house.client.headers['authorization']?.replace('Bearer ', '');
    this.client = new SluiceClient({ url: house.server.url, token, ...PATIENCE });
    this.senders = Array.from({ length: SENDERS }, (_, sender) => this.send(sender));
    this.following = this.follow(runId);
    // Whatever fails is told by `end`.
    for (const each of [...this.senders, this.following]) each.catch(() => undefined);
  }

  /** Resolves once the last requests are answered and the run is over; throws for a request that failed. */
  async end(): Promise<void> {
    await this.following;
    this.isOver = true;
    await Promise.all(this.senders);
    await this.client.close();
  }

  /** Names and identifiers of all connections that the load has made, as the server knows them. */
  async kept(): Promise<[name: string, id: string][]> {
    interface Reply {
      connections: { nodes: { id: string; name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const all: [string, string][] = [];
    const query = `query ($after: String) { connections(first: 100, after: $after) {
      nodes { id name } pageInfo { hasNextPage endCursor } } }`;
    for (let after: string | null = null; ;) {
      const { connections }: Reply = await this.house.client.request(query, { after });
      all.push(...connections.nodes.map(({ id, name }): [string, string] => [name, id]));
      if (!connections.pageInfo.hasNextPage) break;
      after = connections.pageInfo.endCursor;
    }
    return all.filter(([name]) => name.startsWith('Load '));
  }

  private async send(sender: number): Promise<void> {
    for (let count = 0; !this.isOver; count++) {
      const name = `Load ${sender} ${count}`;
      const input = { name, settings: { procore: {} } };
      const { connection } = await this.client.mutate<Added>(ADD, { input });
      this.added.set(name, connection.id);
      await this.client.request(LOOK);
      this.answers += 2;
      await delay(PAUSE_MS);
    }
  }

  private async follow(runId: string): Promise<void> {
    const onBreak = () => void (this.breaks += 1);
    for await (const event of this.client.follow(runId, { onBreak }))
      if (event.kind !== 'STATISTICS') this.events.push(event);
  }
}
