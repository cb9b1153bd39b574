import { checkedToken, endpointsOf } from './address.js';
import { systemClock, within, type Clock } from './clock.js';
import { GraphqlError, RefusedError, TransportError, type UserProblem } from './errors.js';
import { followRun, StateOfRun, type FollowOptions, type RunEvent } from './follow.js';
import { post, type Fetch } from './http.js';
import { newKey, operationOf, withKeys, type Operation, type Typed, type Variables } from './operation.js';
import { resumed, type OpenStream, type Resuming } from './resume.js';
import { delayMs, mayRetry } from './retry.js';
import { Sockets, type WebSocketType } from './socket.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export interface ClientOptions {
  /** Address of the server as its users know it, such as `https://sluice.example.com`. */
  url: string;
  /** An API token; absent: only what strangers may ask. */
  token?: string;
  /** Bound of one request with all its tries, in ms; a minute. */
  timeoutMs?: number;
  /** Bound of one try, in ms; 30 s, twice what the server takes at most. */
  tryTimeoutMs?: number;
  /** Tries of one request; 5. */
  tries?: number;
  /** How long a stream may stay broken before its error is thrown, in ms; ten minutes. */
  giveUpAfterMs?: number;
  fetch?: Fetch;
  webSocket?: WebSocketType;
  /** Instead of a WebSocket. */
  openStream?: OpenStream;
  clock?: Clock;
  /** From 0 to 1. */
  random?: () => number;
}

export interface RequestOptions {
  signal?: AbortSignal;
  /** Instead of the client's own. */
  timeoutMs?: number;
}

/** Optional where every variable of the document is. */
export type Given<Values> =
  Record<string, never> extends Values
    ? [variables?: Values, options?: RequestOptions]
    : [variables: Values, options?: RequestOptions];

/** The payload of a mutation that was carried out: its objects are there. */
export type Done<Payload> = {
  [Name in keyof Payload]: Payload[Name] extends object | null ? NonNullable<Payload[Name]> : Payload[Name];
};

type Payload = { readonly userErrors: readonly UserProblem[] };
type PayloadOf<Result> = NonNullable<Result[keyof Result]>;

export interface Page<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/**
 * The API of one server. Every method throws `TransportError`, `GraphqlError` or `RefusedError`, or the reason of its
 * signal when that is aborted.
 */
export class SluiceClient {
  private readonly endpoint: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly sockets: Sockets;
  private readonly clock: Clock;
  private readonly random: () => number;

  /** Throws `TypeError` for an address or a token that can be none. */
  constructor(private readonly options: ClientOptions) {
    const { http, webSocket } = endpointsOf(options.url);
    const token = options.token === undefined ? null : checkedToken(options.token);
    this.endpoint = http;
    this.headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    this.sockets = new Sockets(webSocket, token, options.webSocket ?? null);
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
  }

  /**
   * The data of a query or mutation. It is tried again after passing trouble where that is harmless: queries, mutations
   * with an idempotency key, and what was refused before it began. A key that a mutation takes as a variable and that is
   * not given is made, and kept over the tries.
   */
  async request<Result, Values extends Variables = Variables>(
    document: Typed<Result, Values> | string,
    ...[variables, options = {}]: Given<Values>
  ): Promise<Result> {
    const { signal, timeoutMs = this.options.timeoutMs ?? MINUTE_MS } = options;
    const operation = operationOf(document);
    const body = JSON.stringify({
      query: operation.query,
      variables: withKeys(operation, variables ?? {}, newKey),
    });
    return (await this.tries(operation, body, this.clock.now() + timeoutMs, signal)) as Result;
  }

  /** The payload of a mutation of one root field that selects `userErrors`; throws `RefusedError` when there are any. */
  async mutate<Result extends Readonly<Record<string, Payload | null>>, Values extends Variables = Variables>(
    document: Typed<Result, Values> | string,
    ...given: Given<Values>
  ): Promise<Done<PayloadOf<Result>>> {
    const [payload] = Object.values(await this.request<Result, Values>(document, ...given));
    if (!payload) throw new TransportError('MALFORMED', `${this.endpoint} answered a mutation without its payload.`);
    if (payload.userErrors.length > 0) throw new RefusedError(payload.userErrors);
    return payload as Done<PayloadOf<Result>>;
  }

