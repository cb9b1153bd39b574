import { Authorized, Field, Int, ObjectType } from 'type-graphql';
import { CHECK_OUTCOMES, CHECK_STEPS } from '@sluice/core/platform';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import { AuthenticationMethod, ConnectionStatus } from './connection.inputs.js';
import { ConnectionSettings } from './settings.types.js';

export const CheckOutcome = enumType('CheckOutcome', CHECK_OUTCOMES);
export const ConnectionCheckStep = enumType('ConnectionCheckStep', CHECK_STEPS);

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class CredentialStatus {
  @Field(() => AuthenticationMethod)
  method!: keyof typeof AuthenticationMethod;

  @Field(() => Boolean)
  isSet!: boolean;

  @Field(() => String, { nullable: true })
  hint!: string | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ConnectionCheck {
  @Field(() => ConnectionCheckStep)
  step!: keyof typeof ConnectionCheckStep;

  @Field(() => CheckOutcome)
  outcome!: keyof typeof CheckOutcome;

  @Field(() => String, { nullable: true })
  message!: string | null;

  @Field(() => String, { nullable: true })
  remedy!: string | null;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class ConnectionHealth {
  @Field(() => ConnectionStatus)
  status!: keyof typeof ConnectionStatus;

  @Field(() => String)
  message!: string;

  @Field(() => DateTime, { nullable: true })
  checkedAt!: Date | null;

  @AtMost(Object.keys(ConnectionCheckStep).length)
  @Field(() => [ConnectionCheck])
  checks!: ConnectionCheck[];
}

@Authorized('CONNECTIONS_READ')
@ObjectType({ implements: Node })
export class ConnectionProfile extends Node {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  name!: string;

  @Field(() => ConnectionSettings)
  settings!: object;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const ConnectionProfileConnection = pageType(
  () => ConnectionProfile,
  'ConnectionProfile',
  ['CONNECTIONS_READ'],
  { type: () => Int },
);

@Authorized('IDENTITY')
@ObjectType()
export class ConnectionPayload {
  @Authorized('IDENTITY')
  @Field(() => ConnectionProfile, { nullable: true })
  connection!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
