import { invalidCursor } from '../graphql/cursors.js';
import { follow, type EventStream } from './follow.js';
import { LogFeed, type FeedParts, type FeedReader } from './log-feed.js';

/** Followers are woken by new events; in case a wake was missed, each also looks after this time. */
export const IDLE_MS = 30_000;

export interface FollowedLogParts<E extends { sequence: number }, F> extends FeedParts<E, F> {
  /** Number of events that a follower may be behind once it has caught up. */
  queue: number;
  /** Is told how many events are behind the cursor of one that comes. */
  onReplay?(count: number): void;
}

/** The streams that follow a log: from a cursor or from now on, in order, none lost and none twice. */
export class FollowedLog<E extends { sequence: number }, F> {
  private readonly feed: LogFeed<E, F>;

  constructor(private readonly parts: FollowedLogParts<E, F>) {
    this.feed = new LogFeed(parts);
  }

  /** Follows the events that fit from a cursor, or from now. Throws CURSOR_INVALID or CURSOR_EXPIRED. */
  follow(filter: F, cursor: string | null | undefined, signal: AbortSignal): EventStream<E> {
    const { clock, kind, queue } = this.parts;
    return follow(async () => ({
      ...(await this.join(filter, cursor)),
      clock,
      signal,
      positionOf: (event: E) => event.sequence,
      cursorOf: (sequence: number) => kind.cursors.of(sequence),
      pollInterval: IDLE_MS,
      queue,
    }));
  }

  /** The reader is joined before the position is read, so that no event between the two is missed. */
  private async join(filter: F, cursor: string | null | undefined): Promise<FeedReader<E> & { after: number }> {
    const reader = await this.feed.join(filter);
    try {
      return { ...reader, after: await this.start(cursor) };
    } catch (error) {
      reader.leave();
      throw error;
    }
  }

  private async start(cursor: string | null | undefined): Promise<number> {
    const { cursors } = this.parts.kind;
    const { latest, pruned } = await this.parts.store.bounds();
    if (cursor === null || cursor === undefined) return latest;
    const after = cursors.sequenceOf(cursor);
    if (after > latest) throw invalidCursor();
    cursors.requireKept(after, { pruned });
    this.parts.onReplay?.(latest - after);
    return after;
  }
}
