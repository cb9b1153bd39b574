import { Authorized, Field, Int, ObjectType } from 'type-graphql';
import type { Topic } from '../db/tables/events.js';
import { AtMost } from '../graphql/declarations.js';
import { Address, DateTime } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import { EventTopic } from '../live/change.types.js';

@Authorized('WEBHOOKS_MANAGE')
@ObjectType({ implements: Node })
export class Webhook extends Node {
  @Field(() => Int)
  version!: number;

  @Field(() => Address)
  url!: string;

  @Field(() => [EventTopic])
  topics!: Topic[];

  @Field(() => Boolean)
  isActive!: boolean;

  @Field(() => DateTime, { nullable: true })
  lastAttemptAt!: Date | null;

  @Field(() => Int, { nullable: true })
  lastStatus!: number | null;

  @Field(() => DateTime, { nullable: true })
  nextAttemptAt!: Date | null;

  @Field(() => UserError, { nullable: true })
  failure!: UserError | null;
}

@Authorized('WEBHOOKS_MANAGE')
@ObjectType()
export class WebhookPayload {
  @Field(() => Webhook, { nullable: true })
  webhook!: Webhook | null;

  @Field(() => String, { nullable: true })
  secret!: string | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
