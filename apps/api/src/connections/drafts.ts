import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { Revocations } from './revocations.js';
import type { ConnectionStore } from './connection.store.js';

/** A draft that was not tested with success for so long is removed. */
export const DRAFT_MS = 24 * 3_600_000;
/** Drafts that one pruning removes. */
const MAX_PRUNED = 100;

export interface DraftNeeds {
  base: Pick<Base, 'db' | 'clock'>;
  store: ConnectionStore;
  revocations: Revocations;
  isUsed: (tx: Transaction, connectionId: string) => Promise<boolean>;
}

/** Connections that are not listed before their first successful test. */
export class Drafts {
  constructor(private readonly needs: DraftNeeds) {}

  /** Removes those whose time is over; what is in use by then is listed instead. */
  async prune(): Promise<void> {
    const { store, base } = this.needs;
    for (const id of await store.lateDrafts(new Date(base.clock.now()), MAX_PRUNED)) await this.end(id);
  }

  private async end(id: string): Promise<void> {
    const { base, store, revocations, isUsed } = this.needs;
    const removed = await base.db.transact(async (tx) => {
      const row = await store.updateIn(tx, id, async (draft) =>
        this.isLate(draft) && (await isUsed(tx, id)) ? { draftUntil: null } : null,
      );
      if (row === null || !this.isLate(row)) return null;
      await store.delete(tx, id);
      return row;
    });
    if (removed !== null) revocations.begin(removed);
  }

  private isLate({ draftUntil }: ConnectionRow): boolean {
    return draftUntil !== null && draftUntil.getTime() <= this.needs.base.clock.now();
  }
}
