import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiTokenRow } from '../db/row-types.js';
import { AtMost } from '../graphql/declarations.js';
import type { Base } from '../base.js';
import { BoundedArguments } from '../graphql/bounds.js';
import type { Caller, Context } from '../graphql/context.js';
import { ScopeType } from '../graphql/enums.js';
import { payload } from '../graphql/payload.js';
import { DateTime } from '../graphql/scalars.js';
import type { Scope } from '../graphql/scopes.js';
import { Actor, VersionConflictError } from '../graphql/types.js';
import type { Actors } from './actors.js';
import { orAskToWait } from './ask-to-wait.js';
import { sessionCookie } from './cookies.js';
import { MAX_LOGIN_CHARACTERS } from './logins.js';
import { MAX_PASSWORD_CHARACTERS } from './passwords.js';
import type { AccessService } from './access.service.js';
import { MAX_LISTED_TOKENS, type TokenService } from './tokens.js';
import { ApiToken, ApiTokenPayload, SessionPayload, User, Viewer } from './access.types.js';

@Resolver(() => Viewer)
export class SessionResolver {
  constructor(
    private readonly access: AccessService,
    private readonly actors: Actors,
    private readonly config: Base['config'],
  ) {}

  @Authorized('ANYONE')
  @Query(() => Viewer, { nullable: true })
  viewer(@Ctx() context: Context): Viewer | null {
    return context.caller && viewerOf(context.caller);
  }

  @Authorized('ANYONE')
  @BoundedArguments({
    login: { maxCharacters: MAX_LOGIN_CHARACTERS },
    password: { maxCharacters: MAX_PASSWORD_CHARACTERS },
  })
  @Mutation(() => SessionPayload, { nullable: true })
  signIn(
    @Arg('login', () => String) login: string,
    @Arg('password', () => String) password: string,
    @Ctx() context: Context,
  ) {
    return payload('viewer', async () => {
      const concern = (personId: string) => (context.concerned = personId);
      const signIn = () => this.access.signIn(login, password, context.address, concern);
      const { caller, token } = await orAskToWait(context, signIn);
      context.caller = caller;
      this.setCookie(context, token);
      return viewerOf(caller);
    });
  }

  @Authorized('IDENTITY')
  @Mutation(() => SessionPayload, { nullable: true })
  signOut(@Ctx() context: Context) {
    return payload('viewer', async () => {
      await this.access.signOut(context.caller);
      context.caller = null;
      this.setCookie(context, null);
      return null;
    });
  }

  @FieldResolver(() => Actor)
  actor(@Root() viewer: Viewer, @Ctx() context: Context) {
    return this.actors.find(viewer.actorId, context);
  }

  private setCookie(context: Context, token: string | null): void {
    context.setHeader('set-cookie', sessionCookie(token, this.config.publicUrl, this.config.limits.sessionLife));
  }
}

@Resolver(() => ApiToken)
export class TokenResolver {
  constructor(
    private readonly tokens: TokenService,
    private readonly actors: Actors,
  ) {}

  @Authorized('IDENTITY')
  @AtMost(MAX_LISTED_TOKENS)
  @Query(() => [ApiToken], { nullable: true })
  apiTokens(
    @Arg('first', () => Int, { defaultValue: MAX_LISTED_TOKENS }) first: number,
    @Arg('after', () => ID, { nullable: true }) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ApiTokenRow[]> {
    return this.tokens.list(first, after ?? null, context);
  }

  @Authorized('IDENTITY')
  @Mutation(() => ApiTokenPayload, { nullable: true })
  async apiTokenCreate(
    @Arg('displayName', () => String) displayName: string,
    @Arg('scopes', () => [ScopeType]) scopes: Scope[],
    @Arg('expiresAt', () => DateTime, { nullable: true }) expiresAt: Date | null,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const made = await payload('made', () => this.tokens.create({ displayName, scopes, expiresAt }, key, context));
    return { apiToken: made.made?.token ?? null, secret: made.made?.secret ?? null, userErrors: made.userErrors };
  }

  @Authorized('IDENTITY')
  @Mutation(() => ApiTokenPayload, { nullable: true })
  apiTokenRevoke(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload('apiToken', () => this.tokens.revoke(id, context));
  }

  @FieldResolver(() => User, { nullable: true })
  createdBy(@Root() token: ApiTokenRow, @Ctx() context: Context) {
    return this.actors.find(token.createdById, context);
  }
}

@Resolver(() => VersionConflictError)
export class ConflictResolver {
  constructor(private readonly actors: Actors) {}

  @FieldResolver(() => Actor, { nullable: true })
  lastChangedBy(@Root() error: VersionConflictError & { lastChangedById?: string | null }, @Ctx() context: Context) {
    return this.actors.find(error.lastChangedById ?? null, context);
  }
}

function viewerOf(caller: Caller): Viewer {
  return { actorId: caller.actorId, scopes: [...caller.scopes].sort(), expiresAt: caller.expiresAt };
}
