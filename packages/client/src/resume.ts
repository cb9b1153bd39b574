import type { Clock } from './clock.js';
import { GraphqlError, TransportError, type ReplyError } from './errors.js';
import { delayMs } from './retry.js';

/** One message of a subscription. */
export interface StreamReply {
  data?: unknown;
  errors?: readonly ReplyError[];
}

/**
 * Opens a subscription; the messages end when the server completes it. Throws `TransportError` when the connection breaks,
 * and `GraphqlError` when the server refuses it.
 */
export type OpenStream = (query: string, variables: object, signal: AbortSignal) => AsyncIterable<StreamReply>;

export interface Resuming {
  openStream: OpenStream;
  clock: Clock;
  random: () => number;
  /** How long a stream may stay broken before its error is thrown, in ms. */
  giveUpAfterMs: number;
  /** Told each time the stream breaks and is going to be tried again. */
  onBreak?: (error: Error) => void;
}

export interface Stream<Event> {
  query: string;
  /** All but `after`. */
  variables: object;
  after: string | null;
  signal: AbortSignal;
  /** The event in the data of a message, and its cursor. */
  read: (data: unknown) => { event: Event; cursor: string };
}

/**
 * The events of a subscription with `after`, until the server completes it. After a break it goes on behind the last event
 * that was handed out, so that none is lost and none comes twice.
 */
export async function* resumed<Event>(parts: Resuming, stream: Stream<Event>): AsyncGenerator<Event> {
  const { signal, query } = stream;
  const breaks = new Breaks(parts);
  let after = stream.after;
  for (;;) {
    signal.throwIfAborted();
    try {
      for await (const reply of parts.openStream(query, { ...stream.variables, after }, signal)) {
        if (reply.errors?.length) throw new GraphqlError(reply.errors);
        const { event, cursor } = stream.read(reply.data);
        breaks.mended();
        yield event;
        after = cursor;
      }
      signal.throwIfAborted();
      return;
    } catch (error) {
      signal.throwIfAborted();
      after = resumptionAfter(error) ?? after;
      await breaks.wait(error as Error, signal);
    }
  }
}

/** A reader that fell behind goes on where the server stopped telling it. */
function resumptionAfter(error: unknown): string | null {
  if (!(error instanceof GraphqlError) || error.code !== 'SLOW_CONSUMER') return null;
  const cursor = error.errors[0]?.extensions?.['cursor'];
  return typeof cursor === 'string' ? cursor : null;
}

const PASSING_CODES: ReadonlySet<string> = new Set(['SLOW_CONSUMER', 'RATE_LIMITED', 'SERVICE_UNAVAILABLE']);

function isPassing(error: unknown): boolean {
  if (error instanceof GraphqlError) return PASSING_CODES.has(error.code);
  return error instanceof TransportError && error.failure !== 'MALFORMED';
}

/** Counts how often and since when a stream is broken. */
class Breaks {
  private count = 0;
  private since: number | null = null;

  constructor(private readonly parts: Resuming) {}

  mended(): void {
    this.count = 0;
    this.since = null;
  }

  /** Waits for the next try; throws the error when there is to be none. */
  async wait(error: Error, signal: AbortSignal): Promise<void> {
    const { clock, random, giveUpAfterMs, onBreak } = this.parts;
    this.since ??= clock.now();
    if (!isPassing(error) || clock.now() - this.since >= giveUpAfterMs) throw error;
    onBreak?.(error);
    this.count += 1;
    await clock.sleep(delayMs(this.count, random()), signal);
  }
}
