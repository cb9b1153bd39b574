import { PlatformError, type Call, type ChangeFeed, type FeedTarget } from '@sluice/core/platform';
import type { Base } from '../base.js';
import type { FeedRow } from '../db/row-types.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { problemOf } from '../problems.js';
import { randomToken, SealBrokenError } from '../secrets/vault.js';
import type { FeedStore } from './feed.store.js';
import { FEED_ADDRESS, ownerOf } from './receiver.js';

/** What stands at a platform is looked at again after this time, and what failed tried again after that. */
const CHECK_MS = 3_600_000;
const RETRY_MS = 10 * 60_000;
/** A process that died over a feed is followed by another after `LEASE_MS`; a look ends before. */
const LOOK_MS = 90_000;
const LEASE_MS = 120_000;
/** Between two looks whether another process is done with a feed. */
const TURN_MS = 200;

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
    const { store } = this.parts;
    const wanted = await this.wanted();
    const feeds = await store.all();
    for (const id of wanted) if (!feeds.some(({ connectionId }) => connectionId === id)) feeds.push(await this.add(id));
    for (const feed of feeds) {
      if (signal.aborted) return;
      const isLeft = !wanted.has(feed.connectionId) && feed.problem === null;
      if (isLeft || this.isDue(feed)) await this.seeTo(feed.connectionId, signal);
    }
    await store.forget(this.now());
  }

  /**
   * Takes away what stands at the platform for a connection that is about to be deleted, after whoever is at it. What fails is
   * logged; the platform then goes on telling, and is not heard.
   */
  async part(connectionId: string, signal: AbortSignal): Promise<void> {
    const { store, base } = this.parts;
    const has = async () => (await store.all()).some((feed) => feed.connectionId === connectionId);
    while (!signal.aborted && (await has())) {
      if (await this.seeTo(connectionId, signal)) return;
      await base.clock.sleep(TURN_MS, signal).catch(() => undefined);
    }
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

  /** False where another process is at it. What is wanted and due is asked again, since others may have changed it before. */
  private async seeTo(connectionId: string, signal: AbortSignal): Promise<boolean> {
    const { store } = this.parts;
    const feed = await store.claim(connectionId, this.now(), this.after(LEASE_MS));
    if (feed === null) return false;
    const isWanted = (await this.wanted()).has(connectionId);
    if (isWanted && !this.isDue(feed)) {
      await store.update(connectionId, { leaseUntil: null });
      return true;
    }
    const look = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]);
    const call: Call = { signal: look, priority: 'JOB', owner: `feed:${connectionId}` };
    try {
      if (isWanted) await this.ensure(feed, call);
      else await this.remove(feed, call);
    } catch (error) {
      if (signal.aborted) await store.update(connectionId, { leaseUntil: null });
      else await this.fail(feed, isWanted, look.aborted ? tooSlow(error) : error);
    }
    return true;
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
  private async fail({ connectionId }: FeedRow, isWanted: boolean, thrown: unknown): Promise<void> {
    const error = thrown instanceof SealBrokenError ? new PlatformError('CREDENTIALS_INVALID', thrown.message) : thrown;
    if (!(error instanceof PlatformError)) throw error;
    const { store, base } = this.parts;
    const what = isWanted ? 'changes are not told by the platform' : 'word of changes could not be stopped';
    base.log.warn({ connectionId, code: problemOf(error).code }, `${what}: ${error.message}`);
    const isLost = error.concernsAccount || error.kind === 'NOT_FOUND' || error.kind === 'ACCESS_DENIED';
    if (!isWanted && isLost) return store.remove(connectionId);
    await store.update(connectionId, { problem: problemOf(error), checkAt: this.after(RETRY_MS), leaseUntil: null });
  }

  private isDue({ checkAt }: FeedRow): boolean {
    return checkAt.getTime() <= this.parts.base.clock.now();
  }

  private now(): Date {
    return new Date(this.parts.base.clock.now());
  }

  private after(milliseconds: number): Date {
    return new Date(this.parts.base.clock.now() + milliseconds);
  }
}

const tooSlow = (cause: unknown): PlatformError =>
  new PlatformError('UNREACHABLE', 'The platform did not answer in time.', { cause });
