import { Authorized, Field, ID, InputType, ObjectType } from 'type-graphql';
import { COMPARISON_GROUPS, COMPARISON_VERDICTS } from '@sluice/core/compare';
import type { Capability, LimitKind, PlatformKind } from '@sluice/core/platform';
import { enumType, PlatformCapability, PlatformKey, PlatformLimit } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';

export const ComparisonGroup = enumType('ComparisonGroup', COMPARISON_GROUPS);
export const ComparisonVerdict = enumType('ComparisonVerdict', COMPARISON_VERDICTS);

@OneOf()
@InputType()
export class ComparisonSideInput {
  @Field(() => PlatformKey, { nullable: true })
  platform?: PlatformKind;

  @Field(() => ID, { nullable: true })
  connectionId?: string;
}

@Authorized('CONNECTIONS_READ')
@ObjectType('ComparisonRow')
export class ComparisonRowType {
  @Field(() => ComparisonGroup)
  group!: keyof typeof ComparisonGroup;

  @Field(() => PlatformCapability, { nullable: true })
  capability!: Capability | null;

  @Field(() => PlatformLimit, { nullable: true })
  limit!: LimitKind | null;

  @Field(() => String)
  label!: string;

  @Field(() => String)
  sourceValue!: string;

  @Field(() => String)
  destinationValue!: string;

  @Field(() => ComparisonVerdict)
  verdict!: keyof typeof ComparisonVerdict;

  @Field(() => String)
  effect!: string;
}
