import type { Clock } from '@sluice/core/http';
import { requestError } from '../graphql/errors.js';
import { Bell } from './bell.js';

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
export function follow<E, C>(begin: () => Promise<FollowOptions<E, C>>): EventStream<E> {
  return new Follower(begin);
}

/** Events for one reader, which asks for one after the other. `return` ends it, also while it waits. */
export interface EventStream<E> extends AsyncIterableIterator<E, void, undefined> {
  return(): Promise<IteratorResult<E, void>>;
}

interface Reader<E> {
  resolve(answer: IteratorResult<E, void>): void;
  reject(error: unknown): void;
}

const END = { done: true, value: undefined } as const;

/**
 * Answers one reader. No generator: a thousand followers are woken at once, and where the log has its events in memory the ring
 * itself answers the one who waits.
 */
class Follower<E, C> implements EventStream<E> {
  private reader: Reader<E> | null = null;
  private position: Position<E, C> | null = null;
  private hasBegun = false;
  private hasEnded = false;
  private isBusy = false;

  constructor(private readonly begin: () => Promise<FollowOptions<E, C>>) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<E, void>> {
    if (this.reader !== null) return Promise.reject(new Error('A reader asks for one event after the other.'));
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
      if (this.hasBegun) return this.serve();
      this.hasBegun = true;
      this.wait(this.open());
    });
  }

  return(): Promise<IteratorResult<E, void>> {
    this.hasBegun = true;
    this.end();
    return Promise.resolve(END);
  }

  private async open(): Promise<void> {
    const position = new Position(await this.begin(), this.serve);
    if (this.hasEnded) position.leave();
    else this.position = position;
  }

  /** Answers the reader with what there is; called again at each ring. */
  private readonly serve = (): void => {
    const { reader, position } = this;
    if (reader === null) return;
    if (this.hasEnded) return this.end();
    if (position === null || this.isBusy) return;
    try {
      const found = position.next();
      if (found === null) return;
      if (found instanceof Promise) return this.wait(found);
      if (found.done === true) return this.end();
      this.reader = null;
      reader.resolve(found);
    } catch (error) {
      this.fail(error);
    }
  };

  private wait(work: Promise<void>): void {
    this.isBusy = true;
    work.then(
      () => {
        this.isBusy = false;
        this.serve();
      },
      (error: unknown) => this.fail(error),
    );
  }

  private fail(error: unknown): void {
    const { reader } = this;
    this.reader = null;
    this.end();
    reader?.reject(error);
  }

  private end(): void {
    const { reader, hasEnded } = this;
    this.reader = null;
    this.hasEnded = true;
    if (!hasEnded) this.position?.leave();
    reader?.resolve(END);
  }
}

/** How far a follower has come in a log. */
class Position<E, C> {
  private readonly bell: Bell;
  private at: C;
  private events: readonly E[] = [];
  /** Number of the events that are given. */
  private given = 0;
  /** Where the log was read to beyond the events. */
  private until: C | undefined;
  private hasCaughtUp = false;
  /** Read and not given yet; it has no position of its own. */
  private figure: E | null = null;
  private figuresAt = Number.NEGATIVE_INFINITY;
  /** A field, since a signal is slow to ask. */
  private isOver: boolean;

  /** `tell` is called whenever `next` may have something. */
  constructor(
    private readonly options: FollowOptions<E, C>,
    private readonly tell: () => void,
  ) {
    this.bell = new Bell((ring) => options.listen(ring));
    this.at = options.after;
    this.isOver = options.signal.aborted;
    options.signal.addEventListener('abort', this.finish, { once: true });
  }

  /** The next event or the end; a promise until there may be one, null where that is told. */
  next(): IteratorResult<E, void> | Promise<void> | null {
    for (;;) {
      if (this.isOver) return END;
      const event = this.events[this.given];
      if (event !== undefined) return this.give(event);
      if (this.figure !== null) return this.giveFigure(this.figure);
      if (this.until !== undefined) this.at = this.until;
      this.until = undefined;
      if (this.hasCaughtUp && !this.bell.hasRung) return this.rest();
      this.bell.reset();
      const limit = this.hasCaughtUp ? this.options.queue + 1 : BATCH_EVENTS;
      const batch = this.options.read(this.at, limit);
      if (batch instanceof Promise) return batch.then((read) => this.take(read, limit));
      this.take(batch, limit);
    }
  }

  leave(): void {
    this.options.signal.removeEventListener('abort', this.finish);
    this.bell.remove();
    this.options.leave?.();
  }

  private give(event: E): IteratorResult<E, void> {
    this.given++;
    this.at = this.options.positionOf(event);
    if (this.options.isLast?.(event)) this.isOver = true;
    return { done: false, value: event };
  }

  private giveFigure(figure: E): IteratorResult<E, void> {
    this.figure = null;
    return { done: false, value: figure };
  }

  private take({ events, until }: Batch<E, C>, limit: number): void {
    const { options } = this;
    if (this.hasCaughtUp && events.length > options.queue) throw tooSlow(options.cursorOf(this.at));
    this.events = events;
    this.given = 0;
    if (events.length === limit) return;
    this.until = until;
    this.hasCaughtUp = true;
  }

  /** Reads the figures where it is their time, or waits for it and for the bell. */
  private rest(): Promise<void> | null {
    const { figures, clock, signal, pollInterval } = this.options;
    const left = figures === undefined ? pollInterval : this.figuresAt + figures.minInterval - clock.monotonic();
    if (figures !== undefined && left <= 0) {
      this.figuresAt = clock.monotonic();
      return figures.read(this.at).then((figure) => void (this.figure = figure));
    }
    this.bell.whenRung(this.tell, Math.min(pollInterval, Math.max(1, left)), clock, signal);
    return null;
  }

  private readonly finish = (): void => {
    this.isOver = true;
    this.tell();
  };
}

function tooSlow(cursor: string): Error {
  return requestError('SLOW_CONSUMER', 'The stream was read too slowly; go on after the cursor.', { cursor });
}
