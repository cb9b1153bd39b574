import { Authorized, Field, ID, Int, ObjectType } from 'type-graphql';
import { DELIVERY_KINDS, type DeliveryKind } from '../db/tables/webhooks.js';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, UserError } from '../graphql/types.js';
import { Webhook } from './webhook.types.js';

const WebhookDeliveryKind = enumType('WebhookDeliveryKind', DELIVERY_KINDS);

/** Its value is a `WebhookDeliveryRow`. */
@Authorized('WEBHOOKS_MANAGE')
@ObjectType()
export class WebhookDelivery {
  @Field(() => ID)
  id!: string;

  @Field(() => WebhookDeliveryKind)
  kind!: DeliveryKind;

  @Field(() => String)
  messageId!: string;

  @Field(() => Int)
  attempt!: number;

  @Field(() => DateTime)
  startedAt!: Date;

  @Field(() => Int, { nullable: true })
  status!: number | null;
}

export const WebhookDeliveryPage = pageType(() => WebhookDelivery, 'WebhookDelivery', ['WEBHOOKS_MANAGE']);

@Authorized('WEBHOOKS_MANAGE')
@ObjectType()
export class WebhookRedeliverPayload {
  @Field(() => Webhook, { nullable: true })
  webhook!: Webhook | null;

  @Field(() => WebhookDelivery, { nullable: true })
  delivery!: WebhookDelivery | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
