import { Authorized, Field, ID, ObjectType } from 'type-graphql';
import { CHANGES, TOPICS } from '../db/tables/events.js';
import type { RunState } from '@sluice/core/job';
import { enumType, RunStateEnum } from '../graphql/enums.js';
import { DateTime } from '../graphql/scalars.js';
import { Node } from '../graphql/types.js';
import { ANY_TOPIC_RIGHT } from './topics.js';

export const EventTopic = enumType('EventTopic', TOPICS);
export const ChangeKind = enumType('ChangeKind', CHANGES);

@Authorized(...ANY_TOPIC_RIGHT)
@ObjectType({ implements: Node })
export class ChangeEvent extends Node {
  @Field(() => String)
  cursor!: string;

  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => EventTopic)
  topic!: keyof typeof EventTopic;

  @Field(() => ChangeKind)
  change!: keyof typeof ChangeKind;

  @Field(() => ID)
  subjectId!: string;

  @Field(() => RunStateEnum, { nullable: true })
  runState!: RunState | null;
}
