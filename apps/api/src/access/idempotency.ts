import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { requireCaller, type Context } from '../graphql/context.js';
import { Refusal } from '../problems.js';
import { KeyStore, type KeyName, type KeyRow } from './key.store.js';

export interface KeyedRequest {
  /** Name of the mutation. */
  mutation: string;
  key: string | null | undefined;
  /** The arguments besides the key; kept as keyed hash. */
  argument: unknown;
}

/** Makes creations repeatable: the same key and arguments of the same actor have one effect. */
export class Idempotency {
  private readonly running = new Set<string>();

  private readonly keys: KeyStore;

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'vault' | 'config'>) {
    this.keys = new KeyStore(base.db);
  }

  /**
   * Runs `create` in a transaction together with its key, and gives the identifier of what it made; or of what an
   * earlier request with this key made, and then says so in the header `Idempotency-Replayed`. Without a key it always
   * runs. A request that is refused leaves no key behind.
   */
  async once(
    context: Context,
    request: KeyedRequest,
    create: (tx: Transaction) => Promise<string>,
  ): Promise<{ id: string; isReplay: boolean }> {
    const { mutation, key, argument } = request;
    if (key === null || key === undefined) return { id: await this.base.db.transact(create), isReplay: false };
    checkKey(key);
    const actorId = requireCaller(context).actorId;
    const row = { actorId, mutation, key, argumentsHash: this.base.vault.digest(argument) };
    const made = await this.alone(`${actorId}\n${mutation}\n${key}`, () => this.createOrFind(row, create));
    if (made.isReplay) context.setHeader('idempotency-replayed', 'true');
    return made;
  }

  /** Forgets keys that are past their time. */
  prune(): Promise<void> {
    return this.keys.deleteBefore(this.oldest());
  }

  private createOrFind(
    name: KeyName & { argumentsHash: string },
    create: (tx: Transaction) => Promise<string>,
  ): Promise<{ id: string; isReplay: boolean }> {
    return this.base.db.transact(async (tx) => {
      const row = { ...name, createdAt: new Date(this.base.clock.now()) };
      const earlier = await this.keys.add(tx, row, this.oldest());
      if (earlier !== null) return { id: replay(earlier, name.argumentsHash), isReplay: true };
      const id = await create(tx);
      await this.keys.finish(tx, name, { id });
      return { id, isReplay: false };
    });
  }

  private async alone<T>(name: string, work: () => Promise<T>): Promise<T> {
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

function replay(earlier: KeyRow, argumentsHash: string): string {
  if (earlier.argumentsHash === argumentsHash) return (earlier.payload as { id: string }).id;
  throw new Refusal({
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
