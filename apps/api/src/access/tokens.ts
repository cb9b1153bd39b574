import type { ApiTokenRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { requireCaller, type Caller, type Context } from '../graphql/context.js';
import { requestError } from '../graphql/errors.js';
import { newId } from '../graphql/ids.js';
import { pageSize } from '../graphql/paging.js';
import type { Scope } from '../graphql/scopes.js';
import { notFound, Problems, Refusal } from '../problems.js';
import { hashToken, randomToken } from '../secrets/vault.js';
import { checkText } from '../text.js';
import { ACCESS_CHANNEL } from './channel.js';
import type { Idempotency } from './idempotency.js';
import { requirePerson } from './persons.js';
import type { AccessStore } from './access.store.js';

export const MAX_LISTED_TOKENS = 500;
const SHOWN_CHARACTERS = 8;

export interface NewToken {
  displayName: string;
  scopes: Scope[];
  expiresAt?: Date | null;
}

export interface CreatedToken {
  token: ApiTokenRow;
  secret: string | null;
}

/** Credentials of other systems, made and revoked by people. */
export class TokenService {
  constructor(
    private readonly base: Pick<Base, 'db' | 'clock' | 'config' | 'hub'>,
    private readonly store: AccessStore,
    private readonly idempotency: Idempotency,
  ) {}

  /** Makes a token; its text is given once, and is null when an earlier request with this key made it. */
  async create(input: NewToken, key: string | null, context: Context): Promise<CreatedToken> {
    const person = requirePerson(context);
    const request = { mutation: 'apiTokenCreate', key, argument: input, keep: withoutSecrets };
    return this.idempotency.once<CreatedToken>(context, request, async () => {
      this.check(input, person);
      const secret = `slt_${randomToken()}`;
      const token = this.newToken(input, secret, person);
      return async (tx) => {
        await this.requireRoom(tx, person);
        await this.store.insertToken(tx, token);
        tx.concerns(token.id);
        return { token, secret };
      };
    });
  }

  private async requireRoom(tx: Transaction, { personId }: Caller): Promise<void> {
    const { maxTokensPerPerson } = this.base.config.limits;
    const count = await this.store.countLiveTokens(tx, personId, new Date(this.base.clock.now()));
    if (count < maxTokensPerPerson) return;
    const message = `A person has at most ${maxTokensPerPerson} tokens. Revoke one that is no longer needed.`;
    throw new Refusal({ code: 'LIMIT_EXCEEDED', message });
  }

  private newToken(input: NewToken, secret: string, person: Caller): ApiTokenRow {
    return {
      id: newId('tok'),
      displayName: input.displayName.normalize('NFC').trim(),
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      tokenHash: hashToken(secret),
      scopes: [...new Set(input.scopes)].sort(),
      expiresAt: input.expiresAt ?? null,
      lastUsedAt: null,
      revokedAt: null,
      createdById: person.actorId,
      createdAt: new Date(this.base.clock.now()),
    };
  }

  /** Ends a token; one that has ended already stays as it is. */
  async revoke(id: string, context: Context): Promise<ApiTokenRow> {
    const visible = await this.visible([id], context);
    if (visible[0] === undefined) throw notFound('token');
    await this.store.revokeToken(id, new Date(this.base.clock.now()));
    this.base.hub.wake(ACCESS_CHANNEL);
    const [token] = await this.store.tokensByIds([id]);
    if (token === undefined) throw notFound('token');
    return token;
  }

  /**
   * The caller's own, or all for those who manage them; latest first, the first ones or those after the token with an
   * identifier. Throws PAGE_SIZE_OUT_OF_RANGE, and CURSOR_INVALID where the caller sees no such token.
   */
  async list(first: number, afterId: string | null, context: Context): Promise<ApiTokenRow[]> {
    const { size } = pageSize({ first }, MAX_LISTED_TOKENS);
    const after = afterId === null ? null : (await this.visible([afterId], context))[0];
    if (after === undefined)
      throw requestError('CURSOR_INVALID', 'after is not the identifier of a token in this list.');
    return this.store.tokens(ownership(requireCaller(context)), after, size);
  }

  /** Those of the tokens that the caller may see. */
  async visible(ids: readonly string[], context: Context): Promise<ApiTokenRow[]> {
    const caller = requireCaller(context);
    const tokens = await this.store.tokensByIds(ids);
    const isOwn = (token: ApiTokenRow) => token.createdById === caller.actorId || token.id === caller.actorId;
    return tokens.filter((token) => caller.scopes.has('TOKENS_MANAGE') || isOwn(token));
  }

  private check(input: NewToken, person: Caller): void {
    const problems = new Problems();
    checkText(problems, input.displayName, ['displayName'], { max: 200, isRequired: true });
    if (input.scopes.length === 0) problems.add('REQUIRED', ['scopes'], 'Give the token at least one right.');
    input.scopes.forEach((scope, index) => {
      if (!person.scopes.has(scope))
        problems.add('FORBIDDEN', ['scopes', index], `You do not have the right ${scope} yourself.`);
    });
    if (input.expiresAt && input.expiresAt.getTime() <= this.base.clock.now()) {
      problems.add('OUT_OF_RANGE', ['expiresAt'], 'The end of the token has to lie in the future.');
    }
    problems.refuseIfAny();
  }
}

/** Which tokens the caller may see: every one with TOKENS_MANAGE, else those a person made, or the token itself. */
function ownership({ scopes, kind, actorId }: Caller): { createdById?: string; id?: string } {
  if (scopes.has('TOKENS_MANAGE')) return {};
  return kind === 'USER' ? { createdById: actorId } : { id: actorId };
}

const withoutSecrets = ({ token }: CreatedToken): CreatedToken => ({
  token: { ...token, tokenHash: '' },
  secret: null,
});
