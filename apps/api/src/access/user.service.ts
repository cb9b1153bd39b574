import type { UserRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { hasScope, requireCaller, type Context } from '../graphql/context.js';
import { requestError } from '../graphql/errors.js';
import { newId } from '../graphql/ids.js';
import { pageSize } from '../graphql/paging.js';
import { ROLE_SCOPES, type Role } from '../graphql/scopes.js';
import { notFound, Problems, Refusal, requireVersion } from '../problems.js';
import { checkText, tidy } from '../text.js';
import { ACCESS_CHANNEL } from './channel.js';
import type { Idempotency } from './idempotency.js';
import { MAX_LOGIN_CHARACTERS, normalizeLogin } from './logins.js';
import { checkPassword } from './password-rules.js';
import { fitsPassword, hashPassword, MAX_PASSWORD_CHARACTERS } from './passwords.js';
import { requirePerson } from './persons.js';
import type { SignInGuard } from './sign-in-guard.js';
import type { UserStore } from './user.store.js';
import type { UserCreateInput, UserUpdateInput } from './user.types.js';

export const MAX_LISTED_USERS = 500;
const MAX_NAME_CHARACTERS = 200;

interface Passwords {
  currentPassword: string;
  newPassword: string;
}

const withoutSecrets = (row: UserRow): UserRow => ({ ...row, passwordHash: '' });

/** People who sign in: made, changed and shut out by those who manage them; each changes their own password. */
export class UserService {
  constructor(
    private readonly base: Pick<Base, 'db' | 'clock' | 'hub'>,
    private readonly store: UserStore,
    private readonly guard: SignInGuard,
    private readonly idempotency: Idempotency,
  ) {}

  /** By name, the first ones or those after the person with an identifier, of those with a text in their names. Throws PAGE_SIZE_OUT_OF_RANGE, CURSOR_INVALID. */
  async list(first: number, afterId: string | null, search: string | null = null): Promise<UserRow[]> {
    const { size } = pageSize({ first }, MAX_LISTED_USERS);
    const after = afterId === null ? null : await this.store.byId(afterId);
    if (afterId !== null && after === null)
      throw requestError('CURSOR_INVALID', 'after is not the identifier of a user.');
    return this.store.list(after, size, tidy(search));
  }

  create(input: UserCreateInput, key: string | null, context: Context): Promise<UserRow> {
    const request = { mutation: 'userCreate', key, argument: input, keep: withoutSecrets };
    return this.idempotency.once<UserRow>(context, request, async () => {
      this.check(input, context);
      const user = await this.newUser(input, requireCaller(context).actorId);
      return async (tx) => {
        tx.concerns(user.id);
        if (await this.store.insert(tx, user)) return user;
        const message = `Another user has the name ${user.login} at sign-in. Choose another name.`;
        throw new Refusal({ code: 'TAKEN', message, field: ['input', 'login'] });
      };
    });
  }

  /** Changes a person. Who is shut out loses sessions and tokens at once; who loses rights loses those of the tokens too. */
  async update(
    id: string,
    input: UserUpdateInput,
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<UserRow> {
    const changes = this.read(input, context);
    return this.base.db.transact(async (tx) => {
      await this.store.lockAdministrators(tx);
      const row = await this.store.lock(tx, id);
      if (row === null) throw notFound('user');
      requireVersion(row, expectedVersion);
      const after = { ...row, ...changes };
      if (!isOther(row, after)) return row;
      if (isAdministrator(row) && !isAdministrator(after)) await this.requireOtherAdministrator(tx, id);
      return this.save(tx, row, after, requireCaller(context).actorId);
    });
  }

  /**
   * Gives a person a new password, by the caller's own present one, and ends the sessions that were opened with the
   * former one. Throws `TooManyAttemptsError`.
   */
  async changePassword(
    userId: string | null,
    { currentPassword, newPassword }: Passwords,
    context: Context,
  ): Promise<UserRow> {
    const person = requirePerson(context);
    const id = userId ?? person.personId;
    if (id !== person.personId && !hasScope(context, 'USERS_MANAGE')) throw notFound('user', 'userId');
    const [caller, user] = [await this.store.byId(person.personId), await this.store.byId(id)];
    if (caller === null || user === null) throw notFound('user', 'userId');
    const problems = new Problems();
    checkPassword(problems, newPassword, ['newPassword'], [user.login, user.displayName]);
    if (!(await this.isPasswordOf(caller, currentPassword, context)))
      problems.add('PASSWORD_REJECTED', ['currentPassword'], 'This is not your present password.');
    problems.refuseIfAny();
    return this.savePassword(caller, user, await hashPassword(newPassword), person.sessionId);
  }

  private check({ login, displayName, role, password }: UserCreateInput, context: Context): void {
    const problems = new Problems();
    checkText(problems, login, ['input', 'login'], { max: MAX_LOGIN_CHARACTERS, isRequired: true });
    checkText(problems, displayName, ['input', 'displayName'], { max: MAX_NAME_CHARACTERS, isRequired: true });
    this.checkRole(problems, role, context);
    checkPassword(problems, password, ['input', 'password'], [login, displayName]);
    problems.refuseIfAny();
  }

  private async newUser(
    { login, displayName, role, password }: UserCreateInput,
    updatedById: string,
  ): Promise<UserRow> {
    return {
      id: newId('usr'),
      version: 1,
      login: normalizeLogin(login),
      displayName: tidy(displayName) ?? '',
      role,
      isActive: true,
      passwordHash: await hashPassword(password),
      lastSeenAt: null,
      createdAt: this.now(),
      updatedById,
    };
  }

  /** The given fields; each of them holds something, since none can be removed. */
  private read({ displayName, role, isActive }: UserUpdateInput, context: Context): Partial<UserRow> {
    const problems = new Problems();
    for (const [name, value] of Object.entries({ displayName, role, isActive }))
      if (value === null) problems.add('REQUIRED', ['input', name], 'This cannot be removed; leave it out to keep it.');
    if (typeof displayName === 'string')
      checkText(problems, displayName, ['input', 'displayName'], { max: MAX_NAME_CHARACTERS, isRequired: true });
    if (role) this.checkRole(problems, role, context);
    problems.refuseIfAny();
    return {
      ...(typeof displayName === 'string' ? { displayName: tidy(displayName) ?? '' } : {}),
      ...(role ? { role } : {}),
      ...(typeof isActive === 'boolean' ? { isActive } : {}),
    };
  }

  /** Nobody gives rights that they lack, or a token could make a person who has more than itself. */
  private checkRole(problems: Problems, role: Role, context: Context): void {
    const missing = ROLE_SCOPES[role].filter((scope) => !hasScope(context, scope));
    if (missing.length === 0) return;
    const message = `This role has rights that you lack: ${missing.join(', ')}.`;
    problems.add('FORBIDDEN', ['input', 'role'], message);
  }

  private async save(tx: Transaction, before: UserRow, after: UserRow, updatedById: string): Promise<UserRow> {
    const saved = { ...after, version: before.version + 1, updatedById };
    await this.store.update(tx, before.id, saved);
    tx.concerns(before.id);
    if (before.isActive && !after.isActive) {
      await this.store.endSessions(tx, before.id, null);
      await this.store.revokeTokens(tx, before.id, this.now());
    }
    tx.onCommit(() => this.base.hub.wake(ACCESS_CHANNEL));
    return saved;
  }

  private async requireOtherAdministrator(tx: Transaction, id: string): Promise<void> {
    if (await this.store.hasOtherAdministrator(tx, id)) return;
    const message = 'This is the last active administrator. Make another user an administrator first.';
    throw new Refusal({ code: 'LAST_ADMINISTRATOR', message, field: ['id'] });
  }

  /** A try counts like one to sign in, or a session that was left open would let others guess the password. */
  private async isPasswordOf(person: UserRow, password: string, context: Context): Promise<boolean> {
    if (password.length > MAX_PASSWORD_CHARACTERS) return false;
    const check = async () => ((await fitsPassword(person.passwordHash, password)) ? true : null);
    return (await this.guard.attempt(person.login, context.address, check)) ?? false;
  }

  /** The caller's password may have been changed while it was looked at: then the present one is another. */
  private savePassword(
    caller: UserRow,
    user: UserRow,
    passwordHash: string,
    sessionId: string | null,
  ): Promise<UserRow> {
    return this.base.db.transact(async (tx) => {
      const [first, second] = [caller.id, user.id].sort();
      const locked = [await this.store.lock(tx, first ?? ''), await this.store.lock(tx, second ?? '')];
      const [callerNow, userNow] = [caller.id, user.id].map((id) => locked.find((row) => row?.id === id));
      if (callerNow?.passwordHash !== caller.passwordHash || !callerNow.isActive || !userNow) {
        const message = 'Your password was changed meanwhile. Try again with the new one.';
        throw new Refusal({ code: 'PASSWORD_REJECTED', message, field: ['currentPassword'] });
      }
      await this.store.update(tx, user.id, { passwordHash });
      tx.concerns(user.id);
      await this.store.endSessions(tx, user.id, user.id === caller.id ? sessionId : null);
      tx.onCommit(() => this.base.hub.wake(ACCESS_CHANNEL));
      return { ...userNow, passwordHash };
    });
  }

  private now(): Date {
    return new Date(this.base.clock.now());
  }
}

const isAdministrator = ({ role, isActive }: UserRow): boolean => role === 'ADMINISTRATOR' && isActive;

const isOther = (before: UserRow, after: UserRow): boolean =>
  before.displayName !== after.displayName || before.role !== after.role || before.isActive !== after.isActive;
