import type { Call } from './call.js';

/** Where a platform tells of changes, and what it sends along to show that it is the platform. */
export interface FeedTarget {
  /** Unique to one feed: what stands at the platform for that address is the feed's own. */
  url: string;
  /** Whole value of the header `Authorization`. */
  authorization: string;
}

/** What stands at the platform for a feed. */
export interface FeedState {
  /** In the connector's own form, at most 1,000 characters, without secrets; read again by `ensure`, `remove` and `readChange`. */
  note: string;
  /** Whether something was missing or switched off, so that changes were not told until now. */
  wasMade: boolean;
}

/**
 * Word of changes that a platform sends by itself. It says that something changed, not what: who hears of it asks for the
 * changes. Word may come twice, late, in any order or not at all.
 */
export interface ChangeFeed {
  /**
   * Sees to it that the platform tells the target of every change of documents. `known`: the note of the call before, null
   * at first. Repeating it makes nothing twice. `ACCESS_DENIED` where the account may not.
   */
  ensure(target: FeedTarget, known: string | null, call: Call): Promise<FeedState>;
  /** Takes away what stands at the platform for the target; what is gone already is no error. */
  remove(target: FeedTarget, known: string | null, call: Call): Promise<void>;
}

/** Word of one change. */
export interface ChangeWord {
  /** The same each time that the word is sent; at most 100 characters. */
  id: string;
  /** Whether the feed's own account changed it, through an app where a person has that account. */
  isOwn: boolean;
}
