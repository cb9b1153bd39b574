import type { ChangeRow, WebhookRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { LeaseWatch } from '../db/lease-watch.js';
import { newId } from '../graphql/ids.js';
import { CHANGES_CHANNEL } from '../live/change-kind.js';
import { Bell } from '../live/bell.js';
import type { Problem } from '../problems.js';
import { ATTEMPT_MS, messageOf, type Sender } from './attempt.js';
import { deliver } from './delivery.js';
import { nextAttemptAt } from './retry.js';
import { unpackTopics } from './topic-list.js';
import type { Lease, WebhookStore } from './webhook.store.js';

/** Woken when a webhook was made or changed. */
export const WEBHOOKS_CHANNEL = 'webhooks';
/** A process whose claim another one has seen unchanged for this time counts as dead. It holds for one attempt at a time. */
export const CLAIM_MS = 2 * ATTEMPT_MS;
const PASS_BY_MS = 60_000;
const BATCH_EVENTS = 50;

type DeliveryBase = Pick<Base, 'clock' | 'hub' | 'log' | 'changes' | 'random'>;

/**
 * Delivers changes to webhooks: of each webhook one at a time, in their order, each until it is accepted. Where each webhook
 * is stands in the store, so that another process goes on when this one ends, however it ends; a change whose outcome was not
 * stored is sent again with the same identifier.
 */
export class Deliveries {
  private readonly claims: LeaseWatch;
  private readonly under = new Map<string, Promise<void>>();
  private readonly end = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private passedByAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly base: DeliveryBase,
    private readonly store: WebhookStore,
    private readonly sender: Pick<Sender, 'send'>,
  ) {
    this.claims = new LeaseWatch(base.clock, CLAIM_MS);
  }

  start(): void {
    this.loop = this.run();
  }

  /** Breaks off what is under way, which counts as no attempt, and resolves when all claims are given back. */
  async stop(): Promise<void> {
    this.end.abort();
    await this.loop;
    await this.settled();
  }

  /** Resolves when no delivery is under way. */
  async settled(): Promise<void> {
    while (this.under.size > 0) await Promise.all(this.under.values());
  }

  /** Begins to deliver to every webhook that has to and may; gives the milliseconds until it is worth looking again. */
  async pass(): Promise<number> {
    await this.passBy();
    const waiting = await this.store.waiting();
    const silent = new Set(this.claims.silent(waiting.filter(({ leaseOwner }) => leaseOwner !== null)));
    const now = this.base.clock.now();
    let wait = this.base.changes.pollInterval;
    for (const webhook of waiting) {
      const isLeft = webhook.leaseOwner === null || silent.has(webhook);
      const dueIn = Math.max(0, (webhook.nextAttemptAt?.getTime() ?? 0) - now);
      if (dueIn === 0 && isLeft) this.begin(webhook);
      // A claim of another process is looked at again once it may have become silent.
      else wait = Math.min(wait, dueIn || CLAIM_MS);
    }
    return wait;
  }

  private async run(): Promise<void> {
    const { clock, hub } = this.base;
    const bell = new Bell((ring) => {
      const ends = [CHANGES_CHANNEL, WEBHOOKS_CHANNEL].map((channel) => hub.listen(channel, ring));
      return () => ends.forEach((end) => end());
    });
    while (!this.end.signal.aborted) {
      bell.reset();
      const wait = await this.pass().catch((error: unknown) => this.tell(error));
      await bell.wait(wait, clock, this.end.signal);
    }
    bell.remove();
  }

  private tell(error: unknown): number {
    this.base.log.error({ err: error as Error }, 'webhooks could not be looked at');
    return this.base.changes.pollInterval;
  }

  private begin(webhook: WebhookRow): void {
    const { id, leaseOwner } = webhook;
    if (this.under.has(id)) return;
    const work = this.deliver(id, leaseOwner).then(
      () => this.leave(id, true),
      (error: unknown) => {
        if (!this.end.signal.aborted) this.base.log.error({ err: error as Error, webhook: id }, 'delivery failed');
        // What could not be stored is tried again at the next look, not at once: the store may be full or away.
        this.leave(id, false);
      },
    );
    this.under.set(id, work);
  }

  private leave(id: string, looksAgain: boolean): void {
    this.under.delete(id);
    if (looksAgain) this.base.hub.ring(WEBHOOKS_CHANNEL);
  }

  /** Delivers what waits for a webhook, until nothing waits or an attempt fails. */
  private async deliver(id: string, deadOwner: string | null): Promise<void> {
    const claim = newId('claim');
    let webhook = await this.store.take(id, this.lease(claim), deadOwner);
    if (webhook === null) return;
    try {
      while (webhook !== null && this.mayGoOn(webhook)) {
        const changes = await this.changesAfter(webhook);
        if (changes.length === 0) return;
        for (const change of changes) {
          if (webhook === null || !this.mayGoOn(webhook) || !isFor(webhook, change)) break;
          webhook = await this.attempt(webhook, change);
        }
      }
    } finally {
      await this.store.release(id, claim);
    }
  }

  private mayGoOn({ isActive, nextAttemptAt: at }: WebhookRow): boolean {
    return isActive && (at === null || at.getTime() <= this.base.clock.now());
  }

  private changesAfter({ topics, position }: WebhookRow): Promise<ChangeRow[]> {
    return this.base.changes.read({ topics: unpackTopics(topics) }, position, BATCH_EVENTS);
  }

  /** Sends one change and stores the outcome; gives the webhook as it is then, null when this process may not go on. */
  private async attempt(webhook: WebhookRow, change: ChangeRow): Promise<WebhookRow | null> {
    this.end.signal.throwIfAborted();
    const what = { kind: 'EVENT', attempt: webhook.failedAttempts + 1 } as const;
    const { sender, base } = this;
    const delivery = await deliver({ clock: base.clock, sender }, webhook, messageOf(change), what, this.end.signal);
    const { status, failure } = delivery;
    const now = new Date(base.clock.now());
    const noted = { lastAttemptAt: now, lastStatus: status, ...this.lease(webhook.leaseOwner ?? '') };
    const accepted = { position: change.sequence, failedAttempts: 0, nextAttemptAt: null, failure: null };
    const outcome = failure === null ? accepted : this.failed(webhook, status, failure);
    return this.store.settle(webhook, { ...noted, ...outcome }, delivery);
  }

  private failed(webhook: WebhookRow, status: number | null, failure: Problem): Partial<WebhookRow> {
    const failedAttempts = webhook.failedAttempts + 1;
    const at = nextAttemptAt(this.base.clock.now(), failedAttempts, status, this.base.random());
    if (at !== null) return { failedAttempts, nextAttemptAt: new Date(at), failure };
    const advice = `Deliveries ended after ${failedAttempts} failed attempts. Read what was missed with changeEvents, and set isActive again.`;
    const reason = { ...failure, message: `${failure.message} ${advice}`, isRetryable: false };
    return { failedAttempts, nextAttemptAt: null, failure: reason, isActive: false, version: webhook.version + 1 };
  }

  private lease(leaseOwner: string): Lease {
    return { leaseOwner, leaseUntil: new Date(this.base.clock.now() + CLAIM_MS) };
  }

  private async passBy(): Promise<void> {
    const now = this.base.clock.monotonic();
    if (now - this.passedByAt < PASS_BY_MS) return;
    this.passedByAt = now;
    await this.store.passBy(await this.base.changes.latest());
  }
}

function isFor({ topics }: WebhookRow, { topic }: ChangeRow): boolean {
  return unpackTopics(topics).includes(topic);
}
