import { Authorized, Field, Int, ObjectType } from 'type-graphql';
import type { LimitKind, PlatformKind } from '@sluice/core/platform';
import { MAX_DUPLICATE_GROUPS, MAX_DUPLICATE_PATHS } from '@sluice/core/run';
import { MAX_BUCKETS, MAX_EXAMPLES, MAX_LONGEST_PATHS, MAX_NAME_PROBLEMS } from '@sluice/core/scan';
import { AtMost } from '../../graphql/declarations.js';
import { PlatformKey, PlatformLimit } from '../../graphql/enums.js';
import { SafeInt } from '../../graphql/scalars.js';

@Authorized('JOBS_READ')
@ObjectType()
export class ScanBucket {
  @Field(() => String)
  label!: string;

  @Field(() => SafeInt)
  fileCount!: number;

  @Field(() => SafeInt)
  byteCount!: number;
}

@Authorized('JOBS_READ')
@ObjectType()
export class ScanNameProblem {
  @Field(() => PlatformKey)
  platform!: PlatformKind;

  @Field(() => PlatformLimit)
  limit!: LimitKind;

  @Field(() => SafeInt)
  itemCount!: number;

  @AtMost(MAX_EXAMPLES)
  @Field(() => [String])
  examples!: string[];
}

@Authorized('JOBS_READ')
@ObjectType()
export class ScanDuplicateGroup {
  @Field(() => String)
  sha256!: string;

  @Field(() => SafeInt)
  byteSize!: number;

  @Field(() => Int)
  fileCount!: number;

  @AtMost(MAX_DUPLICATE_PATHS)
  @Field(() => [String])
  paths!: string[];
}

/** Its value is a `ScanView`. */
@Authorized('JOBS_READ')
@ObjectType()
export class ScanResult {
  @Field(() => SafeInt)
  fileCount!: number;

  @Field(() => SafeInt)
  folderCount!: number;

  @Field(() => SafeInt, { nullable: true })
  emptyFolderCount!: number | null;

  @Field(() => SafeInt)
  byteCount!: number;

  @Field(() => Boolean)
  isComplete!: boolean;

  @Field(() => Boolean)
  isCompared!: boolean;

  @AtMost(MAX_BUCKETS)
  @Field(() => [ScanBucket])
  extensions!: ScanBucket[];

  @AtMost(MAX_BUCKETS)
  @Field(() => [ScanBucket])
  sizeClasses!: ScanBucket[];

  @AtMost(MAX_BUCKETS)
  @Field(() => [ScanBucket])
  ageClasses!: ScanBucket[];

  @AtMost(MAX_BUCKETS)
  @Field(() => [ScanBucket])
  depths!: ScanBucket[];

  @AtMost(MAX_LONGEST_PATHS)
  @Field(() => [String])
  longestPaths!: string[];

  @AtMost(MAX_NAME_PROBLEMS)
  @Field(() => [ScanNameProblem])
  nameProblems!: ScanNameProblem[];

  @Field(() => SafeInt)
  duplicateGroupCount!: number;

  @Field(() => SafeInt)
  duplicateByteCount!: number;

  @AtMost(MAX_DUPLICATE_GROUPS)
  @Field(() => [ScanDuplicateGroup])
  duplicates!: ScanDuplicateGroup[];
}
