import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { WebhookDeliveryRow, WebhookRow } from '../db/row-types.js';
import type { Context } from '../graphql/context.js';
import { AsksPlatform } from '../graphql/declarations.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { ForwardPageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { Duration } from '../graphql/scalars.js';
import { Streamed } from '../graphql/streams.js';
import { toUserError, UserError } from '../graphql/types.js';
import { ChangeEvent } from '../live/change.types.js';
import type { DeliveryService } from './delivery.service.js';
import { WebhookDelivery, WebhookDeliveryPage, WebhookRedeliverPayload } from './delivery.types.js';
import { Webhook } from './webhook.types.js';

@ArgsType()
class FollowArguments {
  @Field(() => ID, { nullable: true })
  webhookId?: string | null;

  @Field(() => ID, { nullable: true })
  after?: string | null;
}

/** The deliveries of a webhook. */
@Resolver(() => Webhook)
export class WebhookDeliveriesResolver {
  constructor(private readonly service: DeliveryService) {}

  @FieldResolver(() => WebhookDeliveryPage)
  deliveries(@Root() { id }: WebhookRow, @Args(() => ForwardPageArgs) page: ForwardPageArgs) {
    return this.service.page(id, page);
  }

  @Authorized('WEBHOOKS_MANAGE')
  @AsksPlatform()
  @Mutation(() => WebhookRedeliverPayload, { nullable: true })
  async webhookRedeliver(
    @Arg('id', () => ID) id: string,
    @Arg('deliveryId', () => ID) deliveryId: string,
    @Ctx() context: Context,
  ) {
    const { sent, userErrors } = await payload('sent', () => this.service.redeliver(id, deliveryId, context.signal));
    return { webhook: sent?.webhook ?? null, delivery: sent?.delivery ?? null, userErrors };
  }

  @Authorized('WEBHOOKS_MANAGE')
  @Streamed(
    () => WebhookDelivery,
    ({ service }: WebhookDeliveriesResolver, { webhookId = null, after = null }: FollowArguments, { signal }) =>
      service.follow({ webhookId, after }, signal),
  )
  webhookAttempted(@Root() newest: WebhookDeliveryRow, @Args(() => FollowArguments) _asked: FollowArguments) {
    return newest;
  }
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  constructor(private readonly nodes: NodeFinder) {}

  @FieldResolver(() => ChangeEvent, { nullable: true })
  event(@Root() { kind, messageId }: WebhookDeliveryRow, @Ctx() context: Context): Promise<object | null> | null {
    return kind === 'TEST' ? null : this.nodes.find(messageId, context);
  }

  @FieldResolver(() => Duration)
  duration(@Root() { durationMs }: WebhookDeliveryRow): number {
    return durationMs;
  }

  @FieldResolver(() => UserError, { nullable: true })
  failure(@Root() { failure }: WebhookDeliveryRow): UserError | null {
    return failure === null ? null : toUserError(failure);
  }
}
