import type { Clock } from '@sluice/core/http';
import { requestError } from '../graphql/errors.js';

/** What a log holds after a position. */
export interface Batch<E, C> {
  events: E[];
  /** Position up to which the log was read, when it held fewer matching events than were asked for. */
  until?: C;
}

export interface FollowOptions<E, C> {
  /** Calls back when there may be something to read, until the function that it gives is called. */
  listen(ring: () => void): () => void;
  clock: Clock;
  /** Ends the stream, also while it waits. */
  signal: AbortSignal;
  /** Position after which the stream begins. */
  after: C;
  /** Durable events after a position, in order, at most `limit`; at once where they are in memory. */
  read(after: C, limit: number): Batch<E, C> | Promise<Batch<E, C>>;
  positionOf(event: E): C;
  /** The cursor of a position, which a client passes as `after`. */
  cursorOf(position: C): string;
  /** Whether no event can follow this one, so that the stream ends. */
  isLast?(event: E): boolean;
  /** The newest figures, asked for once all events are read and `minInterval` has passed; null when they are unchanged. */
  figures?: { read(after: C): Promise<E | null>; minInterval: number };
  /** Milliseconds after which the log is read without a wake, for events of other processes. */
  pollInterval: number;
  /** Number of events that a follower may be behind once it has caught up. */
  queue: number;
  /** Called once when the stream has ended. */
  leave?(): void;
}

const BATCH_EVENTS = 200;

/**
 * A stream that reads a log: durable events in order, none lost and none twice, and between them the newest figures.
 * A follower holds one batch in memory, however slowly it is read. One that had caught up and falls more than `queue`
 * events behind ends with SLOW_CONSUMER and the cursor to go on from. `begin` is called when the stream is read first.
 */
export async function* follow<E, C>(begin: () => Promise<FollowOptions<E, C>>): AsyncGenerator<E, void, undefined> {
  const options = await begin();
  const { signal, clock, figures } = options;
  const bell = new Bell((ring) => options.listen(ring));
  let position = options.after;
  let hasCaughtUp = false;
  let figuresAt = Number.NEGATIVE_INFINITY;
  try {
    while (!signal.aborted) {
      bell.reset();
      const limit: number = hasCaughtUp ? options.queue + 1 : BATCH_EVENTS;
      const batch = options.read(position, limit);
      const { events, until } = batch instanceof Promise ? await batch : batch;
      if (hasCaughtUp && events.length > options.queue) throw tooSlow(options.cursorOf(position));
      for (const event of events) {
        position = options.positionOf(event);
        yield event;
        if (options.isLast?.(event)) return;
      }
      if (events.length < limit && until !== undefined) position = until;
      hasCaughtUp ||= events.length < limit;
      if (!hasCaughtUp || bell.hasRung) continue;
      const wait = figures === undefined ? 0 : figuresAt + figures.minInterval - clock.monotonic();
      if (figures !== undefined && wait <= 0) {
        figuresAt = clock.monotonic();
        const figure = await figures.read(position);
        if (figure !== null) yield figure;
      }
      const pause =
        figures === undefined ? options.pollInterval : Math.max(1, figuresAt + figures.minInterval - clock.monotonic());
      await bell.wait(Math.min(options.pollInterval, pause), clock, signal);
    }
  } finally {
    bell.remove();
    options.leave?.();
  }
}

function tooSlow(cursor: string): Error {
  return requestError('SLOW_CONSUMER', 'The stream was read too slowly; go on after the cursor.', { cursor });
}

/** A bell that a follower waits for; a ring while the follower is busy is remembered until its next wait. */
export class Bell {
  hasRung = false;
  private ring: (() => void) | null = null;
  /** The sleep that is under way. It outlasts a ring: to begin and end one at each event costs more than the event itself. */
  private alarm: { at: number; stop: AbortController } | null = null;
  private readonly unlisten: () => void;

  constructor(listen: (ring: () => void) => () => void) {
    this.unlisten = listen(() => this.wake());
  }

  reset(): void {
    this.hasRung = false;
  }

  /** Waits until the bell rings, the time is over or the signal is aborted; it may end earlier. */
  wait(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
    if (this.hasRung || signal.aborted) return Promise.resolve();
    this.setAlarm(milliseconds, clock, signal);
    return new Promise((resolve) => (this.ring = resolve));
  }

  remove(): void {
    this.unlisten();
    this.alarm?.stop.abort();
  }

  /** Rings at that time at the latest. */
  private setAlarm(milliseconds: number, clock: Clock, signal: AbortSignal): void {
    const at = clock.monotonic() + milliseconds;
    if (this.alarm !== null && this.alarm.at <= at) return;
    this.alarm?.stop.abort();
    const alarm = { at, stop: new AbortController() };
    this.alarm = alarm;
    const wake = () => {
      if (this.alarm !== alarm) return;
      this.alarm = null;
      this.wake();
    };
    clock.sleep(milliseconds, AbortSignal.any([signal, alarm.stop.signal])).then(wake, wake);
  }

  private wake(): void {
    this.hasRung = true;
    this.ring?.();
    this.ring = null;
  }
}
