import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Topic } from '../db/tables/events.js';
import { loaderOf, type Context } from '../graphql/context.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { payload } from '../graphql/payload.js';
import { Address } from '../graphql/scalars.js';
import { DeletePayload, toUserError, UserError } from '../graphql/types.js';
import { EventTopic } from '../live/change.types.js';
import { MAX_WEBHOOKS } from './topic-list.js';
import { unpackTopics } from './topic-list.js';
import type { ShownWebhook, WebhookRow, WebhookService } from './webhook.service.js';
import { Webhook, WebhookPayload } from './webhook.types.js';

@Resolver(() => Webhook)
export class WebhookResolver {
  constructor(private readonly service: WebhookService) {}

  @Authorized('WEBHOOKS_MANAGE')
  @AtMost(MAX_WEBHOOKS)
  @Query(() => [Webhook], { nullable: true })
  webhooks(): Promise<WebhookRow[]> {
    return this.service.list();
  }

  @Authorized('WEBHOOKS_MANAGE')
  @Mutation(() => WebhookPayload, { nullable: true })
  webhookCreate(
    @Arg('url', () => Address) url: string,
    @Arg('topics', () => [EventTopic]) topics: Topic[],
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    return shown(() => this.service.create({ url, topics }, key, context));
  }

  @Authorized('WEBHOOKS_MANAGE')
  @Mutation(() => WebhookPayload, { nullable: true })
  webhookUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('url', () => Address, { nullable: true }) url: string | null | undefined,
    @Arg('topics', () => [EventTopic], { nullable: true }) topics: Topic[] | null | undefined,
    @Arg('isActive', () => Boolean, { nullable: true }) isActive: boolean | null | undefined,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() context: Context,
  ) {
    const changes = { url, topics, isActive };
    return shown(async () => ({
      webhook: await this.service.update(id, changes, expectedVersion, context),
      secret: null,
    }));
  }

  @Authorized('WEBHOOKS_MANAGE')
  @Mutation(() => WebhookPayload, { nullable: true })
  webhookSecretRotate(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return shown(() => this.service.rotate(id, context));
  }

  @Authorized('WEBHOOKS_MANAGE')
  @Mutation(() => DeletePayload, { nullable: true })
  webhookDelete(@Arg('id', () => ID) id: string) {
    return payload('deletedId', () => this.service.delete(id));
  }

  @Authorized('WEBHOOKS_MANAGE')
  @AsksPlatform()
  @Mutation(() => WebhookPayload, { nullable: true })
  webhookTest(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return shown(async () => ({ webhook: await this.service.test(id, context.signal), secret: null }));
  }

  @FieldResolver(() => [EventTopic])
  topics(@Root() webhook: WebhookRow): Topic[] {
    return unpackTopics(webhook.topics);
  }

  @FieldResolver(() => Int)
  pendingCount(@Root() { id }: WebhookRow, @Ctx() context: Context): Promise<number | null> | number | null {
    return loaderOf<number>(context, this.service, (ids) => this.service.pendingCounts(ids)).load(id);
  }

  @FieldResolver(() => UserError, { nullable: true })
  failure(@Root() { failure, nextAttemptAt }: WebhookRow): UserError | null {
    if (failure === null) return null;
    const remote = failure.remote && { ...failure.remote, retryAt: nextAttemptAt?.getTime() ?? null };
    return toUserError({ ...failure, ...(remote && { remote }) });
  }
}

async function shown(work: () => Promise<ShownWebhook>): Promise<object> {
  const { made, userErrors } = await payload('made', work);
  return { webhook: made?.webhook ?? null, secret: made?.secret ?? null, userErrors };
}
