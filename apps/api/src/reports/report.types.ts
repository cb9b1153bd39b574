import type { TaskState as TaskStateValue } from '@sluice/core/job';
import { Authorized, Field, ID, InputType, ObjectType } from 'type-graphql';
import { AtMost } from '../graphql/declarations.js';
import { enumType, TaskState } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { pageType } from '../graphql/page-types.js';
import { Address, DateTime, SafeInt, TimeZone } from '../graphql/scalars.js';
import { DateTimeRange, MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import { RunItemFilter } from '../runs/reading/item.types.js';
import {
  REPORT_FORMATS,
  REPORT_KINDS,
  type ReportFormat,
  type ReportKind,
  type TimeSpan,
} from '../db/tables/reports.js';

export const ReportKindEnum = enumType('ReportKind', REPORT_KINDS);
export const ReportFormatEnum = enumType('ReportFormat', REPORT_FORMATS);

@Authorized('REPORTS_READ')
@ObjectType()
export class ValidationTotals {
  @Field(() => SafeInt)
  sourceItems!: number;

  @Field(() => SafeInt)
  destinationItems!: number;

  @Field(() => SafeInt)
  sourceBytes!: number;

  @Field(() => SafeInt)
  destinationBytes!: number;

  @Field(() => SafeInt)
  equalItems!: number;

  @Field(() => SafeInt)
  missingItems!: number;

  @Field(() => SafeInt)
  extraItems!: number;

  @Field(() => SafeInt)
  differentItems!: number;
}

/** Its value is a `ReportRow`. */
@Authorized('REPORTS_READ')
@ObjectType({ implements: Node })
export class Report extends Node {
  @Field(() => ReportKindEnum)
  kind!: ReportKind;

  @Field(() => ReportFormatEnum)
  format!: ReportFormat;

  @Field(() => TaskState)
  taskState!: TaskStateValue;

  @Field(() => UserError, { nullable: true })
  failure!: UserError | null;

  @Field(() => ValidationTotals, { nullable: true })
  validation!: ValidationTotals | null;

  @Field(() => SafeInt, { nullable: true })
  byteSize!: number | null;

  @Field(() => String, { nullable: true })
  sha256!: string | null;

  @Field(() => Address, { nullable: true })
  downloadUrl!: string | null;

  @Field(() => Address, { nullable: true })
  signatureUrl!: string | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime)
  createdAt!: Date;
}

export const ReportPage = pageType(() => Report, 'Report', ['REPORTS_READ']);

@OneOf()
@InputType()
export class ReportSubjectInput {
  @Field(() => ID, { nullable: true })
  runId?: string | null;

  @Field(() => ID, { nullable: true })
  jobId?: string | null;

  @Field(() => ID, { nullable: true })
  mappingSetId?: string | null;

  @Field(() => DateTimeRange, { nullable: true })
  auditLog?: TimeSpan | null;
}

@InputType()
export class ReportCreateInput {
  @Field(() => ReportKindEnum)
  kind!: ReportKind;

  @Field(() => ReportSubjectInput)
  subject!: ReportSubjectInput;

  @Field(() => ReportFormatEnum, { defaultValue: 'CSV' })
  format!: ReportFormat;

  @Field(() => RunItemFilter, { nullable: true })
  itemFilter?: RunItemFilter | null;

  @Field(() => TimeZone, { defaultValue: 'UTC' })
  timeZone!: string;
}

@Authorized('IDENTITY')
@ObjectType()
export class ReportPayload {
  @Authorized('IDENTITY')
  @Field(() => Report, { nullable: true })
  report!: Report | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
