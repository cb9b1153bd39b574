import { Authorized, Field, ObjectType } from 'type-graphql';
import { DateTime, SafeInt } from '../../graphql/scalars.js';

@Authorized('JOBS_READ')
@ObjectType()
export class RunSample {
  @Field(() => DateTime)
  at!: Date;

  @Field(() => SafeInt)
  itemsDone!: number;

  @Field(() => SafeInt)
  bytesDone!: number;

  @Field(() => SafeInt)
  callCount!: number;

  @Field(() => SafeInt)
  itemsFlagged!: number;
}

@Authorized('JOBS_READ')
@ObjectType()
export class ActivitySpan {
  @Field(() => DateTime)
  from!: Date;

  @Field(() => SafeInt)
  itemsDone!: number;

  @Field(() => SafeInt)
  bytesDone!: number;

  @Field(() => SafeInt)
  callCount!: number;

  @Field(() => SafeInt)
  itemsFlagged!: number;
}
