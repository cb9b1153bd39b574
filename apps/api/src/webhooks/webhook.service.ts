import { isIP } from 'node:net';
import type { WebhookRow } from '../db/row-types.js';
import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import type { Topic } from '../db/tables/events.js';
import { requireCaller, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import { mayFollow, TOPIC_RULES } from '../live/topics.js';
import { cursorOfSequence } from '../live/event-cursor.js';
import { forbiddenReason } from '../net/addresses.js';
import { notFound, Problems, Refusal, requireVersion } from '../problems.js';
import type { Sender } from './attempt.js';
import { deliver } from './delivery.js';
import { WEBHOOKS_CHANNEL } from './deliveries.js';
import { newSigningSecret } from './signature.js';
import { MAX_WEBHOOKS, packTopics } from './topic-list.js';
import type { WebhookStore } from './webhook.store.js';

export type { WebhookRow };

/** How long the secret before a rotation signs too. */
export const FORMER_SECRET_MS = 24 * 60 * 60_000;

export interface NewWebhook {
  url: string;
  topics: Topic[];
}

export interface WebhookChanges {
  url?: string | null;
  topics?: Topic[] | null;
  isActive?: boolean | null;
}

/** A webhook, and its secret where it is shown. */
export interface ShownWebhook {
  webhook: WebhookRow;
  secret: string | null;
}

type ServiceBase = Pick<Base, 'db' | 'clock' | 'vault' | 'config' | 'changes' | 'hub'>;

/** Webhooks as people make and change them. */
export class WebhookService {
  constructor(
    private readonly base: ServiceBase,
    private readonly store: WebhookStore,
    private readonly sender: Sender,
    private readonly idempotency: Idempotency,
  ) {}

  /** All, oldest first. */
  list(): Promise<WebhookRow[]> {
    return this.store.all();
  }

  byIds(ids: readonly string[]): Promise<WebhookRow[]> {
    return this.store.byIds(ids);
  }

  /** Numbers of events that wait, in the order of the identifiers. */
  async pendingCounts(ids: readonly string[]): Promise<number[]> {
    const counts = await this.store.pendingCounts(ids);
    return ids.map((id) => counts.get(id) ?? 0);
  }

  /** Makes a webhook for what changes from now on; its secret is null when an earlier request with this key made it. */
  async create(input: NewWebhook, key: string | null, context: Context): Promise<ShownWebhook> {
    const request = { mutation: 'webhookCreate', key, argument: input, keep: withoutSecrets };
    const made = await this.idempotency.once<ShownWebhook>(context, request, async () => {
      this.check(input, context);
      const secret = newSigningSecret();
      const webhook = await this.newRow(input, secret, requireCaller(context).actorId);
      return async (tx) => {
        if ((await this.store.count(tx)) >= MAX_WEBHOOKS) throw tooMany();
        await this.store.insert(tx, webhook);
        return { webhook, secret };
      };
    });
    this.base.hub.wake(WEBHOOKS_CHANNEL);
    return made;
  }

  /** Changes what is given. Deliveries that begin again begin with what changes from now on. */
  async update(
    id: string,
    changes: WebhookChanges,
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<WebhookRow> {
    const before = await this.require(id);
    requireVersion(before, expectedVersion);
    this.check(changes, context);
    if (!isChange(before, changes)) return before;
    const latest = await this.base.changes.latest();
    return this.change(id, context, (row) => {
      requireVersion(row, expectedVersion);
      return changedFields(row, changes, latest);
    });
  }

  /** Gives the webhook a new secret; the one before signs too for a day. */
  async rotate(id: string, context: Context): Promise<ShownWebhook> {
    const secret = newSigningSecret();
    const formerSecretUntil = new Date(this.base.clock.now() + FORMER_SECRET_MS);
    const sealed = this.base.vault.seal(secret, id);
    const webhook = await this.change(id, context, (row) => ({
      secret: sealed,
      formerSecret: row.secret,
      formerSecretUntil,
    }));
    return { webhook, secret };
  }

  async delete(id: string): Promise<string> {
    if (!(await this.store.delete(id))) throw notFound('webhook');
    return id;
  }

  /** Sends a message about the webhook itself; what came of it stands in the webhook. */
  async test(id: string, signal: AbortSignal): Promise<WebhookRow> {
    const webhook = await this.require(id);
    const occurredAt = new Date(this.base.clock.now());
    const messageId = newId('evttest');
    const cursor = cursorOfSequence(webhook.position);
    const message = { id: messageId, cursor, topic: 'WEBHOOK', change: 'UPDATED', subjectId: id, occurredAt };
    const sent = { id: messageId, body: JSON.stringify(message) };
    const what = { kind: 'TEST', attempt: 1 } as const;
    const { clock } = this.base;
    const delivery = await deliver({ clock, sender: this.sender }, webhook, sent, what, signal);
    await this.store.noteTest(new Date(clock.now()), delivery);
    return this.require(id);
  }

  private async change(
    id: string,
    context: Context,
    fields: (row: WebhookRow) => Partial<WebhookRow>,
  ): Promise<WebhookRow> {
    const updatedById = requireCaller(context).actorId;
    const changed = await this.store.update(id, async (row) => ({ ...fields(row), updatedById }));
    if (changed === null) throw notFound('webhook');
    this.base.hub.wake(WEBHOOKS_CHANNEL);
    return changed;
  }

  private async require(id: string): Promise<WebhookRow> {
    const [webhook] = await this.store.byIds([id]);
    if (webhook === undefined) throw notFound('webhook');
    return webhook;
  }

  private async newRow({ url, topics }: NewWebhook, secret: string, updatedById: string): Promise<WebhookRow> {
    const id = newId('whk');
    return {
      id,
      version: 1,
      url,
      topics: packTopics(topics),
      isActive: true,
      secret: this.base.vault.seal(secret, id),
      formerSecret: null,
      formerSecretUntil: null,
      position: await this.base.changes.latest(),
      failedAttempts: 0,
      nextAttemptAt: null,
      lastAttemptAt: null,
      lastStatus: null,
      failure: null,
      leaseOwner: null,
      leaseUntil: null,
      createdAt: new Date(this.base.clock.now()),
      updatedById,
    };
  }

  /** Throws everything that is wrong with an address and topics. */
  private check({ url, topics }: WebhookChanges, context: Context): void {
    const problems = new Problems();
    const complaint = url === null || url === undefined ? null : this.complaintAbout(new URL(url));
    if (complaint !== null) problems.add('INVALID', ['url'], complaint);
    if (topics?.length === 0) problems.add('REQUIRED', ['topics'], 'Name at least one topic.');
    topics?.forEach((topic, index) => {
      if (!mayFollow(topic, context))
        problems.add('FORBIDDEN', ['topics', index], `This topic needs the right ${TOPIC_RULES[topic].right}.`);
    });
    problems.refuseIfAny();
  }

  /** A name is looked up when a message is sent, so that what it leads to cannot change in between. */
  private complaintAbout({ protocol, hostname, username, password, hash }: URL): string | null {
    const allowPrivate = this.base.config.allowPrivateHosts;
    if (protocol !== 'https:' && !(protocol === 'http:' && allowPrivate))
      return 'Give an address that begins with https://; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows http:// too.';
    if (username !== '' || password !== '' || hash !== '')
      return 'Give an address without user, password and fragment; messages are signed, which proves that they come from here.';
    const host = hostname.replace(/^\[|\]$/g, '');
    const reason = isIP(host) === 0 ? null : forbiddenReason(host, { allowPrivate });
    return reason === null ? null : `The address of ${host} ${reason}.`;
  }
}

function isChange(row: WebhookRow, { url, topics, isActive }: WebhookChanges): boolean {
  const isOther = (given: unknown, now: unknown) => given !== null && given !== undefined && given !== now;
  return (
    isOther(url, row.url) ||
    isOther(topics && packTopics(topics), row.topics) ||
    isOther(isActive, row.isActive) ||
    // Who says again that it delivers does not want to wait for the next attempt.
    (isActive === true && row.nextAttemptAt !== null)
  );
}

function changedFields(
  row: WebhookRow,
  { url, topics, isActive }: WebhookChanges,
  latest: number,
): Partial<WebhookRow> {
  const anew = { failedAttempts: 0, nextAttemptAt: null };
  return {
    ...(url === null || url === undefined ? {} : { url, ...anew }),
    ...(topics === null || topics === undefined ? {} : { topics: packTopics(topics) }),
    ...(isActive === null || isActive === undefined ? {} : { isActive, ...anew }),
    ...(isActive === true && !row.isActive ? { position: latest, failure: null } : {}),
  };
}

const withoutSecrets = ({ webhook }: ShownWebhook): ShownWebhook => ({
  webhook: { ...webhook, secret: '', formerSecret: null },
  secret: null,
});

function tooMany(): Refusal {
  return new Refusal({
    code: 'LIMIT_EXCEEDED',
    message: `There are at most ${MAX_WEBHOOKS} webhooks. Delete one that is no longer needed.`,
  });
}
