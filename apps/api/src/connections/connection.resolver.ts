import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionRow, FlowRow } from '../db/row-types.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { CAPABILITIES, type Call, type DirectoryKind } from '@sluice/core/platform';
import { MAX_BUDGETS } from '../budgets/budget.service.js';
import { RateBudget } from '../budgets/budget.types.js';
import { BoundedArguments, CURSOR } from '../graphql/bounds.js';
import { loaderOf, type Context } from '../graphql/context.js';
import { Address } from '../graphql/scalars.js';
import { PageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { LARGE_PAGE_ROWS } from '../graphql/paging.js';
import { DeletePayload, toUserError, UserError } from '../graphql/types.js';
import { addressOf, browse } from './browse.js';
import { ConnectionCreateInput, ConnectionProfileFilter, ConnectionUpdateInput } from './connection.inputs.js';
import type { ConnectionParts } from './parts.js';
import { capabilitiesView, platformView, type InstallationFacts } from './platform-view.js';
import { CATALOG, describePlatformKind } from './catalog.js';
import { MAX_SCOPES } from './scope-names.js';
import {
  ConnectionHealth,
  ConnectionPayload,
  ConnectionProfile,
  ConnectionProfileConnection,
  CredentialStatus,
} from './connection.types.js';
import { OAuthFlow, OAuthFlowPayload, OAuthFlowState } from './oauth-flow.types.js';
import { CapabilitySupport, Platform } from './platform.types.js';
import {
  AddressInput,
  DirectoryEntryType,
  MappingKindEnum,
  RemoteEntryConnection,
  RemoteScope,
} from './remote.types.js';

/** Names of a platform that a list has at most. */
const MAX_DIRECTORY_ENTRIES = 200;
/** Connections of one budget that a list has at most. */
const MAX_CONNECTIONS = 50;

@Resolver(() => ConnectionProfile)
export class ConnectionResolver {
  constructor(private readonly parts: ConnectionParts) {}

  @Authorized('CONNECTIONS_READ')
  @AtMost(CATALOG.length)
  @Query(() => [Platform], { nullable: true })
  platforms(): Platform[] {
    return CATALOG.map((description) => platformView(description, this.facts));
  }

  @Authorized('CONNECTIONS_READ')
  @Query(() => ConnectionProfile, { nullable: true })
  connection(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<ConnectionRow | null> | ConnectionRow | null {
    return this.load(id, context);
  }

  @Authorized('CONNECTIONS_READ')
  @Query(() => ConnectionProfileConnection, { nullable: true })
  connections(
    @Arg('filter', () => ConnectionProfileFilter, { nullable: true }) filter: ConnectionProfileFilter | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return this.parts.service.page(filter, page);
  }

  @AsksPlatform()
  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => ConnectionPayload, { nullable: true })
  connectionCreate(
    @Arg('input', () => ConnectionCreateInput) input: ConnectionCreateInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    return payload('connection', () => this.parts.service.create(input, key, context));
  }

  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => ConnectionPayload, { nullable: true })
  connectionUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => ConnectionUpdateInput) input: ConnectionUpdateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    return payload('connection', () => this.parts.service.update(id, input, expectedVersion, context));
  }

  @AsksPlatform()
  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => ConnectionPayload, { nullable: true })
  connectionTest(
    @Arg('id', () => ID) id: string,
    @Arg('writeProbeIn', () => AddressInput, { nullable: true }) place: AddressInput | null,
    @Ctx() context: Context,
  ) {
    return payload('connection', () => this.parts.service.test(id, place ? addressOf(place) : undefined, context));
  }

  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => DeletePayload, { nullable: true })
  connectionDelete(
    @Arg('id', () => ID) id: string,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
  ) {
    return payload('deletedId', () => this.parts.service.delete(id, expectedVersion));
  }

  @FieldResolver(() => Platform)
  platform(@Root() row: ConnectionRow): Platform {
    return platformView(describePlatformKind(row.platform), this.facts);
  }

  @FieldResolver(() => CredentialStatus)
  credential(@Root() row: ConnectionRow): CredentialStatus {
    const { status } = this.parts.clients.statusOf(row);
    const isSet = status !== 'INCOMPLETE' && status !== 'NEEDS_SIGN_IN';
    return { method: row.method, isSet, hint: row.credentialHint, expiresAt: null };
  }

  @FieldResolver(() => ConnectionHealth)
  health(@Root() row: ConnectionRow): ConnectionHealth {
    return { status: row.status, message: row.statusMessage, checkedAt: row.checkedAt, checks: row.checks };
  }

  @AtMost(CAPABILITIES.length)
  @FieldResolver(() => [CapabilitySupport])
  capabilities(@Root() row: ConnectionRow): CapabilitySupport[] {
    return capabilitiesView(describePlatformKind(row.platform).capabilities);
  }

  @FieldResolver(() => RateBudget, { nullable: true })
  budget(@Root() row: ConnectionRow, @Ctx() context: Context) {
    if (row.budgetId === null) return null;
    return loaderOf<RateBudget>(context, 'budgets', (ids) => this.parts.budgets.service.byIds(ids)).load(row.budgetId);
  }

  @AtMost(MAX_SCOPES)
  @AsksPlatform()
  @FieldResolver(() => [RemoteScope], { nullable: true })
  async scopes(
    @Root() row: ConnectionRow,
    @Arg('companyId', () => String, { nullable: true }) companyId: string | null,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Ctx() context: Context,
  ): Promise<RemoteScope[] | null> {
    const scopes = await this.parts.names.list(row, companyId ?? null, search ?? null, callOf(context));
    return scopes && scopes.map(({ id, name, detail }) => ({ remoteId: id, name, detail }));
  }

  @AtMost(MAX_DIRECTORY_ENTRIES)
  @AsksPlatform()
  @FieldResolver(() => [DirectoryEntryType], { nullable: true })
  async directory(
    @Root() row: ConnectionRow,
    @Arg('kind', () => MappingKindEnum) kind: DirectoryKind,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Ctx() context: Context,
  ): Promise<readonly DirectoryEntryType[]> {
    const platform = await this.parts.platforms.openRow(row);
    const request = { kind, search: search ?? null, limit: MAX_DIRECTORY_ENTRIES };
    return (await platform.directory?.list(request, callOf(context))) ?? [];
  }

  @BoundedArguments({ after: CURSOR })
  @AtMost(LARGE_PAGE_ROWS)
  @AsksPlatform()
  @FieldResolver(() => RemoteEntryConnection, { nullable: true })
  async browse(
    @Root() row: ConnectionRow,
    @Arg('in', () => AddressInput, { nullable: true }) place: AddressInput | null,
    @Arg('foldersOnly', () => Boolean, { defaultValue: false }) foldersOnly: boolean,
    @Arg('nameStartsWith', () => String, { nullable: true }) nameStartsWith: string | null,
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    const platform = await this.parts.platforms.openRow(row);
    const browsed = { platform, connection: row, snapshots: this.parts.snapshots };
    return browse(browsed, { in: place, foldersOnly, nameStartsWith, first, after }, callOf(context));
  }

  private get facts(): InstallationFacts {
    const { oauth, shareRoots, clients } = this.parts;
    return {
      redirectUrl: oauth.redirectUrl,
      shareHelp: shareRoots.help,
      ownClientAt: clients.ownAt,
    };
  }

  private load(id: string, context: Context) {
    return loaderOf<ConnectionRow>(context, 'connections', (ids) => this.parts.service.byIds(ids)).load(id);
  }
}

