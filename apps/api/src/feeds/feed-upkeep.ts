import { PlatformError, type Call, type ChangeFeed, type FeedTarget } from '@sluice/core/platform';
import type { Base } from '../base.js';
import type { FeedRow } from '../db/row-types.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { problemOf } from '../problems.js';
import { randomToken } from '../secrets/vault.js';
import type { FeedStore } from './feed.store.js';
import { FEED_ADDRESS, ownerOf } from './receiver.js';

/** What stands at a platform is looked at again after this time, and what failed tried again after that. */
const CHECK_MS = 3_600_000;
const RETRY_MS = 10 * 60_000;
/** A process that died over a feed is followed by another after `LEASE_MS`; a look ends before. */
const LOOK_MS = 90_000;
const LEASE_MS = 120_000;

export interface UpkeepParts {
  base: Pick<Base, 'clock' | 'log' | 'vault' | 'config'>;
  connections: Pick<ConnectionAccess, 'byIds' | 'describe' | 'open'>;
  store: FeedStore;
}

/**
 * Sees to it that platforms tell of changes where jobs follow them, and nowhere else. What was switched off or taken away at
 * the platform is made anew, and one run of each job that follows is due then, for what was not told meanwhile.
 */
export class FeedUpkeep {
  constructor(private readonly parts: UpkeepParts) {}

  async pass(signal: AbortSignal): Promise<void> {
    const { store, base } = this.parts;
    const wanted = await this.wanted();
    const feeds = await store.all();
    for (const id of wanted) if (!feeds.some(({ connectionId }) => connectionId === id)) feeds.push(await this.add(id));
    for (const feed of feeds) {
      if (signal.aborted) return;
      const isWanted = wanted.has(feed.connectionId);
      const isDue = feed.checkAt.getTime() <= base.clock.now();
      if (isDue || (!isWanted && feed.problem === null)) await this.seeTo(feed.connectionId, isWanted, signal);
    }
    await store.forget(this.now());
  }

  /** Connections that jobs follow and whose platforms can tell of changes; none without an address to tell them to. */
  private async wanted(): Promise<Set<string>> {
    const { base, connections, store } = this.parts;
    if (base.config.deliveryUrl === null) return new Set();
    const rows = await connections.byIds(await store.followed());
    const able = rows.filter((row) => row && connections.describe(row.platform).readChange !== undefined);
    return new Set(able.map((row) => row!.id));
  }

  /** The address stands in the store before it stands at the platform, so that a process which takes over finds it there. */
  private async add(connectionId: string): Promise<FeedRow> {
    const secret = this.parts.base.vault.seal(`Bearer ${randomToken()}`, ownerOf(connectionId));
    const none = { note: null, problem: null, leaseUntil: null, firstWordAt: null, dueAt: null };
    const row: FeedRow = { ...none, connectionId, secret, path: randomToken(), checkAt: this.now() };
    await this.parts.store.add(row);
    return row;
  }

  private async seeTo(connectionId: string, isWanted: boolean, signal: AbortSignal): Promise<void> {
    const { store } = this.parts;
    const feed = await store.claim(connectionId, this.now(), this.after(LEASE_MS));
    if (feed === null) return;
    const look = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]);
    const call: Call = { signal: look, priority: 'JOB', owner: `feed:${connectionId}` };
    try {
      if (isWanted) await this.ensure(feed, call);
      else await this.remove(feed, call);
    } catch (error) {
      if (signal.aborted) return store.update(connectionId, { leaseUntil: null });
      await this.fail(feed, isWanted, error);
    }
  }

  private async ensure(feed: FeedRow, call: Call): Promise<void> {
    const { note, wasMade } = await (await this.feedOf(feed)).ensure(this.targetOf(feed), feed.note, call);
    const isGap = wasMade && feed.note !== null;
    const due = isGap ? { firstWordAt: this.now(), dueAt: this.now() } : {};
    const checkAt = this.after(CHECK_MS);
    await this.parts.store.update(feed.connectionId, { note, problem: null, checkAt, leaseUntil: null, ...due });
  }

  private async remove(feed: FeedRow, call: Call): Promise<void> {
    await (await this.feedOf(feed)).remove(this.targetOf(feed), feed.note, call);
    await this.parts.store.remove(feed.connectionId);
  }

  private async feedOf({ connectionId }: FeedRow): Promise<ChangeFeed> {
    const { changeFeed } = await this.parts.connections.open(connectionId);
    if (changeFeed !== undefined) return changeFeed;
    throw new PlatformError('REJECTED', 'The platform tells of no changes.');
  }

  private targetOf({ connectionId, path, secret }: FeedRow): FeedTarget {
    const { vault, config } = this.parts.base;
    const url = `${config.deliveryUrl ?? config.publicUrl}${FEED_ADDRESS}/${path}`;
    return { url, authorization: vault.open<string>(secret, ownerOf(connectionId)) };
  }

  /** A feed that nobody wants is forgotten where the account is not let in any more: the platform gives up by itself. */
  private async fail({ connectionId }: FeedRow, isWanted: boolean, error: unknown): Promise<void> {
    if (!(error instanceof PlatformError)) throw error;
    const { store, base } = this.parts;
    const what = isWanted ? 'changes are not told by the platform' : 'word of changes could not be stopped';
    base.log.warn({ connectionId, code: problemOf(error).code }, `${what}: ${error.message}`);
    const isLost = error.concernsAccount || error.kind === 'NOT_FOUND' || error.kind === 'ACCESS_DENIED';
    if (!isWanted && isLost) return store.remove(connectionId);
    await store.update(connectionId, { problem: problemOf(error), checkAt: this.after(RETRY_MS), leaseUntil: null });
  }

  private now(): Date {
    return new Date(this.parts.base.clock.now());
  }

  private after(milliseconds: number): Date {
    return new Date(this.parts.base.clock.now() + milliseconds);
  }
}
