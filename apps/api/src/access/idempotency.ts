import type { KeyRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { requireCaller, type Context } from '../graphql/context.js';
import { Refusal } from '../problems.js';
import { decodePayload, encodePayload } from './kept-payload.js';
import { KeyStore, type KeyName } from './key.store.js';

export interface KeyedRequest<T> {
  /** Name of the mutation. */
  mutation: string;
  key: string | null | undefined;
  /** The arguments besides the key; kept as keyed hash. */
  argument: unknown;
  /** What of the result is kept for a replay: all, unless it holds what is shown once. */
  keep?: (made: T) => T;
}

/** The effect of a prepared request; it is carried out in one transaction with the request's key. */
export type Effect<T> = (tx: Transaction) => Promise<T>;

type NamedRequest = KeyName & { argumentsHash: string };

/** Makes creations repeatable: the same key and arguments of the same actor have one effect and one answer. */
export class Idempotency {
  private readonly running = new Set<string>();

  private readonly keys: KeyStore;

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'vault' | 'config'>) {
    this.keys = new KeyStore(base.db);
  }

  /**
   * Prepares the request, which may ask platforms, then carries out its effect in a transaction together with its key, and
   * gives what it made. With the key of an earlier request it does neither: it gives what that one answered, as it was
   * then, and says so in the header `Idempotency-Replayed`. A request that is refused leaves no key behind.
   */
  async once<T>(context: Context, request: KeyedRequest<T>, prepare: () => Promise<Effect<T>>): Promise<T> {
    if (request.key === null || request.key === undefined) return this.base.db.transact(await prepare());
    const name = this.nameOf(context, request, request.key);
    const made = await this.alone(name, async () => {
      const earlier = await this.keys.find(name, this.oldest());
      return earlier === null ? this.createOrFind(name, await prepare(), request.keep) : this.replay<T>(earlier, name);
    });
    if (made.isReplay) context.setHeader('idempotency-replayed', 'true');
    return made.result;
  }

  /** Replaces the kept answer of a request that goes on after its transaction. */
  async keepLater<T>(context: Context, request: KeyedRequest<T>, result: T): Promise<void> {
    if (request.key === null || request.key === undefined) return;
    const name = this.nameOf(context, request, request.key);
    await this.base.db.transact((tx) => this.keys.finish(tx, name, encodePayload(request.keep?.(result) ?? result)));
  }

  /** Removes keys that are older than their lifetime. */
  prune(): Promise<void> {
    return this.keys.deleteBefore(this.oldest());
  }

  private nameOf<T>(context: Context, { mutation, argument }: KeyedRequest<T>, key: string): NamedRequest {
    checkKey(key);
    return { actorId: requireCaller(context).actorId, mutation, key, argumentsHash: this.base.vault.digest(argument) };
  }

  private createOrFind<T>(
    name: NamedRequest,
    effect: Effect<T>,
    keep: (made: T) => T = (made) => made,
  ): Promise<{ result: T; isReplay: boolean }> {
    return this.base.db.transact(async (tx) => {
      const row = { ...name, createdAt: new Date(this.base.clock.now()) };
      const earlier = await this.keys.add(tx, row, this.oldest());
      if (earlier !== null) return this.replay<T>(earlier, name);
      const result = await effect(tx);
      await this.keys.finish(tx, name, encodePayload(keep(result)));
      return { result, isReplay: false };
    });
  }

  private replay<T>(earlier: KeyRow, { argumentsHash }: NamedRequest): { result: T; isReplay: boolean } {
    if (earlier.argumentsHash !== argumentsHash) throw reused();
    return { result: decodePayload(earlier.payload) as T, isReplay: true };
  }

  private async alone<T>({ actorId, mutation, key }: KeyName, work: () => Promise<T>): Promise<T> {
    const name = `${actorId}\n${mutation}\n${key}`;
    if (this.running.has(name)) throw inProgress();
    this.running.add(name);
    try {
      return await work();
    } finally {
      this.running.delete(name);
    }
  }

  private oldest(): Date {
    return new Date(this.base.clock.now() - this.base.config.limits.idempotencyRetention);
  }
}

function reused(): Refusal {
  return new Refusal({
    code: 'IDEMPOTENCY_KEY_REUSED',
    message: 'This key was used with other arguments. Take a new key for a new request.',
    field: ['idempotencyKey'],
  });
}

function inProgress(): Refusal {
  return new Refusal({
    code: 'IDEMPOTENCY_IN_PROGRESS',
    message: 'A request with this key is not finished yet. Ask again in a moment.',
    field: ['idempotencyKey'],
    isRetryable: true,
  });
}

function checkKey(key: string): void {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return;
  throw new Refusal({
    code: 'INVALID',
    message: 'A key has 1 to 255 printable characters.',
    field: ['idempotencyKey'],
  });
}
