import type { Clock } from '@sluice/core/http';
import type { LogCursors } from './event-cursor.js';
import { Bell } from './bell.js';
import type { Batch } from './follow.js';
import type { Hub } from './hub.js';

const BATCH_EVENTS = 500;

/** What can be followed of a log: its events have positions, and followers ask for those that fit a filter. */
export interface LogKind<E extends { sequence: number }, F> {
  cursors: LogCursors;
  /** The channel of the hub that is woken after the commit of an event. */
  channel: string;
  /** The filter that every event fits. */
  all: F;
  fits(filter: F, event: E): boolean;
  /** Channels of the hub that wake the followers whom an event concerns. */
  channelsOfEvent(event: E): string[];
  /** Channels of the hub on which a follower waits. */
  channelsOfFilter(filter: F): string[];
  /** Which former events an event takes the place of in the log; null for none. */
  replacedBy?(event: E): ((former: E) => boolean) | null;
}

/** A log in the store. */
export interface LogStore<E, F> {
  /** Events after a position that fit, in order. */
  read(filter: F, after: number, limit: number): Promise<E[]>;
  /** Positions of the latest event, and of the last one that was removed for its age; 0 for none. */
  bounds(): Promise<{ latest: number; pruned: number }>;
}

export interface FeedParts<E extends { sequence: number }, F> {
  kind: LogKind<E, F>;
  store: LogStore<E, F>;
  hub: Hub;
  clock: Clock;
  /** Milliseconds between two reads of the store, which find the events of other processes. */
  pollInterval(): number;
  /** Number of the newest events that are kept in memory while somebody follows. */
  window: number;
}

/** The events that the process has read since its first follower came. A session ends with its last follower, or when the store fails. */
interface Session<E> {
  /** Events after `start` up to `position`, oldest first. */
  events: E[];
  start: number;
  position: number;
  followerCount: number;
  /** Functions that wake the followers. */
  rings: Set<() => void>;
  end: AbortController;
  failure: { error: unknown } | null;
}

export interface FeedReader<E> {
  /** Events after a position that fit the filter. Throws CURSOR_EXPIRED when some of them are no longer kept. */
  read(after: number, limit: number): Batch<E, number> | Promise<Batch<E, number>>;
  /** Calls back when there is something to read. */
  listen(ring: () => void): () => void;
  leave(): void;
}

/**
 * The one reader of the new events of a log in this process: it reads each event once, whatever the number of followers, keeps
 * the newest ones, decides in memory which followers they concern and wakes only those. A follower that is behind the kept
 * events reads the store.
 */
export class LogFeed<E extends { sequence: number }, F> {
  private session: Promise<Session<E>> | null = null;

  constructor(private readonly parts: FeedParts<E, F>) {}

  /** Adds a follower; its reader works until `leave` is called. */
  async join(filter: F): Promise<FeedReader<E>> {
    let session = await (this.session ??= this.begin());
    // The session may have ended while this follower waited for it.
    while (session.end.signal.aborted) session = await (this.session ??= this.begin());
    session.followerCount++;
    return {
      read: (after, limit) => this.read(session, filter, after, limit),
      listen: (ring) => this.listen(session, filter, ring),
      leave: () => this.leave(session),
    };
  }

  private async begin(): Promise<Session<E>> {
    try {
      const { latest } = await this.parts.store.bounds();
      const end = new AbortController();
      const session: Session<E> = { ...empty(), start: latest, position: latest, end };
      void this.run(session);
      return session;
    } catch (error) {
      this.session = null;
      throw error;
    }
  }

  private async run(session: Session<E>): Promise<void> {
    const { kind, hub, clock } = this.parts;
    const bell = new Bell((ring) => hub.listen(kind.channel, ring));
    const { signal } = session.end;
    try {
      while (!signal.aborted) {
        bell.reset();
        const isMore = await this.advance(session);
        if (!isMore) await bell.wait(this.parts.pollInterval(), clock, signal);
      }
    } catch (error) {
      this.fail(session, error);
    } finally {
      bell.remove();
    }
  }

  /** Reads the next batch of new events; gives whether there are more. */
  private async advance(session: Session<E>): Promise<boolean> {
    const { kind, store, hub, window } = this.parts;
    const events = await store.read(kind.all, session.position, BATCH_EVENTS);
    const last = events.at(-1);
    if (last === undefined) return false;
    for (const event of events) keep(session, event, window, kind.replacedBy?.(event) ?? null);
    session.position = last.sequence;
    const channels = new Set(events.flatMap((event) => kind.channelsOfEvent(event)));
    for (const channel of channels) hub.ring(channel);
    return events.length === BATCH_EVENTS;
  }

  /** Ends a session whose store failed: its followers get the error, and the next follower begins a new session. */
  private fail(session: Session<E>, error: unknown): void {
    session.failure = { error };
    session.end.abort();
    this.session = null;
    for (const ring of session.rings) ring();
  }

  private read(
    session: Session<E>,
    filter: F,
    after: number,
    limit: number,
  ): Batch<E, number> | Promise<Batch<E, number>> {
    if (session.failure !== null) throw session.failure.error;
    const until = Math.max(after, session.position);
    if (after < session.start) return this.stored(filter, after, limit, until);
    const events: E[] = [];
    for (let index = firstAfter(session.events, after); index < session.events.length; index++) {
      const event = session.events[index];
      if (event !== undefined && this.parts.kind.fits(filter, event)) events.push(event);
      if (events.length === limit) break;
    }
    return { events, until };
  }

  private async stored(filter: F, after: number, limit: number, until: number): Promise<Batch<E, number>> {
    const events = await this.parts.store.read(filter, after, limit);
    // What follows may have been removed for its age while the follower was busy with what came before.
    this.parts.kind.cursors.requireKept(after, await this.parts.store.bounds());
    return { events, until: Math.max(until, events.at(-1)?.sequence ?? 0) };
  }

  private listen(session: Session<E>, filter: F, ring: () => void): () => void {
    const { kind, hub } = this.parts;
    const ends = kind.channelsOfFilter(filter).map((channel) => hub.listen(channel, ring));
    session.rings.add(ring);
    return () => {
      session.rings.delete(ring);
      ends.forEach((end) => end());
    };
  }

  private leave(session: Session<E>): void {
    session.followerCount--;
    if (session.followerCount > 0) return;
    session.end.abort();
    if (session.failure === null) this.session = null;
  }
}

const empty = () => ({ events: [], followerCount: 0, rings: new Set<() => void>(), failure: null });

/** Keeps an event in place of those that it replaces, and drops the oldest beyond the window. */
function keep<E extends { sequence: number }>(
  session: Session<E>,
  event: E,
  window: number,
  isReplaced: ((former: E) => boolean) | null,
): void {
  if (isReplaced !== null) session.events = session.events.filter((former) => !isReplaced(former));
  session.events.push(event);
  const dropped = session.events.splice(0, Math.max(0, session.events.length - window)).at(-1);
  if (dropped !== undefined) session.start = dropped.sequence;
}

/** Index of the first event after a position. */
function firstAfter(events: readonly { sequence: number }[], position: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.sequence ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
