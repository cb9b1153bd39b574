import type { Clock } from '@sluice/core/http';
import type { ChangeRow } from '../db/row-types.js';
import { TOPICS, type Topic } from '../db/tables/events.js';
import type { ChangeFilter, ChangeStore } from './change.store.js';
import { requireKept } from './event-cursor.js';
import { Bell, type Batch } from './follow.js';
import type { Hub } from './hub.js';

/** The channel of the hub that is woken after the commit of a change. */
export const CHANGES_CHANNEL = 'changes';

const BATCH_EVENTS = 500;

export interface FeedParts {
  store: Pick<ChangeStore, 'read' | 'bounds'>;
  hub: Hub;
  clock: Clock;
  /** Milliseconds between two reads of the store, which find the events of other processes. */
  pollInterval(): number;
  /** Number of the newest events that are kept in memory. */
  window: number;
}

/** The events that the process has read since its first follower came. A session ends with its last follower, or when the store fails. */
interface Session {
  /** Events after `start` up to `position`, oldest first. */
  events: ChangeRow[];
  start: number;
  position: number;
  followerCount: number;
  /** Functions that wake the followers. */
  rings: Set<() => void>;
  end: AbortController;
  failure: { error: unknown } | null;
}

export interface FeedReader {
  /** Events after a position that fit the filter. Throws CURSOR_EXPIRED when some of them are no longer kept. */
  read(after: number, limit: number): Batch<ChangeRow, number> | Promise<Batch<ChangeRow, number>>;
  /** Calls back when there is something to read. */
  listen(ring: () => void): () => void;
  leave(): void;
}

/**
 * The one reader of new changes in this process: it reads each event once, whatever the number of followers, keeps the
 * newest ones, decides in memory which followers they concern and wakes only those. A follower that is behind the kept
 * events reads the store.
 */
export class ChangeFeed {
  private session: Promise<Session> | null = null;

  constructor(private readonly parts: FeedParts) {}

  /** Adds a follower; its reader works until `leave` is called. */
  async join(filter: ChangeFilter): Promise<FeedReader> {
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

  private async begin(): Promise<Session> {
    try {
      const { latest } = await this.parts.store.bounds();
      const end = new AbortController();
      const session: Session = { ...empty(), start: latest, position: latest, end };
      void this.run(session);
      return session;
    } catch (error) {
      this.session = null;
      throw error;
    }
  }

  private async run(session: Session): Promise<void> {
    const { hub, clock } = this.parts;
    const bell = new Bell((ring) => hub.listen(CHANGES_CHANNEL, ring));
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
  private async advance(session: Session): Promise<boolean> {
    const events = await this.parts.store.read({}, session.position, BATCH_EVENTS);
    const last = events.at(-1);
    if (last === undefined) return false;
    for (const event of events) keep(session, event, this.parts.window);
    session.position = last.sequence;
    const channels = new Set(events.flatMap(channelsOfEvent));
    for (const channel of channels) this.parts.hub.ring(channel);
    return events.length === BATCH_EVENTS;
  }

  /** Ends a session whose store failed: its followers get the error, and the next follower begins a new session. */
  private fail(session: Session, error: unknown): void {
    session.failure = { error };
    session.end.abort();
    this.session = null;
    for (const ring of session.rings) ring();
  }

  private read(
    session: Session,
    filter: ChangeFilter,
    after: number,
    limit: number,
  ): Batch<ChangeRow, number> | Promise<Batch<ChangeRow, number>> {
    if (session.failure !== null) throw session.failure.error;
    const until = Math.max(after, session.position);
    if (after < session.start) return this.stored(filter, after, limit, until);
    const events: ChangeRow[] = [];
    for (let index = firstAfter(session.events, after); index < session.events.length; index++) {
      const event = session.events[index];
      if (event !== undefined && fits(filter, event)) events.push(event);
      if (events.length === limit) break;
    }
    return { events, until };
  }

  private async stored(
    filter: ChangeFilter,
    after: number,
    limit: number,
    until: number,
  ): Promise<Batch<ChangeRow, number>> {
    const events = await this.parts.store.read(filter, after, limit);
    // What follows may have been removed for its age while the follower was busy with what came before.
    requireKept(after, await this.parts.store.bounds());
    return { events, until: Math.max(until, events.at(-1)?.sequence ?? 0) };
  }

  private listen(session: Session, filter: ChangeFilter, ring: () => void): () => void {
    const ends = channelsOfFilter(filter).map((channel) => this.parts.hub.listen(channel, ring));
    session.rings.add(ring);
    return () => {
      session.rings.delete(ring);
      ends.forEach((end) => end());
    };
  }

  private leave(session: Session): void {
    session.followerCount--;
    if (session.followerCount > 0) return;
    session.end.abort();
    if (session.failure === null) this.session = null;
  }
}

const empty = () => ({ events: [], followerCount: 0, rings: new Set<() => void>(), failure: null });

/** Keeps an event and drops the oldest beyond the window; a figure replaces the former one of its subject, as in the store. */
function keep(session: Session, event: ChangeRow, window: number): void {
  if (event.topic === 'BUDGET' && event.change === 'UPDATED') {
    session.events = session.events.filter(({ subjectId }) => subjectId !== event.subjectId);
  }
  session.events.push(event);
  const dropped = session.events.splice(0, Math.max(0, session.events.length - window)).at(-1);
  if (dropped !== undefined) session.start = dropped.sequence;
}

function fits({ topics, objectIds }: ChangeFilter, { topic, subjectId, relatedId }: ChangeRow): boolean {
  if (topics !== undefined && !topics.includes(topic)) return false;
  return objectIds === undefined || objectIds.some((id) => id === subjectId || id === relatedId);
}

/** Index of the first event after a position. */
function firstAfter(events: readonly ChangeRow[], position: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.sequence ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

const channelOf = (topic: Topic, objectId: string | null) => `changes:${topic}:${objectId ?? '*'}`;

function channelsOfEvent({ topic, subjectId, relatedId }: ChangeRow): string[] {
  return [null, subjectId, ...(relatedId === null ? [] : [relatedId])].map((id) => channelOf(topic, id));
}

function channelsOfFilter({ topics = TOPICS, objectIds }: ChangeFilter): string[] {
  return topics.flatMap((topic) => (objectIds ?? [null]).map((id) => channelOf(topic, id)));
}
