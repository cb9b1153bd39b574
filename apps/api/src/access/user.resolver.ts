import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { UserRow } from '../db/row-types.js';
import type { Context } from '../graphql/context.js';
import { AtMost } from '../graphql/declarations.js';
import { payload } from '../graphql/payload.js';
import { orAskToWait } from './ask-to-wait.js';
import { User } from './access.types.js';
import { MAX_LISTED_USERS, type UserService } from './user.service.js';
import { UserCreateInput, UserPayload, UserUpdateInput } from './user.types.js';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly users: UserService) {}

  @Authorized('USERS_MANAGE')
  @AtMost(MAX_LISTED_USERS)
  @Query(() => [User], { name: 'users', nullable: true })
  list(
    @Arg('first', () => Int, { defaultValue: MAX_LISTED_USERS }) first: number,
    @Arg('after', () => ID, { nullable: true }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true }) search: string | null | undefined,
  ): Promise<UserRow[]> {
    return this.users.list(first, after ?? null, search ?? null);
  }

  @Authorized('USERS_MANAGE')
  @Mutation(() => UserPayload, { nullable: true })
  userCreate(
    @Arg('input', () => UserCreateInput) input: UserCreateInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    return payload('user', () => this.users.create(input, key, context));
  }

  @Authorized('USERS_MANAGE')
  @Mutation(() => UserPayload, { nullable: true })
  userUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UserUpdateInput) input: UserUpdateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    return payload('user', () => this.users.update(id, input, expectedVersion, context));
  }

  @Authorized('USERS_MANAGE')
  @Mutation(() => UserPayload, { nullable: true })
  userDisable(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload('user', () => this.users.update(id, { isActive: false }, null, context));
  }

  @Authorized('IDENTITY')
  @Mutation(() => UserPayload, { nullable: true })
  passwordChange(
    @Arg('userId', () => ID, { nullable: true }) userId: string | null,
    @Arg('currentPassword', () => String) currentPassword: string,
    @Arg('newPassword', () => String) newPassword: string,
    @Ctx() context: Context,
  ) {
    const passwords = { currentPassword, newPassword };
    return payload('user', () => orAskToWait(context, () => this.users.changePassword(userId, passwords, context)));
  }
}
