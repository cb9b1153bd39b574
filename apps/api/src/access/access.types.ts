import { Authorized, Field, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../graphql/declarations.js';
import { RoleType, ScopeType } from '../graphql/enums.js';
import type { Role, Scope } from '../graphql/scopes.js';
import { DateTime } from '../graphql/scalars.js';
import { Actor, MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';

@Authorized('USERS_MANAGE', 'OWNER')
@ObjectType({ implements: [Node, Actor] })
export class User extends Actor {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  login!: string;

  @Field(() => RoleType)
  role!: Role;

  @Field(() => Boolean)
  isActive!: boolean;

  @Field(() => DateTime, { nullable: true })
  lastSeenAt!: Date | null;
}

@Authorized('TOKENS_MANAGE', 'OWNER')
@ObjectType({ implements: [Node, Actor] })
export class ApiToken extends Actor {
  @Field(() => String)
  prefix!: string;

  @Field(() => [ScopeType])
  scopes!: Scope[];

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  revokedAt!: Date | null;

  @Field(() => DateTime)
  createdAt!: Date;
}

@Authorized('ANYONE')
@ObjectType()
export class Viewer {
  @Field(() => [ScopeType])
  scopes!: Scope[];

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;

  actorId!: string;
}

@Authorized('ANYONE')
@ObjectType()
export class SessionPayload {
  @Field(() => Viewer, { nullable: true })
  viewer!: Viewer | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Authorized('IDENTITY')
@ObjectType()
export class ApiTokenPayload {
  @Authorized('IDENTITY')
  @Field(() => ApiToken, { nullable: true })
  apiToken!: object | null;

  @Field(() => String, { nullable: true })
  secret!: string | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
