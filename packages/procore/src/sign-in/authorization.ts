/*
 * sign-in/ is about who may enter: tokens and their renewal (this file, oauth.ts), hosts that may see them (hosts.ts), the
 * ladder from the sign-in up to the Documents tool (ladder.ts), the check of a connection, and the lists to choose from.
 */
import { discardBody, withTimeout } from '@sluice/core/http';
import type { Authorization } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { isKind } from '../errors.js';
import { refreshTokens, serviceTokens } from './oauth.js';
import type { ProcoreOptions, TokenSet } from '../types.js';
import { throwIfAborted, untilAborted } from '../api/waits.js';
import { apiUrlOf, below } from './hosts.js';

/** Renewal begins so long before the end, or at a sixth of a shorter life. */
const RENEWAL_LEAD_MS = 5 * 60_000;
/** After a failed early renewal the old token serves so long before the next try. */
const REST_MS = 30_000;
/** A token that Procore has accepted somewhere is not doubted for so long. */
const ACCEPTED_FOR_MS = 5 * 60_000;
const PROBE_TIMEOUT_MS = 30_000;

/** The access token of one connection: renewed once for all who ask, and stored before it is used. */
export class ProcoreAuthorization implements Authorization {
  private known: HeldTokens | null = null;
  private renewal: Promise<TokenSet> | null = null;
  private restsUntil = -Infinity;
  /**
   * Came in place of a refused token and has not served in the project yet: when it is refused too, another one would be
   * as well.
   */
  private fresh: string | null = null;
  private accepted: { header: string; at: number } | null = null;

  constructor(private readonly options: ProcoreOptions) {}

  async header(call: Call): Promise<string> {
    this.known ??= this.held(await this.options.tokens.load());
    if (this.known && !this.isDue(this.known)) return bearer(this.known.tokens);
    return bearer(await untilAborted(this.renewed(this.known), call.signal));
  }

  /**
   * A refused token may have been replaced meanwhile, here or by another process; otherwise it is renewed. One that was
   * just renewed for that reason is not renewed again as long as Procore accepts it elsewhere.
   */
  async refused(header: string, call: Call): Promise<boolean> {
    if (this.known && bearer(this.known.tokens) !== header) return true;
    if (header === this.fresh && (await this.isAccepted(call))) return false;
    this.fresh = bearer(await untilAborted(this.renew(header), call.signal));
    return this.fresh !== header;
  }

  /** A token that has served in the project may be renewed again when it is refused later: it was revoked meanwhile. */
  servedInProject(): void {
    this.fresh = null;
  }

  /**
   * Whether Procore accepts the token where no company is concerned, so that a refusal is about the app in the company.
   * A token of a service account exists in a company only: that it was issued is all that can be told. Throws
   * `UNREACHABLE` or `PLATFORM_ERROR` without an answer.
   */
  async isAccepted(call: Call): Promise<boolean> {
    const { clock, grant } = this.options;
    const header = await this.header(call);
    if (grant === 'CLIENT_CREDENTIALS') return header === this.fresh;
    if (this.accepted?.header === header && clock.monotonic() - this.accepted.at < ACCEPTED_FOR_MS) return true;
    const status = await this.probe(header, call);
    if (status >= 500) throw new PlatformError('PLATFORM_ERROR', `Procore answered with an error (${status}).`);
    if (status === 401) return false;
    this.accepted = { header, at: clock.monotonic() };
    return true;
  }

  /** Status of the one request that needs no company. */
  private async probe(authorization: string, call: Call): Promise<number> {
    const { fetch, clock, budget, settings } = this.options;
    const ticket = await budget.take(call);
    try {
      const response = await withTimeout(clock, PROBE_TIMEOUT_MS, call.signal, (signal) => {
        const url = below(apiUrlOf(settings), '/rest/v1.0/me');
        const headers = { accept: 'application/json', authorization };
        return fetch(url, { method: 'GET', headers, redirect: 'manual', signal });
      });
      ticket.settle(response);
      await discardBody(response);
      return response.status;
    } catch (cause) {
      ticket.settle(null);
      throwIfAborted(call.signal);
      throw new PlatformError('UNREACHABLE', 'Procore did not answer.', { cause });
    }
  }

  /** Returns once no renewal is under way: its reply is the only one that holds the new refresh token. */
  async settled(): Promise<void> {
    await this.renewal?.catch(() => undefined);
  }

  /** The tokens and their end by the monotonic clock: from when they are known here, their life no longer depends on the time of day. */
  private held(tokens: TokenSet | null): HeldTokens | null {
    if (!tokens || this.known?.tokens.accessToken === tokens.accessToken) return tokens && this.known;
    const { clock } = this.options;
    const lifeMs = Math.min(tokens.expiresAt - clock.now(), tokens.expiresAt - tokens.obtainedAt);
    return { tokens, endsAt: clock.monotonic() + lifeMs };
  }

  private isDue({ tokens, endsAt }: HeldTokens): boolean {
    const now = this.options.clock.monotonic();
    const early = Math.min(RENEWAL_LEAD_MS, (tokens.expiresAt - tokens.obtainedAt) / 6);
    return endsAt - early <= now && !(now < this.restsUntil && now < endsAt);
  }

  /** An early renewal that fails does no harm while the token lives. */
  private async renewed(held: HeldTokens | null): Promise<TokenSet> {
    try {
      return await this.renew(null);
    } catch (error) {
      const now = this.options.clock.monotonic();
      if (!held || held.endsAt <= now || !isKind(error, 'UNREACHABLE', 'PLATFORM_ERROR')) throw error;
      this.restsUntil = now + REST_MS;
      return held.tokens;
    }
  }

  /** Not bound to the signal of whoever asks first: a refresh that is cut off costs the sign-in. */
  private renew(refused: string | null): Promise<TokenSet> {
    this.renewal ??= this.options.tokens
      .withLock(() => this.renewLocked(refused))
      .finally(() => {
        this.renewal = null;
      });
    return this.renewal;
  }

  private async renewLocked(refused: string | null): Promise<TokenSet> {
    const { tokens } = this.options;
    const stored = this.held(await tokens.load());
    const isFresh = stored && stored.endsAt > this.options.clock.monotonic() && bearer(stored.tokens) !== refused;
    if (isFresh && (refused !== null || !this.isDue(stored))) return (this.known = stored).tokens;
    try {
      const renewed = await this.request(stored?.tokens ?? null);
      await tokens.save(renewed);
      this.known = this.held(renewed);
      return renewed;
    } catch (error) {
      if (isKind(error, 'SIGN_IN_REQUIRED')) await this.forget();
      throw error;
    }
  }

  private async forget(): Promise<void> {
    this.known = null;
    await this.options.tokens.save(null);
  }

  private request(stored: TokenSet | null): Promise<TokenSet> {
    const { settings, client, fetch, clock, random, grant } = this.options;
    const request = { loginUrl: settings.loginUrl, client, fetch, clock, random };
    if (grant === 'CLIENT_CREDENTIALS') return serviceTokens(request);
    if (stored?.refreshToken) return refreshTokens({ ...request, refreshToken: stored.refreshToken });
    throw new PlatformError('SIGN_IN_REQUIRED', 'Nobody is signed in with Procore.', {
      remedy: 'Sign in with Procore.',
    });
  }
}

interface HeldTokens {
  tokens: TokenSet;
  /** When the access token ends, by the monotonic clock. */
  endsAt: number;
}

function bearer(tokens: TokenSet): string {
  return `Bearer ${tokens.accessToken}`;
}
