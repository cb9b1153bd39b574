import { Authorized, Field, InputType, ObjectType } from 'type-graphql';
import { Bounded } from '../graphql/bounds.js';
import { AtMost } from '../graphql/declarations.js';
import { RoleType } from '../graphql/enums.js';
import type { Role } from '../graphql/scopes.js';
import { MAX_USER_ERRORS, UserError } from '../graphql/types.js';
import { MAX_LOGIN_CHARACTERS } from './logins.js';
import { User } from './access.types.js';

@InputType()
export class UserCreateInput {
  @Bounded({ maxCharacters: MAX_LOGIN_CHARACTERS })
  @Field(() => String)
  login!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => RoleType)
  role!: Role;

  @Field(() => String)
  password!: string;
}

@InputType()
export class UserUpdateInput {
  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => RoleType, { nullable: true })
  role?: Role | null;

  @Field(() => Boolean, { nullable: true })
  isActive?: boolean | null;
}

@Authorized('IDENTITY')
@ObjectType()
export class UserPayload {
  @Authorized('IDENTITY')
  @Field(() => User, { nullable: true })
  user!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
