import { Authorized, Field, ID, ObjectType } from 'type-graphql';
import { CHANGES, TOPICS } from '../db/tables/events.js';
import { enumType } from '../graphql/enums.js';
import { DateTime } from '../graphql/scalars.js';
import { Node } from '../graphql/types.js';

export const EventTopic = enumType('EventTopic', TOPICS);
export const ChangeKind = enumType('ChangeKind', CHANGES);

@Authorized('CONNECTIONS_READ', 'JOBS_READ')
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
}
