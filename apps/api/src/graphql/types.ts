import { Authorized, Field, ID, InputType, Int, InterfaceType, ObjectType } from 'type-graphql';
import { AtMost } from './declarations.js';
import type { Problem } from '../problems.js';
import { UserErrorCode } from './enums.js';
import { prefixOf } from './ids.js';
import { DateTime } from './scalars.js';

/** Largest number of problems in one answer. */
export const MAX_USER_ERRORS = 50;

const typeNames = new Map<string, string>();

/** Makes known which type an identifier's prefix stands for, so that interfaces can be resolved. */
export function nameType(prefix: string, typeName: string): void {
  typeNames.set(prefix, typeName);
}

/** Prefix of the identifiers of a type; null where its objects have none. */
export function prefixOfType(typeName: string): string | null {
  return [...typeNames].find(([, name]) => name === typeName)?.[0] ?? null;
}

const typeOfId = (value: { id: string }) => typeNames.get(prefixOf(value.id));

/** Anything with an identifier made by `newId`. */
@Authorized('IDENTITY')
@InterfaceType({ resolveType: typeOfId })
export abstract class Node {
  @Field(() => ID)
  id!: string;
}

@Authorized('IDENTITY')
@InterfaceType({ implements: Node, resolveType: typeOfId })
export abstract class Actor extends Node {
  @Field(() => String)
  displayName!: string;
}

@Authorized('IDENTITY')
@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@InputType()
export class DateTimeRange {
  @Field(() => DateTime, { nullable: true })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;
}

const errorType = (problem: Problem) => {
  if (problem.conflict !== undefined) return 'VersionConflictError';
  if (problem.state !== undefined) return 'InvalidStateError';
  return problem.remote !== undefined ? 'RemotePlatformError' : 'InputError';
};

/** The public type of a `Problem`. */
@Authorized('ANYONE')
@InterfaceType({ resolveType: errorType })
export abstract class UserError {
  @Field(() => UserErrorCode)
  code!: Problem['code'];

  @Field(() => String)
  message!: string;

  @Field(() => [String], { nullable: true })
  field!: string[] | null;

  @Field(() => Boolean)
  isRetryable!: boolean;
}

@Authorized('ANYONE')
@ObjectType({ implements: UserError })
export class InputError extends UserError {}

@Authorized('ANYONE')
@ObjectType({ implements: UserError })
export class VersionConflictError extends UserError {
  @Field(() => Int)
  currentVersion!: number;
}

@Authorized('ANYONE')
@ObjectType({ implements: UserError })
export class InvalidStateError extends UserError {
  @Field(() => String)
  currentState!: string;

  @Field(() => [String])
  allowedStates!: string[];
}

@Authorized('ANYONE')
@ObjectType({ implements: UserError })
export class RemotePlatformError extends UserError {
  @Field(() => String, { nullable: true })
  remoteStatus!: string | null;

  @Field(() => String, { nullable: true })
  remoteRequestId!: string | null;

  @Field(() => DateTime, { nullable: true })
  retryAt!: Date | number | null;
}

@Authorized('IDENTITY')
@ObjectType()
export class DeletePayload {
  @Field(() => ID, { nullable: true })
  deletedId!: string | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

/** A problem as the schema shows it. */
export function toUserError(problem: Problem): UserError {
  const { code, message, field = null, isRetryable = false, conflict, state, remote } = problem;
  const common = { code, message, field, isRetryable };
  if (!conflict && !state && !remote) return common;
  return { ...problem, ...common, ...conflict, ...state, ...remote };
}