@Resolver(() => RateBudget)
export class SharedBudgetResolver {
  constructor(private readonly parts: ConnectionParts) {}

  @Authorized('CONNECTIONS_READ')
  @AtMost(MAX_BUDGETS, 'connectionIds')
  @Query(() => [RateBudget], { nullable: true })
  async budgets(@Arg('connectionIds', () => [ID], { nullable: true }) ids: string[] | null) {
    if (ids == null) return this.parts.budgets.service.list(null);
    const rows = await this.parts.service.byIds(ids);
    return this.parts.budgets.service.list([...new Set(rows.flatMap((row) => row?.budgetId ?? []))]);
  }

  @AtMost(MAX_CONNECTIONS)
  @FieldResolver(() => [ConnectionProfile])
  connections(@Root() budget: RateBudget): Promise<ConnectionRow[]> {
    return this.parts.service.ofBudget(budget.id, MAX_CONNECTIONS);
  }
}

@Resolver(() => OAuthFlow)
export class OAuthFlowResolver {
  constructor(private readonly parts: ConnectionParts) {}

  @Authorized('CREDENTIALS_WRITE')
  @Mutation(() => OAuthFlowPayload, { nullable: true })
  oauthFlowStart(
    @Arg('connectionId', () => ID) connectionId: string,
    @Arg('returnTo', () => Address, { nullable: true }) returnTo: string | null,
    @Arg('copyCode', () => Boolean, { defaultValue: false }) copyCode: boolean,
    @Ctx() context: Context,
  ) {
    return payload('flow', () =>
      this.parts.oauth.start(connectionId, { returnTo: returnTo ?? null, copyCode }, context),
    );
  }

  @AsksPlatform()
  @Authorized('CREDENTIALS_WRITE')
  @Mutation(() => OAuthFlowPayload, { nullable: true })
  oauthFlowComplete(@Arg('id', () => ID) id: string, @Arg('code', () => String) code: string, @Ctx() context: Context) {
    return payload('flow', () => this.parts.oauth.complete(id, code, context));
  }

  @FieldResolver(() => ConnectionProfile, { nullable: true })
  async connection(@Root() flow: FlowRow): Promise<ConnectionRow | null> {
    const [row] = flow.connectionId === null ? [] : await this.parts.service.byIds([flow.connectionId]);
    return row ?? null;
  }

  @FieldResolver(() => OAuthFlowState)
  state(@Root() flow: FlowRow) {
    return flow.state;
  }

  @FieldResolver(() => Address, { nullable: true })
  authorizationUrl(@Root() flow: FlowRow) {
    return flow.authorizationUrl;
  }

  @FieldResolver(() => UserError, { nullable: true })
  failure(@Root() flow: FlowRow) {
    return flow.failure && toUserError(flow.failure);
  }
}

function callOf(context: Context): Call {
  return { signal: context.signal, priority: 'INTERACTIVE', owner: context.requestId };
}
