import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '@sluice/core/http';
import type { AuditRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import type { AuditOutcome } from '../db/tables/audit.js';
import type { Hub } from '../live/hub.js';
import type { Vault } from '../secrets/vault.js';
import type { Attempt } from './attempt.js';
import { AUDIT_CHANNEL } from './audit-kind.js';
import { auditedValues } from './audited-objects.js';
import { AuditStore } from './audit.store.js';
import { changesBetween, type FieldChange } from './field-changes.js';

/** What an event tells; the log adds its time and its place. */
export interface ToldEvent {
  actorId: string | null;
  action: string;
  outcome: AuditOutcome;
  targetId: string | null;
  changes: readonly FieldChange[];
  ipAddress: string | null;
  requestId: string | null;
}

const DAY_MS = 86_400_000;
/** Action of the event that tells which events were removed for their age. */
export const PRUNED_ACTION = 'auditEventsPruned';

/** The log of who did or tried what, which nobody can change without being noticed. */
export class AuditLog {
  readonly store: AuditStore;
  private readonly underWay = new AsyncLocalStorage<Attempt>();
  private count = 0;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    vault: Pick<Vault, 'digest'>,
    private readonly hub: Pick<Hub, 'wake'>,
  ) {
    this.store = new AuditStore(db, vault);
  }

  /**
   * The same database. A transaction that carries out the mutation under way writes its event as its last statement: both
   * are stored, or neither, and durable before it is answered.
   */
  watched(): Database {
    const { db } = this;
    const transact: Database['transact'] = (work, options) => {
      const attempt = this.underWay.getStore();
      if (attempt === undefined || attempt.isWritten) return db.transact(work, options);
      return this.withEvent(attempt, (write) =>
        db.transact(
          async (tx) => {
            const result = await work(tx);
            await write(tx);
            return result;
          },
          { ...options, isDurable: true },
        ),
      );
    };
    return Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(db), transact: { value: transact, configurable: true } },
    ) as Database;
  }

  /** Runs the work of a mutation. While none is under way nothing is tracked, since tracking costs at every promise. */
  async during<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
    this.count++;
    try {
      return await this.underWay.run(attempt, work);
    } finally {
      // What the mutation began and left behind is another matter.
      attempt.isWritten = true;
      this.count--;
      if (this.count === 0) this.underWay.disable();
    }
  }

  /** Writes an event in a transaction of its own. */
  tell(event: ToldEvent): Promise<void> {
    return this.db.transact((tx) => this.append(tx, event));
  }

  /** Removes events that are older than their retention, at most once a day; an event tells up to where, and with which hash. */
  async prune(retentionMs: number): Promise<void> {
    const now = this.clock.now();
    const [oldest] = await this.store.after(0, 1);
    if (oldest === undefined || now - oldest.occurredAt.getTime() < retentionMs + DAY_MS) return;
    const last = await this.store.newestBefore(new Date(now - retentionMs));
    if (last === null) return;
    await this.db.transact(async (tx) => {
      // Another process may have removed them just now, and more of them.
      if (!(await this.store.lockIfKept(tx, last.sequence))) return;
      await this.append(tx, prunedEvent(last));
      await this.store.removeUpTo(tx, last.sequence);
    });
  }

  async append(tx: Transaction, { changes, ...event }: ToldEvent): Promise<void> {
    const occurredAt = new Date(this.clock.now());
    await this.store.append(tx, { ...event, occurredAt, changes: JSON.stringify(changes) });
    tx.onCommit(() => this.hub.wake(AUDIT_CHANNEL));
  }

  /** A transaction that is rolled back takes its event with it. */
  private async withEvent<T>(
    attempt: Attempt,
    work: (write: (tx: Transaction) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    let isMine = false;
    try {
      return await work(async (tx) => {
        const targetId = attempt.isWritten ? null : attempt.targetAmong(tx.concerned);
        if (targetId === null) return;
        isMine = true;
        attempt.isWritten = true;
        await this.append(tx, await this.done(attempt, targetId, tx));
      });
    } catch (error) {
      if (isMine) attempt.isWritten = false;
      throw error;
    }
  }

  /** The reader still shows the object as it was, the transaction as it will be. */
  private async done({ call, actorId }: Attempt, targetId: string, tx: Transaction): Promise<ToldEvent> {
    const before = await auditedValues(this.db, this.db.reader, targetId);
    const after = await auditedValues(this.db, tx, targetId);
    return {
      // Who signs in becomes the caller by it.
      actorId: call.action === 'signIn' ? targetId : actorId,
      action: call.action,
      outcome: 'SUCCEEDED',
      targetId,
      changes: changesBetween(before, after),
      ipAddress: call.context.address,
      requestId: call.context.requestId,
    };
  }
}

function prunedEvent({ sequence, chainHash }: AuditRow): ToldEvent {
  const values = { lastSequence: JSON.stringify(sequence), lastChainHash: JSON.stringify(chainHash) };
  const changes = Object.entries(values).map(([name, after]) => ({ field: [name], before: null, after }));
  const nobody = { actorId: null, targetId: null, ipAddress: null, requestId: null };
  return { ...nobody, action: PRUNED_ACTION, outcome: 'SUCCEEDED', changes };
}
