import { isDeepStrictEqual } from 'node:util';
import type { Address, Check } from '@sluice/core/platform';
import { originsOf } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { StoredSettings } from '../db/tables/connections.js';
import { inOrder, requireCaller, requireScope, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import { withTotal, type PageArguments } from '../graphql/paging.js';
import { notFound, Problems, Refusal, requireVersion } from '../problems.js';
import type { ShareRoots } from '../shares/share-roots.js';
import { checkText, tidy } from '../text.js';
import { describePlatformKind } from './catalog.js';
import type { Clients } from './clients.js';
import { DRAFT_MS } from './drafts.js';
import { checkChoice, folderChoice, type FolderChoice } from './folder-choice.js';
import type { ConnectionCreateInput, ConnectionProfileFilter, ConnectionUpdateInput } from './connection.inputs.js';
import type { PlatformPool } from './platforms.js';
import { probe } from './probe.js';
import type { Revocations } from './revocations.js';
import { readCredential, readSettings, type StoredClient, type Wanted } from './rules.js';
import type { ScopeNames } from './scope-names.js';
import { conditionAfter, isUsable } from './status.js';
import { nameKeyOf } from '../text.js';
import type { ConnectionStore } from './connection.store.js';

const MAX_NAME_CHARACTERS = 200;
/** A test ends this long before the operation's deadline, so that its result can still be stored and answered. */
const TEST_MARGIN_MS = 1_000;
/** A deletion waits so long for what is taken away at the platform before. */
const PARTING_MS = 10_000;

export interface ConnectionServiceParts {
  base: Base;
  store: ConnectionStore;
  clients: Clients;
  platforms: PlatformPool;
  names: ScopeNames;
  shareRoots: ShareRoots;
  revocations: Revocations;
  idempotency: Idempotency;
}

interface Created {
  row: ConnectionRow;
  isNew: boolean;
}

/** What an idempotency key keeps of a connection: all but its secrets, which are stored with the connection only. */
const withoutSecrets = ({ row }: Created): Created => ({
  row: { ...row, credential: null, tokens: null, notes: null, signInId: null },
  isNew: false,
});

/** Creates, changes, tests and deletes connections. */
export class ConnectionService {
  /** Functions that tell whether a connection is in use; each domain that uses connections adds one. */
  readonly users: ((tx: Transaction, connectionId: string) => Promise<boolean>)[] = [];
  /**
   * Functions that take away at the platform what stands there for a connection, while it can still be used for that; none throws
   * because the platform fails, since that does not keep a connection from being deleted.
   */
  readonly partings: ((connectionId: string, signal: AbortSignal) => Promise<void>)[] = [];

  constructor(private readonly parts: ConnectionServiceParts) {}

  async byIds(ids: readonly string[]): Promise<(ConnectionRow | null)[]> {
    return inOrder(ids, await this.parts.store.byIds(ids));
  }

  /** Connections that fit the filter. */
  async page(filter: ConnectionProfileFilter | null, page: PageArguments) {
    const { store } = this.parts;
    return withTotal(await store.page(filter, page), () => store.count(filter));
  }

  /** Connections whose calls are taken from a budget, at most so many. */
  ofBudget(budgetId: string, most: number): Promise<ConnectionRow[]> {
    return this.parts.store.ofBudget(budgetId, most);
  }

  /** Saves a connection, complete or not. Throws a `Refusal` that names everything that is wrong. */
  async create(input: ConnectionCreateInput, key: string | null | undefined, context: Context): Promise<ConnectionRow> {
    if (input.credential) requireScope(context, 'CREDENTIALS_WRITE');
    const { idempotency, store, shareRoots } = this.parts;
    const request = { mutation: 'connectionCreate', key, argument: input, keep: withoutSecrets };
    const { row, isNew } = await idempotency.once<Created>(context, request, async () => {
      const choice = await folderChoice(input.settings, shareRoots, context);
      const made = await this.newRow(input, choice, requireCaller(context).actorId);
      return async (tx) => {
        await store.insert(tx, made);
        return { row: made, isNew: true };
      };
    });
    if (!isNew) return this.withSecrets(row);
    if (!input.testNow) return row;
    const tested = await this.test(row.id, undefined, context);
    await idempotency.keepLater(context, request, { row: tested, isNew });
    return tested;
  }

  /** A row from an idempotency key, completed with the secrets that the store holds now. */
  private async withSecrets(row: ConnectionRow): Promise<ConnectionRow> {
    const [now] = await this.byIds([row.id]);
    if (!now) return row;
    const { credential, tokens, notes, signInId } = now;
    return { ...row, credential, tokens, notes, signInId };
  }

  async update(
    id: string,
    input: ConnectionUpdateInput,
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<ConnectionRow> {
    if (input.credential) requireScope(context, 'CREDENTIALS_WRITE');
    const updatedById = requireCaller(context).actorId;
    const choice = await folderChoice(input.settings, this.parts.shareRoots, context);
    if (isEmpty(input)) return this.unchanged(id, expectedVersion);
    for (;;) {
      const before = await this.require(id);
      const known = this.changed(before, input, choice, updatedById);
      // A budget is made in a transaction of its own, which cannot begin inside this one.
      const budgetId = await this.parts.clients.budgetIdOf({ ...before, ...known });
      let replaced: ConnectionRow | null = null;
      const updated = await this.parts.store.update(id, async (row) => {
        requireVersion(row, expectedVersion);
        // Another update was stored meanwhile: the budget may belong to its settings, so the update is made again on the new row.
        replaced = row.version === before.version ? row : null;
        return replaced && { ...this.changed(row, input, choice, updatedById), budgetId };
      });
      if (updated === null) throw notFound('connection');
      if (replaced === null) continue;
      if (updated.tokens === null) this.parts.revocations.begin(replaced);
      return updated;
    }
  }

  private async unchanged(id: string, expectedVersion: number | null | undefined): Promise<ConnectionRow> {
    const row = await this.require(id);
    requireVersion(row, expectedVersion);
    return row;
  }

  /** Tries the connection step by step and keeps what was found. */
  async test(id: string, writeProbeIn: Address | undefined, context: Context): Promise<ConnectionRow> {
    const row = await this.require(id);
    const { status, statusMessage } = this.parts.clients.statusOf(row);
    if (status === 'INCOMPLETE') {
      throw new Refusal({ code: 'CONNECTION_INCOMPLETE', message: statusMessage, field: ['id'] });
    }
    const time = AbortSignal.timeout(this.parts.base.config.limits.platformTime - TEST_MARGIN_MS);
    const call = {
      signal: AbortSignal.any([context.signal, time]),
      priority: 'INTERACTIVE' as const,
      owner: context.requestId,
    };
    const checks = await probe(this.parts.platforms, row, call, writeProbeIn);
    const names = await this.parts.names.find(row, checks, call);
    return this.keepChecks(row, checks, names);
  }

  async delete(id: string, expectedVersion: number | null | undefined): Promise<string> {
    const { db } = this.parts.base;
    await db.transact((tx) => this.requireUnused(tx, id, expectedVersion));
    const signal = AbortSignal.timeout(PARTING_MS);
    for (const part of this.partings) await part(id, signal);
    const deleted = await db.transact(async (tx) => {
      const row = await this.requireUnused(tx, id, expectedVersion);
      await this.parts.store.delete(tx, id);
      return row;
    });
    this.parts.revocations.begin(deleted);
    return id;
  }

  private async requireUnused(tx: Transaction, id: string, version: number | null | undefined): Promise<ConnectionRow> {
    const row = await this.parts.store.updateIn(tx, id, async () => null);
    if (row === null) throw notFound('connection');
    requireVersion(row, version);
    if (await this.isUsed(tx, id)) throw inUse();
    return row;
  }

  /** Whether something else needs the connection. */
  async isUsed(tx: Transaction, id: string): Promise<boolean> {
    for (const isUsed of this.users) if (await isUsed(tx, id)) return true;
    return false;
  }

  async require(id: string): Promise<ConnectionRow> {
    const row = await this.parts.store.byId(id);
    if (row === null) throw notFound('connection');
    return row;
  }

  private async newRow(
    input: ConnectionCreateInput,
    choice: FolderChoice | null,
    actorId: string,
  ): Promise<ConnectionRow> {
    const problems = new Problems();
    checkName(problems, input.name);
    const wanted = readSettings(input.settings, problems, this.parts.base.config);
    const client = wanted && input.credential ? readCredential(input.credential, wanted.settings, problems) : null;
    checkChoice(choice, null, problems);
    problems.refuseIfAny();
    if (wanted === null) throw notFound('platform', 'input');
    const id = newId('con');
    const now = new Date(this.parts.base.clock.now());
    const sealed = { id, ...wanted, credential: client && this.parts.clients.seal(client, id), tokens: null };
    return {
      ...sealed,
      ...namesOf(input.name, wanted.settings),
      ...this.parts.clients.statusOf(sealed),
      version: 1,
      platform: wanted.settings.kind,
      credentialHint: client?.id ?? null,
      signInId: null,
      notes: null,
      budgetId: await this.parts.clients.budgetIdOf(sealed),
      checkedAt: null,
      checks: [],
      draftUntil: input.isDraft ? new Date(now.getTime() + DRAFT_MS) : null,
      createdAt: now,
      updatedAt: now,
      updatedById: actorId,
    };
  }

  /** The columns that an update changes; what is absent in the input stays. */
  private changed(
    row: ConnectionRow,
    input: ConnectionUpdateInput,
    choice: FolderChoice | null,
    updatedById: string,
  ): Partial<ConnectionRow> {
    const problems = new Problems();
    checkName(problems, input.name);
    const wanted = this.wanted(row, input, problems);
    const client = input.credential ? readCredential(input.credential, wanted.settings, problems) : null;
    checkChoice(choice, row.settings.kind === 'NETWORK_FILE_SHARE' ? row.settings.location : null, problems);
    problems.refuseIfAny();
    const name = input.name === undefined ? {} : namesOf(input.name, row.settings);
    const secret = { ...wanted, ...this.credentialAfter(row, wanted, client) };
    const keepsTokens = this.parts.clients.clientKey({ ...row, ...secret }) === this.parts.clients.clientKey(row);
    const signIn = keepsTokens ? {} : { tokens: null, signInId: null };
    const isTouched = input.settings != null || input.credential != null;
    const health = isTouched
      ? { ...this.parts.clients.statusOf({ ...row, ...secret, ...signIn }), checkedAt: null, checks: [] }
      : {};
    const updatedAt = new Date(this.parts.base.clock.now());
    return { ...name, ...secret, ...signIn, ...health, version: row.version + 1, updatedAt, updatedById };
  }

  private wanted(row: ConnectionRow, input: ConnectionUpdateInput, problems: Problems): Wanted {
    const same = { settings: row.settings, method: row.method };
    if (input.settings == null) return same;
    const wanted = readSettings(input.settings, problems, this.parts.base.config);
    if (wanted === null) return same;
    if (wanted.settings.kind !== row.platform) {
      problems.add('INVALID', ['input', 'settings'], 'A connection keeps its platform; create another one instead.');
      return same;
    }
    return { ...wanted, settings: this.parts.names.keep(row, wanted.settings) };
  }

  /** A secret is for the pair of hosts that it was given for: another login or API host does not get it. */
  private credentialAfter(row: ConnectionRow, { settings }: Wanted, client: StoredClient | null) {
    if (client !== null) return { credential: this.parts.clients.seal(client, row.id), credentialHint: client.id };
    const isKept =
      settings.kind === 'PROCORE' &&
      row.settings.kind === 'PROCORE' &&
      settings.clientCredentials === 'CUSTOM' &&
      isDeepStrictEqual(originsOf(settings), originsOf(row.settings));
    return isKept ? {} : { credential: null, credentialHint: null };
  }

  private async keepChecks(
    tested: ConnectionRow,
    checks: Check[],
    names: Partial<StoredSettings>,
  ): Promise<ConnectionRow> {
    const kept = await this.parts.store.update(tested.id, async (row) => {
      // The connection was changed during its test: the result is that of the former settings and is not kept.
      if (row.version !== tested.version) return null;
      const condition = conditionAfter(this.parts.clients.statusOf(row), checks);
      const settings = { ...row.settings, ...names } as StoredSettings;
      const draftUntil = isUsable(condition.status) ? null : row.draftUntil;
      return { ...condition, checks, settings, draftUntil, checkedAt: new Date(this.parts.base.clock.now()) };
    });
    if (kept === null) throw notFound('connection');
    return kept;
  }
}

/** Absent or null is the platform's own name; a name that is given can be read. */
function checkName(problems: Problems, name: string | null | undefined): void {
  if (name !== null && name !== undefined) {
    checkText(problems, name, ['input', 'name'], { max: MAX_NAME_CHARACTERS, isRequired: true });
  }
}

function isEmpty({ name, settings, credential }: ConnectionUpdateInput): boolean {
  return name === undefined && settings == null && credential == null;
}

function namesOf(given: string | null | undefined, settings: StoredSettings): Pick<ConnectionRow, 'name' | 'nameKey'> {
  const name = tidy(given) ?? describePlatformKind(settings.kind).displayName;
  return { name, nameKey: nameKeyOf(name) };
}

function inUse(): Refusal {
  return new Refusal({
    code: 'IN_USE',
    message: 'A job uses this connection. Change or delete the job first.',
    field: ['id'],
  });
}
