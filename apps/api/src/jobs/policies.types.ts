import { Authorized, Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import type { Policies } from '@sluice/core/plan';
import { AtMost } from '../graphql/declarations.js';
import { SafeInt } from '../graphql/scalars.js';
import { MAX_BANDWIDTH_LIMITS } from './bandwidth.js';
import { BandwidthLimitInput, BandwidthLimitType } from './bandwidth.types.js';
import {
  BudgetExhaustedPolicyEnum,
  ConflictPolicyEnum,
  DeletionPolicyEnum,
  DuplicateNamePolicyEnum,
  EmptyFolderPolicyEnum,
  ExistingItemPolicyEnum,
  FailurePolicyEnum,
  InvalidCharacterPolicyEnum,
  LargeItemPolicyEnum,
  LockedFilePolicyEnum,
  PermissionPolicyEnum,
  VerificationMethodEnum,
  ZeroBytePolicyEnum,
} from './enums.js';

@Authorized('JOBS_READ')
@ObjectType('DeletionGuard')
export class DeletionGuardType {
  @Field(() => Int)
  maxItems!: number;

  @Field(() => Float)
  maxShare!: number;
}

@InputType()
export class DeletionGuardInput {
  @Field(() => Int, { defaultValue: 10 })
  maxItems!: number;

  @Field(() => Float, { defaultValue: 0.2 })
  maxShare!: number;
}

/** Its value is the `Policies` of the engine. */
@Authorized('JOBS_READ')
@ObjectType('JobPolicies')
export class JobPoliciesType implements Policies {
  @Field(() => ConflictPolicyEnum)
  conflict!: Policies['conflict'];

  @Field(() => ExistingItemPolicyEnum)
  existing!: Policies['existing'];

  @Field(() => DeletionPolicyEnum)
  deletions!: Policies['deletions'];

  @Field(() => Boolean)
  deletePermanently!: Policies['deletePermanently'];

  @Field(() => DeletionGuardType)
  deletionGuard!: Policies['deletionGuard'];

  @Field(() => DuplicateNamePolicyEnum)
  duplicateNames!: Policies['duplicateNames'];

  @Field(() => FailurePolicyEnum)
  failure!: Policies['failure'];

  @Field(() => Int)
  retries!: Policies['retries'];

  @Field(() => LargeItemPolicyEnum)
  largeItem!: Policies['largeItem'];

  @Field(() => SafeInt, { nullable: true })
  maxItemBytes!: Policies['maxItemBytes'];

  @Field(() => ZeroBytePolicyEnum)
  zeroByteFile!: Policies['zeroByteFile'];

  @Field(() => EmptyFolderPolicyEnum)
  emptyFolders!: Policies['emptyFolders'];

  @Field(() => Int, { nullable: true })
  stopAfterRuns!: Policies['stopAfterRuns'];

  @Field(() => Int, { nullable: true })
  stopAfterUnchangedRuns!: Policies['stopAfterUnchangedRuns'];

  @Field(() => Int, { nullable: true })
  stopAfterFailedRuns!: Policies['stopAfterFailedRuns'];

  @Field(() => Int, { nullable: true })
  maxVersions!: Policies['maxVersions'];

  @Field(() => Boolean)
  versionsAsFiles!: Policies['versionsAsFiles'];

  @Field(() => Boolean)
  keepTimestamps!: Policies['keepTimestamps'];

  @Field(() => InvalidCharacterPolicyEnum)
  invalidCharacters!: Policies['invalidCharacters'];

  @Field(() => Boolean)
  truncateLongNames!: Policies['truncateLongNames'];

  @Field(() => LockedFilePolicyEnum)
  lockedFiles!: Policies['lockedFiles'];

  @Field(() => PermissionPolicyEnum)
  permissions!: Policies['permissions'];

  @Field(() => Boolean)
  createGroups!: Policies['createGroups'];

  @Field(() => VerificationMethodEnum)
  verification!: Policies['verification'];

  @Field(() => Boolean)
  readBack!: Policies['readBack'];

  @Field(() => Int)
  maxParallelTransfers!: Policies['maxParallelTransfers'];

  @AtMost(MAX_BANDWIDTH_LIMITS)
  @Field(() => [BandwidthLimitType])
  bandwidth!: Policies['bandwidth'];

  @Field(() => Float)
  budgetShare!: Policies['budgetShare'];

  @Field(() => BudgetExhaustedPolicyEnum, { nullable: true })
  onBudgetExhausted!: Policies['onBudgetExhausted'];
}

/** An absent policy stays, or has its default in a new job; null is a return to the default. */
@InputType()
export class JobPoliciesInput {
  @Field(() => ConflictPolicyEnum, { nullable: true })
  conflict?: Policies['conflict'] | null;

  @Field(() => ExistingItemPolicyEnum, { nullable: true })
  existing?: Policies['existing'] | null;

  @Field(() => DeletionPolicyEnum, { nullable: true })
  deletions?: Policies['deletions'] | null;

  @Field(() => Boolean, { nullable: true })
  deletePermanently?: Policies['deletePermanently'] | null;

  @Field(() => DeletionGuardInput, { nullable: true })
  deletionGuard?: Policies['deletionGuard'] | null;

  @Field(() => DuplicateNamePolicyEnum, { nullable: true })
  duplicateNames?: Policies['duplicateNames'] | null;

  @Field(() => FailurePolicyEnum, { nullable: true })
  failure?: Policies['failure'] | null;

  @Field(() => Int, { nullable: true })
  retries?: Policies['retries'] | null;

  @Field(() => LargeItemPolicyEnum, { nullable: true })
  largeItem?: Policies['largeItem'] | null;

  @Field(() => SafeInt, { nullable: true })
  maxItemBytes?: Policies['maxItemBytes'] | null;

  @Field(() => ZeroBytePolicyEnum, { nullable: true })
  zeroByteFile?: Policies['zeroByteFile'] | null;

  @Field(() => EmptyFolderPolicyEnum, { nullable: true })
  emptyFolders?: Policies['emptyFolders'] | null;

  @Field(() => Int, { nullable: true })
  stopAfterRuns?: Policies['stopAfterRuns'] | null;

  @Field(() => Int, { nullable: true })
  stopAfterUnchangedRuns?: Policies['stopAfterUnchangedRuns'] | null;

  @Field(() => Int, { nullable: true })
  stopAfterFailedRuns?: Policies['stopAfterFailedRuns'] | null;

  @Field(() => Int, { nullable: true })
  maxVersions?: Policies['maxVersions'] | null;

  @Field(() => Boolean, { nullable: true })
  versionsAsFiles?: Policies['versionsAsFiles'] | null;

  @Field(() => Boolean, { nullable: true })
  keepTimestamps?: Policies['keepTimestamps'] | null;

  @Field(() => InvalidCharacterPolicyEnum, { nullable: true })
  invalidCharacters?: Policies['invalidCharacters'] | null;

  @Field(() => Boolean, { nullable: true })
  truncateLongNames?: Policies['truncateLongNames'] | null;

  @Field(() => LockedFilePolicyEnum, { nullable: true })
  lockedFiles?: Policies['lockedFiles'] | null;

  @Field(() => PermissionPolicyEnum, { nullable: true })
  permissions?: Policies['permissions'] | null;

  @Field(() => Boolean, { nullable: true })
  createGroups?: Policies['createGroups'] | null;

  @Field(() => VerificationMethodEnum, { nullable: true })
  verification?: Policies['verification'] | null;

  @Field(() => Boolean, { nullable: true })
  readBack?: Policies['readBack'] | null;

  @Field(() => Int, { nullable: true })
  maxParallelTransfers?: Policies['maxParallelTransfers'] | null;

  @Field(() => [BandwidthLimitInput], { nullable: true })
  bandwidth?: readonly BandwidthLimitInput[] | null;

  @Field(() => Float, { nullable: true })
  budgetShare?: Policies['budgetShare'] | null;

  @Field(() => BudgetExhaustedPolicyEnum, { nullable: true })
  onBudgetExhausted?: Policies['onBudgetExhausted'] | null;
}
