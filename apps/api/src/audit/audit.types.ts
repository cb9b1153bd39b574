import { Authorized, Field, ID, InputType, ObjectType } from 'type-graphql';
import { AUDIT_OUTCOMES, type AuditOutcome } from '../db/tables/audit.js';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime, SafeInt } from '../graphql/scalars.js';
import { DateTimeRange, Node } from '../graphql/types.js';
import { MAX_CHANGES } from './field-changes.js';

const AuditOutcomeType = enumType('AuditOutcome', AUDIT_OUTCOMES);

@Authorized('AUDIT_READ')
@ObjectType()
export class FieldChange {
  @Field(() => [String])
  field!: string[];

  @Field(() => String, { nullable: true })
  before!: string | null;

  @Field(() => String, { nullable: true })
  after!: string | null;
}

@Authorized('AUDIT_READ')
@ObjectType({ implements: Node })
export class AuditEvent extends Node {
  @Field(() => SafeInt)
  sequence!: number;

  @Field(() => String)
  cursor!: string;

  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => String)
  action!: string;

  @Field(() => AuditOutcomeType)
  outcome!: AuditOutcome;

  @Field(() => ID, { nullable: true })
  targetId!: string | null;

  @AtMost(MAX_CHANGES)
  @Field(() => [FieldChange])
  changes!: FieldChange[];

  @Field(() => String, { nullable: true })
  ipAddress!: string | null;

  @Field(() => String, { nullable: true })
  requestId!: string | null;

  @Field(() => String)
  chainHash!: string;

  actorId!: string | null;
}

export const AuditEventPage = pageType(() => AuditEvent, 'AuditEvent', ['AUDIT_READ']);

@InputType()
export class AuditEventFilter {
  @Field(() => [ID], { nullable: true })
  actorIds?: string[] | null;

  @Field(() => [ID], { nullable: true })
  targetIds?: string[] | null;

  @Field(() => [String], { nullable: true })
  actions?: string[] | null;

  @Field(() => [AuditOutcomeType], { nullable: true })
  outcomes?: AuditOutcome[] | null;

  @Field(() => DateTimeRange, { nullable: true })
  occurredAt?: DateTimeRange | null;
}