  /** The entries of a list, page by page as they are wanted. The document takes the cursor as `after`. */
  async *pages<Result, Values extends Variables & { after?: string | null }, Node>(
    document: Typed<Result, Values>,
    variables: Omit<Values, 'after'>,
    pageOf: (result: Result) => Page<Node> | null | undefined,
    options: RequestOptions = {},
  ): AsyncGenerator<Node> {
    let after: string | null = null;
    do {
      const given = [{ ...variables, after }, options] as unknown as Given<Values>;
      const page: Page<Node> | null = pageOf(await this.request(document, ...given)) ?? null;
      if (page === null) return;
      yield* page.nodes;
      const { hasNextPage, endCursor }: Page<Node>['pageInfo'] = page.pageInfo;
      if (hasNextPage && (endCursor === null || endCursor === after))
        throw new TransportError('MALFORMED', `${this.endpoint} answered with a page that leads nowhere.`);
      after = hasNextPage ? endCursor : null;
    } while (after !== null);
  }

  /** Events of a run until it has ended, without loss or repetition across broken connections and restarts of the server. */
  follow(runId: string, options: FollowOptions = {}): AsyncGenerator<RunEvent> {
    const stateOf = async (id: string, signal: AbortSignal) =>
      (await this.request(StateOfRun, { runId: id }, { signal })).run?.state ?? null;
    return followRun({ ...this.resuming(), stateOf }, runId, options);
  }

  /**
   * Events of another subscription, such as `jobChanged`, until the loop is left. The document has one root field that
   * selects `cursor`, and takes the variable `after`. Ends with `CURSOR_EXPIRED` when events were lost: read anew then.
   */
  subscribe<Result extends object, Values extends Variables & { after?: string | null }>(
    document: Typed<Result, Values>,
    variables: Omit<Values, 'after'> & { after?: string | null },
    { signal = new AbortController().signal, onBreak }: Pick<FollowOptions, 'signal' | 'onBreak'> = {},
  ): AsyncGenerator<PayloadOf<Result>> {
    const { after = null, ...rest } = variables;
    const { query } = operationOf(document);
    const read = (data: unknown) => {
      const [event] = Object.values((data ?? {}) as Readonly<Record<string, { cursor?: unknown } | null>>);
      if (typeof event?.cursor !== 'string') throw new TransportError('MALFORMED', 'An event came without its cursor.');
      return { event: event as PayloadOf<Result>, cursor: event.cursor };
    };
    return resumed({ ...this.resuming(), onBreak }, { query, variables: rest, after, signal, read });
  }

  /** Ends all streams and their socket. */
  async close(): Promise<void> {
    await this.sockets.close();
  }

  private resuming(): Resuming {
    const { openStream = (...given) => this.sockets.open(...given), giveUpAfterMs = 10 * MINUTE_MS } = this.options;
    return { openStream, clock: this.clock, random: this.random, giveUpAfterMs };
  }

  private async tries(operation: Operation, body: string, deadline: number, signal?: AbortSignal): Promise<object> {
    const { tries = 5 } = this.options;
    for (let done = 1; ; done++) {
      try {
        return await this.send(operation, body, deadline - this.clock.now(), signal);
      } catch (error) {
        signal?.throwIfAborted();
        const waitMs = Math.max(delayMs(done, this.random()), askedWaitMs(error));
        const isOver = done >= tries || this.clock.now() + waitMs >= deadline;
        if (isOver || !mayRetry(error, operation.isRepeatable)) throw error;
        await this.clock.sleep(waitMs, signal);
        signal?.throwIfAborted();
      }
    }
  }

  /** One try. That an earlier one is still under way on the server is a failure too. */
  private async send(operation: Operation, body: string, leftMs: number, outer?: AbortSignal): Promise<object> {
    const { fetch = globalThis.fetch.bind(globalThis), tryTimeoutMs = 30 * SECOND_MS } = this.options;
    const { clock, endpoint, headers } = this;
    const ms = Math.min(tryTimeoutMs, leftMs);
    const late = () =>
      new TransportError('TIMEOUT', `${endpoint} did not answer within ${Math.round(ms / SECOND_MS)} s.`);
    const data = await within({ clock, ms, outer, late }, (signal) => post({ fetch, endpoint, headers, body, signal }));
    if (operation.isMutation && isUnderWay(data)) throw underWay(endpoint);
    return data;
  }
}

function askedWaitMs(error: unknown): number {
  const hasAsked = error instanceof GraphqlError || error instanceof TransportError;
  return (hasAsked ? error.retryAfterMs : null) ?? 0;
}

const underWay = (endpoint: string) =>
  new TransportError('TIMEOUT', `${endpoint} has not finished the mutation yet. Repeat it with the same key.`);

/** Whether the answer is that an earlier try with the same key is not done. */
function isUnderWay(data: object): boolean {
  return Object.values(data as Readonly<Record<string, { userErrors?: readonly { code?: unknown }[] } | null>>).some(
    (payload) => payload?.userErrors?.some(({ code }) => code === 'IDEMPOTENCY_IN_PROGRESS'),
  );
}
