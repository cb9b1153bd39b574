import { randomBytes } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';
import { authorizationUrl, exchangeCode, type TokenSet } from '@sluice/procore';
import type { ConnectionRow, FlowRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { inOrder, requireCaller, type Caller, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import { notFound, problemOf, Refusal, type Problem } from '../problems.js';
import { hashToken } from '../secrets/vault.js';
import type { Clients } from './clients.js';
import { FlowStore } from './flow.store.js';
import type { StoredClient } from './rules.js';
import type { ConnectionStore } from './connection.store.js';

const FLOW_MS = 10 * 60_000;
const EXCHANGE_MS = 20_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Redirect address by which a platform shows the code instead of sending it. */
const COPY_CODE_URI = 'urn:ietf:wg:oauth:2.0:oob';

/** Where a sign-in ends: at a page of this server, at the page that closes itself, or with a code to copy. */
export interface Return {
  returnTo: string | null;
  copyCode: boolean;
}

export interface OAuthParts {
  base: Base;
  store: ConnectionStore;
  clients: Clients;
}

export interface Callback {
  code: string | null;
  state: string | null;
  error: string | null;
}

/** Sign-ins of people at platforms, by OAuth's authorization code. */
export class OAuthService {
  readonly flows: FlowStore;

  constructor(private readonly parts: OAuthParts) {
    this.flows = new FlowStore(parts.base);
  }

  /** The redirect address that has to be registered with the client, equal in every character. */
  get redirectUrl(): string {
    return `${this.parts.base.config.publicUrl}/oauth/callback`;
  }

  /** Begins a sign-in; the address to open is in the flow. */
  async start(connectionId: string, { returnTo, copyCode }: Return, context: Context): Promise<FlowRow> {
    const row = await this.parts.store.byId(connectionId);
    if (row === null) throw notFound('connection', 'connectionId');
    const { client, loginUrl } = this.requireClient(row);
    if (returnTo !== null && copyCode) {
      const message = 'A code that is copied returns nowhere; leave the address to return to out.';
      throw new Refusal({ code: 'INVALID', message, field: ['returnTo'] });
    }
    if (returnTo !== null && !this.mayReturnTo(returnTo)) {
      throw new Refusal({
        code: 'INVALID',
        message: 'The address to return to has to be one of this server.',
        field: ['returnTo'],
      });
    }
    const state = randomBytes(32).toString('hex');
    const redirectUri = copyCode ? COPY_CODE_URI : this.redirectUrl;
    const now = this.parts.base.clock.now();
    const flow: FlowRow = {
      id: newId('oau'),
      connectionId,
      stateHash: hashToken(state),
      sessionId: requireCaller(context).sessionId,
      state: 'PENDING',
      clientKey: this.parts.clients.clientKey(row),
      authorizationUrl: authorizationUrl({ loginUrl, clientId: client.id, redirectUri, state }),
      returnTo: copyCode ? COPY_CODE_URI : returnTo,
      failure: null,
      expiresAt: new Date(now + FLOW_MS),
      createdAt: new Date(now),
    };
    await this.flows.insert(flow);
    return flow;
  }

  /**
   * Ends the flow of a callback, once. Null when the state is wrong, used, late or another session's; nothing is
   * changed then.
   */
  async finish({ code, state, error }: Callback, caller: Caller | null): Promise<FlowRow | null> {
    const flow = state === null ? null : await this.flows.take(hashToken(state), caller?.sessionId ?? null);
    if (flow === null) return null;
    if (error !== null) {
      const isDenied = error === 'access_denied';
      const message = isDenied ? 'The sign-in was declined.' : 'The platform did not sign the person in.';
      return this.flows.end(flow, isDenied ? 'DENIED' : 'FAILED', { code: 'SIGN_IN_REQUIRED', message });
    }
    return this.redeem(flow, code);
  }

  /**
   * Ends the flow of a code that the platform showed and a person copied, once. Throws a `Refusal` for a flow that does not
   * wait for one, or that another session began.
   */
  async complete(flowId: string, code: string, context: Context): Promise<FlowRow> {
    const given = code.trim();
    if (given === '')
      throw new Refusal({ code: 'REQUIRED', message: 'Give the code that was shown.', field: ['code'] });
    const flow = await this.flows.takeForCode(flowId, COPY_CODE_URI, requireCaller(context).sessionId);
    if (flow === null) {
      const message = 'There is no such sign-in that waits for a code; begin one with copyCode.';
      throw new Refusal({ code: 'NOT_FOUND', message, field: ['id'] });
    }
    return this.redeem(flow, given);
  }

  private async redeem(flow: FlowRow, code: string | null): Promise<FlowRow> {
    try {
      const row = flow.connectionId === null ? null : await this.parts.store.byId(flow.connectionId);
      if (row === null || this.parts.clients.clientKey(row) !== flow.clientKey) throw changedMeanwhile();
      if (code === null) throw new PlatformError('REJECTED', 'The platform sent no code.');
      return await this.keep(flow, await this.exchange(row, flow, code));
    } catch (cause) {
      return this.flows.end(flow, 'FAILED', failureOf(cause));
    }
  }

  /** Flows as they are now: one that nobody completed in time has expired. */
  async byIds(ids: readonly string[]): Promise<(FlowRow | null)[]> {
    const now = this.parts.base.clock.now();
    const isLate = (flow: FlowRow) => flow.state === 'PENDING' && flow.expiresAt.getTime() <= now;
    const asOfNow = (flow: FlowRow): FlowRow =>
      isLate(flow) ? { ...flow, state: 'EXPIRED', authorizationUrl: null } : flow;
    return inOrder(ids, (await this.flows.byIds(ids)).map(asOfNow));
  }

  private exchange(row: ConnectionRow, { returnTo }: FlowRow, code: string): Promise<TokenSet> {
    const { client, loginUrl } = this.requireClient(row);
    const { fetch, clock, random } = this.parts.base;
    const signal = AbortSignal.timeout(EXCHANGE_MS);
    const redirectUri = returnTo === COPY_CODE_URI ? COPY_CODE_URI : this.redirectUrl;
    return exchangeCode({ loginUrl, client, fetch, clock, random, signal, code, redirectUri });
  }

  /** Stores the tokens, the flow that they came from and the end of that flow in one transaction. */
  private keep(flow: FlowRow, tokens: TokenSet): Promise<FlowRow> {
    return this.parts.base.db.transact(async (tx) => {
      const id = flow.connectionId ?? '';
      const sealed = this.parts.base.vault.seal(tokens, id);
      const updated = await this.parts.store.updateIn(tx, id, async (row) => {
        if (this.parts.clients.clientKey(row) !== flow.clientKey) return null;
        const signedIn = { tokens: sealed, signInId: flow.id };
        return { ...signedIn, ...this.parts.clients.statusOf({ ...row, ...signedIn }), checkedAt: null, checks: [] };
      });
      if (updated?.signInId !== flow.id) throw changedMeanwhile();
      return this.flows.endIn(tx, flow, 'COMPLETED', null);
    });
  }

  private requireClient(row: ConnectionRow): { client: StoredClient; loginUrl: string } {
    if (row.settings.kind !== 'PROCORE' || row.method !== 'OAUTH_AUTHORIZATION_CODE') {
      throw new Refusal({ code: 'INVALID', message: 'Nobody signs in to this connection.', field: ['connectionId'] });
    }
    const client = this.parts.clients.clientOf(row);
    if (client !== null) return { client, loginUrl: row.settings.loginUrl };
    const isOwn = row.settings.clientCredentials === 'SYSTEM_DEFAULT';
    const code = isOwn ? 'OAUTH_CLIENT_MISSING' : 'CONNECTION_INCOMPLETE';
    throw new Refusal({ code, message: this.parts.clients.statusOf(row).statusMessage, field: ['connectionId'] });
  }

  private mayReturnTo(address: string): boolean {
    const [own, wanted] = [new URL(this.parts.base.config.publicUrl), new URL(address)];
    const isLoopback = LOOPBACK.has(own.hostname) && LOOPBACK.has(wanted.hostname);
    const isSameHost = own.hostname === wanted.hostname || isLoopback;
    const isBelow = `${wanted.pathname}/`.startsWith(`${own.pathname.replace(/\/$/, '')}/`);
    return own.protocol === wanted.protocol && own.port === wanted.port && isSameHost && isBelow;
  }
}

function changedMeanwhile(): Refusal {
  return new Refusal({ code: 'INVALID', message: 'The connection was changed during the sign-in. Sign in again.' });
}

function failureOf(cause: unknown): Problem {
  if (cause instanceof PlatformError) return problemOf(cause);
  if (cause instanceof Refusal && cause.problems[0] !== undefined) return cause.problems[0];
  throw cause;
}
