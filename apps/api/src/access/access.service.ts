import type { ApiTokenRow, SessionRow, UserRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Caller } from '../graphql/context.js';
import { requestError } from '../graphql/errors.js';
import { newId } from '../graphql/ids.js';
import { SCOPES_OF, type Scope } from '../graphql/scopes.js';
import { Refusal } from '../problems.js';
import { hashToken, randomToken } from '../secrets/vault.js';
import { ACCESS_CHANNEL } from './channel.js';
import { readSessionCookie } from './cookies.js';
import { MAX_LOGIN_CHARACTERS, normalizeLogin } from './logins.js';
import { fitsPassword, hashPassword, MAX_PASSWORD_CHARACTERS } from './passwords.js';
import { SignInGuard } from './sign-in-guard.js';
import { AccessStore } from './access.store.js';

/** The last use of a session or token is stored at most this often, so that not every read writes. */
const TOUCH_INTERVAL_MS = 60_000;

/** The headers of a request that say who sent it. */
export interface Credentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
}

/** Signs people in and out, and tells which person or token sends a request and with which rights. */
export class AccessService {
  readonly store: AccessStore;
  /** Shared by all that ask for a password. */
  readonly guard: SignInGuard;

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'config' | 'hub'>) {
    this.store = new AccessStore(base.db);
    this.guard = new SignInGuard(base.clock, base.config.limits);
  }

  /**
   * Makes the first administrator. Until that person has signed in, every start gives them a new password, because the
   * password of a start that failed was perhaps never read. Returns the password if it was generated, to be shown.
   */
  async ensureAdministrator(): Promise<{ login: string; password: string } | null> {
    const { adminUser, adminPassword } = this.base.config;
    if (await this.store.hasAnyoneSignedIn()) return null;
    const password = adminPassword ?? randomToken(15);
    await this.store.saveFirstAdministrator({
      id: newId('usr'),
      version: 1,
      login: normalizeLogin(adminUser),
      displayName: adminUser,
      role: 'ADMINISTRATOR',
      isActive: true,
      passwordHash: await hashPassword(password),
      lastSeenAt: null,
      createdAt: this.now(),
      updatedById: null,
    });
    return adminPassword === null ? { login: adminUser, password } : null;
  }

  /** The oldest active administrator, in whose name the installation acts by itself, as the demo does. */
  async administrator(): Promise<Caller> {
    const user = await this.store.oldestAdministrator();
    if (user === null) throw new Error('There is no active administrator.');
    return {
      actorId: user.id,
      personId: user.id,
      kind: 'USER',
      displayName: user.displayName,
      scopes: SCOPES_OF[user.role],
      sessionId: null,
      expiresAt: null,
    };
  }

  /** The caller of a request; a token goes before a cookie. Null when no session is alive. Throws UNAUTHENTICATED for a bad token. */
  async identify({ authorization, cookie }: Credentials): Promise<Caller | null> {
    if (authorization !== undefined) return this.identifyToken(authorization);
    const session = readSessionCookie(cookie);
    if (session === null) return null;
    const found = await this.liveSession({ tokenHash: hashToken(session) });
    if (found === null) return null;
    if (this.isStale(found.session.usedAt)) await this.store.touchSession(found.session, this.now());
    return this.sessionCaller(found.session, found.user);
  }

  /** The caller with the rights of this moment, for connections that stay open; null when the session or token has ended. */
  async renew(caller: Caller): Promise<Caller | null> {
    if (caller.sessionId !== null) {
      const found = await this.liveSession({ id: caller.sessionId });
      return found && this.sessionCaller(found.session, found.user);
    }
    const found = await this.store.liveToken({ id: caller.actorId });
    return found && this.isCurrent(found.token) ? tokenCaller(found.token, found.user) : null;
  }

  /**
   * Signs a person in; gives the text of the session's cookie, of which only the hash is stored. `concern` is told whose
   * password is tried, before it is known to be right. Throws `TooManyAttemptsError`.
   */
  async signIn(
    login: string,
    password: string,
    address: string,
    concern: (personId: string) => void = () => undefined,
  ): Promise<{ caller: Caller; token: string }> {
    const name = normalizeLogin(login);
    const isPossible = name.length <= MAX_LOGIN_CHARACTERS && password.length <= MAX_PASSWORD_CHARACTERS;
    const user = isPossible
      ? await this.guard.attempt(name, address, () => this.userWith(name, password, concern))
      : null;
    if (user === null) throw signInFailed();
    return this.openSession(user);
  }

  async signOut(caller: Caller | null): Promise<void> {
    if (!caller?.sessionId) return;
    await this.store.deleteSession(caller.sessionId, caller.personId);
    this.base.hub.wake(ACCESS_CHANNEL);
  }

  /** Removes sessions that have not been used for longer than a session may rest. */
  async prune(): Promise<void> {
    await this.store.deleteSessionsBefore(new Date(this.base.clock.now() - this.base.config.limits.sessionIdle));
  }

  /** The active person with that name and password, else null; an unknown name takes as long as a wrong password. */
  private async userWith(name: string, password: string, concern: (id: string) => void): Promise<UserRow | null> {
    const user = await this.store.userByLogin(name);
    if (user !== null) concern(user.id);
    const fits = await fitsPassword(user?.passwordHash ?? null, password);
    return fits && user?.isActive === true ? user : null;
  }

  private async openSession(user: UserRow): Promise<{ caller: Caller; token: string }> {
    const token = randomToken();
    const now = this.now();
    const session = { id: newId('ses'), tokenHash: hashToken(token), userId: user.id, createdAt: now, usedAt: now };
    if (!(await this.store.insertSession(session, user))) throw signInFailed();
    return { caller: this.sessionCaller(session, user), token };
  }

  private async identifyToken(authorization: string): Promise<Caller> {
    const text = /^Bearer ([\w-]{20,200})$/i.exec(authorization)?.[1];
    const found = text === undefined ? null : await this.store.liveToken({ tokenHash: hashToken(text) });
    if (found === null || !this.isCurrent(found.token)) {
      throw requestError('UNAUTHENTICATED', 'The token is unknown, revoked or at its end.');
    }
    if (this.isStale(found.token.lastUsedAt)) await this.store.touchToken(found.token.id, this.now());
    return tokenCaller(found.token, found.user);
  }

  private liveSession(key: { tokenHash: string } | { id: string }) {
    const { sessionIdle, sessionLife } = this.base.config.limits;
    const now = this.base.clock.now();
    return this.store.liveSession(key, new Date(now - sessionIdle), new Date(now - sessionLife));
  }

  private sessionCaller(session: SessionRow, user: UserRow): Caller {
    return {
      actorId: user.id,
      personId: user.id,
      kind: 'USER',
      displayName: user.displayName,
      scopes: SCOPES_OF[user.role],
      sessionId: session.id,
      expiresAt: new Date(session.createdAt.getTime() + this.base.config.limits.sessionLife),
    };
  }

  private isCurrent(token: ApiTokenRow): boolean {
    return token.expiresAt === null || token.expiresAt.getTime() > this.base.clock.now();
  }

  private isStale(usedAt: Date | null): boolean {
    return usedAt === null || this.base.clock.now() - usedAt.getTime() > TOUCH_INTERVAL_MS;
  }

  private now(): Date {
    return new Date(this.base.clock.now());
  }
}

function signInFailed(): Refusal {
  return new Refusal({ code: 'SIGN_IN_FAILED', message: 'The name or the password is wrong.' });
}

/** The rights of a token: its own scopes, as far as the person who made it still has them. */
function tokenCaller(token: ApiTokenRow, creator: UserRow): Caller {
  const allowed: ReadonlySet<string> = SCOPES_OF[creator.role];
  return {
    actorId: token.id,
    personId: creator.id,
    kind: 'TOKEN',
    displayName: token.displayName,
    scopes: new Set(token.scopes.filter((scope): scope is Scope => allowed.has(scope))),
    sessionId: null,
    expiresAt: token.expiresAt,
  };
}
