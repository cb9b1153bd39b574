import { Authorized, Field, ObjectType } from 'type-graphql';
import { OAUTH_FLOW_STATES } from '../db/tables/connections.js';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { DateTime } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';

export const OAuthFlowState = enumType('OAuthFlowState', OAUTH_FLOW_STATES);

@Authorized('CREDENTIALS_WRITE')
@ObjectType({ implements: Node })
export class OAuthFlow extends Node {
  @Field(() => DateTime)
  expiresAt!: Date;
}

@Authorized('IDENTITY')
@ObjectType()
export class OAuthFlowPayload {
  @Authorized('IDENTITY')
  @Field(() => OAuthFlow, { nullable: true })
  flow!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
