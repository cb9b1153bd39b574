import { Authorized, Field, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../graphql/declarations.js';
import { DateTime, Duration, SafeInt } from '../graphql/scalars.js';
import { DateTimeRange } from '../graphql/types.js';
import { RemoteEntry } from '../connections/remote.types.js';
import { MAX_RULES } from '@sluice/core/filter';

/** Its value is a stored rule, with ages under their public names. */
@Authorized('JOBS_READ')
@ObjectType('ItemRule')
export class ItemRuleType {
  @Field(() => Boolean)
  isExclusion!: boolean;

  @Field(() => [String])
  globs!: readonly string[];

  @Field(() => [String])
  extensions!: readonly string[];

  @Field(() => SafeInt, { nullable: true })
  minBytes!: number | null;

  @Field(() => SafeInt, { nullable: true })
  maxBytes!: number | null;

  /** Epoch milliseconds, as all instants of a rule. */
  @Field(() => DateTime, { nullable: true })
  createdFrom!: number | null;

  @Field(() => DateTime, { nullable: true })
  createdTo!: number | null;

  @Field(() => DateTime, { nullable: true })
  modifiedFrom!: number | null;

  @Field(() => DateTime, { nullable: true })
  modifiedTo!: number | null;

  @Field(() => Duration, { nullable: true })
  minAge!: number | null;

  @Field(() => Duration, { nullable: true })
  maxAge!: number | null;

  @Field(() => Boolean, { nullable: true })
  isHidden!: boolean | null;

  @Field(() => String, { nullable: true })
  metadataKey!: string | null;

  @Field(() => String, { nullable: true })
  metadataValue!: string | null;
}

@InputType()
export class ItemRuleInput {
  @Field(() => Boolean, { defaultValue: false })
  isExclusion!: boolean;

  @Field(() => [String], { nullable: true })
  globs?: string[] | null;

  @Field(() => [String], { nullable: true })
  extensions?: string[] | null;

  @Field(() => SafeInt, { nullable: true })
  minBytes?: number | null;

  @Field(() => SafeInt, { nullable: true })
  maxBytes?: number | null;

  @Field(() => DateTimeRange, { nullable: true })
  created?: DateTimeRange | null;

  @Field(() => DateTimeRange, { nullable: true })
  modified?: DateTimeRange | null;

  @Field(() => Duration, { nullable: true })
  minAge?: number | null;

  @Field(() => Duration, { nullable: true })
  maxAge?: number | null;

  @Field(() => Boolean, { nullable: true })
  isHidden?: boolean | null;

  @Field(() => String, { nullable: true })
  metadataKey?: string | null;

  @Field(() => String, { nullable: true })
  metadataValue?: string | null;
}

@Authorized('JOBS_READ')
@ObjectType()
export class ItemRulePreviewRow {
  @Field(() => RemoteEntry)
  entry!: RemoteEntry;

  @Field(() => Boolean)
  isIncluded!: boolean;

  @Field(() => Int, { nullable: true })
  decidingRule!: number | null;
}

@Authorized('JOBS_READ')
@ObjectType()
export class ItemRuleSet {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @AtMost(MAX_RULES)
  @Field(() => [ItemRuleType])
  rules!: ItemRuleType[];
}
